package io.nettyslab.echo.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.nettyslab.echo.load.Histograms;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.page.Json;
import io.nettyslab.echo.process.ChildJvms;
import io.nettyslab.echo.process.ChildProcess;
import io.nettyslab.echo.process.ResidentMemory;
import io.nettyslab.echo.text.KeyValues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * A server and its load on one transport and one allocator, both processes kept warm between their turns. Once anything
 * has failed it takes no further turns, and keeps what it has measured.
 */
final class Contestant implements AutoCloseable {

    private final CompareSettings settings;
    private final TransportKind transport;
    private final AllocatorKind allocator;
    private final ChildJvms children;
    private final List<Round> rounds = new ArrayList<>();
    private ChildProcess server; // null before start(), as the next
    private MemoryWatch memory;
    private ChildProcess load; // null before connect()
    private Histogram latencies; // at the rate that is the same for all, of all rounds; null before the first
    private JsonNode slabs; // under full load; null for allocators without
    private KeyValues figures; // what the server said last, in the end when it stopped; null before the first round
    private String failure; // null if none

    Contestant(CompareSettings settings, TransportKind transport, AllocatorKind allocator, ChildJvms children) {
        this.settings = settings;
        this.transport = transport;
        this.allocator = allocator;
        this.children = children;
    }

    /** Does the next step, unless one has failed before: that is no reason to lose what others measure. */
    void attempt(Consumer<Contestant> step) {
        if (isFit()) {
            try {
                step.accept(this);
            } catch (EchoFailure e) {
                failure = children.cause(e);
                close(); // what is left of it must not disturb the others
            }
        }
    }

    boolean isFit() {
        return failure == null;
    }

    void start() {
        server = start("serve", "--port", "0");
        memory = new MemoryWatch(server.pid());
    }

    private ChildProcess start(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "--machine"));
        arguments.addAll(List.of("--transport", transport.toString()));
        arguments.addAll(List.of("--allocator", allocator.toString()));
        arguments.addAll(List.of("--event-loops", String.valueOf(settings.eventLoops())));
        arguments.addAll(List.of(more));
        return children.start(
                command + " " + transport + " " + allocator, ChildProcess.HEAP_FLAGS, ChildProcess.PROGRAM, arguments);
    }

    /** Starts the load; apart from the server, so that all servers start at the same time. */
    void connect() {
        int port = (int) server.read().number("port");
        load = start(
                "load",
                "--port",
                String.valueOf(port),
                "--connections",
                String.valueOf(settings.connections()),
                "--message-size",
                settings.messageSize(),
                "--depth",
                String.valueOf(settings.depth()));
    }

    void awaitConnected() {
        load.read();
    }

    /**
     * Ends with a collection: garbage of the start is not counted, and objects lie where they do in old servers.
     *
     * @return messages per second under full load, in the second half
     */
    double warmUp(Duration time) {
        double messagesPerSecond = run(time.dividedBy(2), time.dividedBy(2), 0).number("messagesPerSecond");
        server.ask("collect");
        return messagesPerSecond;
    }

    /** Measures under full load, then at a rate. */
    void measure(Duration settle, Duration time, double rate) {
        KeyValues before = server.ask("figures");
        KeyValues full = run(settle, time, 0);
        KeyValues between = server.ask("figures");
        KeyValues atRate = run(settle, time, rate);
        KeyValues after = server.ask("figures");
        rounds.add(new Round(
                full.number("messagesPerSecond"),
                difference(between, before, "cpuNanos") / (difference(between, before, "bytesRead") / 1024),
                full.number("p99.0"),
                atRate.number("p50.0"),
                atRate.number("p99.0"),
                atRate.number("p99.9"),
                atRate.number("messagesPerSecond"),
                difference(after, before, "collections"),
                difference(after, before, "collectionMillis"),
                ResidentMemory.of(server.pid()).orElse(0)));
        figures = after;
        Histogram ofRound = Histograms.decode(atRate.text("histogram"));
        if (latencies == null) {
            latencies = ofRound;
        } else {
            latencies.add(ofRound);
        }
    }

    /** Looks at the slabs in the middle of full load; apart from the rounds, because looking takes time. */
    void takePicture(Duration time) {
        load.tell(command(Duration.ZERO, time, 0));
        sleep(time.dividedBy(2));
        KeyValues answer = server.ask("slabs");
        load.read();
        if (allocator == AllocatorKind.SLAB) {
            slabs = Json.read(answer.text("slabs"));
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EchoFailure("interrupted");
        }
    }

    private KeyValues run(Duration warmUp, Duration time, double rate) {
        return load.ask(command(warmUp, time, rate));
    }

    private static String command(Duration warmUp, Duration time, double rate) {
        return "run " + warmUp.toMillis() + "ms " + time.toMillis() + "ms " + rate;
    }

    private static double difference(KeyValues after, KeyValues before, String key) {
        return after.number(key) - before.number(key);
    }

    /** Stops the load, then the server, and keeps the server's last figures. */
    void finish() {
        memory.close();
        load.finish();
        server.endInput();
        figures = server.read();
        server.finish();
        if (sum(Round::messagesPerSecond) == 0) { // figures of nothing would look like figures
            throw new EchoFailure("no message came back in any round");
        }
    }

    TransportKind transport() {
        return transport;
    }

    AllocatorKind allocator() {
        return allocator;
    }

    List<Round> rounds() {
        return rounds;
    }

    double lastMessagesPerSecond() {
        return rounds.get(rounds.size() - 1).messagesPerSecond();
    }

    double median(ToDoubleFunction<Round> figure) {
        return Quartiles.of(rounds.stream().mapToDouble(figure)).median();
    }

    double sum(ToDoubleFunction<Round> figure) {
        return rounds.stream().mapToDouble(figure).sum();
    }

    /** Returns the latencies at the rate that is the same for all, of all rounds. */
    Histogram latencies() {
        return latencies;
    }

    List<MemoryPoint> memory() {
        return memory.points();
    }

    JsonNode slabs() {
        return slabs;
    }

    /** Returns what the server said last. */
    KeyValues figures() {
        return figures;
    }

    /** Returns what kept it from doing all of its rounds, {@code null} if nothing did. */
    String failure() {
        return failure;
    }

    @Override
    public void close() {
        if (server != null) {
            memory.close();
            server.close();
        }
        if (load != null) {
            load.close();
        }
    }
}
