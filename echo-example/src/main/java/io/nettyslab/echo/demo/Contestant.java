package io.nettyslab.echo.demo;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.process.ChildProcess;
import io.nettyslab.echo.text.KeyValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** A server and its load on one transport and one allocator, both processes kept warm between their turns. */
final class Contestant implements AutoCloseable {

    private final TransportKind transport;
    private final AllocatorKind allocator;
    private final List<ChildProcess> children = new ArrayList<>();
    private final List<Round> rounds = new ArrayList<>();
    private final ChildProcess server;
    private ChildProcess load; // null before connect()
    private KeyValues end; // what the server said when it stopped

    Contestant(DemoSettings settings, TransportKind transport, AllocatorKind allocator) {
        this.transport = transport;
        this.allocator = allocator;
        this.server = start(settings, "serve", "--port", "0");
    }

    private ChildProcess start(DemoSettings settings, String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "--machine"));
        arguments.addAll(List.of("--transport", transport.toString()));
        arguments.addAll(List.of("--allocator", allocator.toString()));
        arguments.addAll(List.of("--event-loops", String.valueOf(settings.eventLoops())));
        arguments.addAll(List.of(more));
        ChildProcess child = new ChildProcess(command + " " + transport + " " + allocator, arguments);
        children.add(child);
        return child;
    }

    /** Starts the load; apart from the constructor, so that all servers start at the same time. */
    void connect(DemoSettings settings) {
        int port = (int) server.read().number("port");
        load = start(
                settings,
                "load",
                "--port",
                String.valueOf(port),
                "--connections",
                String.valueOf(settings.connections()),
                "--message-size",
                String.valueOf(settings.messageSize()),
                "--depth",
                String.valueOf(settings.depth()));
    }

    void awaitConnected() {
        load.read();
    }

    /** Ends with a collection: garbage of the start is not counted, and objects lie where they do in old servers. */
    void warmUp(Duration time) {
        run(Duration.ZERO, time);
        server.ask("collect");
    }

    void measure(Duration settle, Duration time) {
        KeyValues before = server.ask("figures");
        KeyValues report = run(settle, time);
        KeyValues after = server.ask("figures");
        double kib = difference(after, before, "bytesRead") / 1024;
        rounds.add(new Round(
                report.number("messagesPerSecond"),
                report.number("p50.0"),
                report.number("p99.0"),
                report.number("p99.9"),
                difference(after, before, "collections"),
                difference(after, before, "collectionMillis"),
                difference(after, before, "cpuNanos") / kib));
    }

    private KeyValues run(Duration warmUp, Duration time) {
        return load.ask("run " + warmUp.toMillis() + "ms " + time.toMillis() + "ms");
    }

    private static double difference(KeyValues after, KeyValues before, String key) {
        return after.number(key) - before.number(key);
    }

    /** Stops the load, then the server, and keeps the server's last figures. */
    void finish() {
        load.finish();
        server.endInput();
        end = server.read();
        server.finish();
    }

    TransportKind transport() {
        return transport;
    }

    AllocatorKind allocator() {
        return allocator;
    }

    double lastMessagesPerSecond() {
        return rounds.get(rounds.size() - 1).messagesPerSecond();
    }

    double median(ToDoubleFunction<Round> figure) {
        return median(rounds.stream().mapToDouble(figure));
    }

    /** Returns the median of the throughputs of each round divided by the rival's in the same round. */
    double medianRatioTo(Contestant rival) {
        return median(IntStream.range(0, rounds.size())
                .mapToDouble(i ->
                        rounds.get(i).messagesPerSecond() / rival.rounds.get(i).messagesPerSecond()));
    }

    private static double median(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double sum(ToDoubleFunction<Round> figure) {
        return rounds.stream().mapToDouble(figure).sum();
    }

    double atEnd(String key) {
        return end.number(key);
    }

    @Override
    public void close() {
        children.forEach(ChildProcess::close);
    }
}
