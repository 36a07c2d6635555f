package io.nettyslab.echo.scale;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.process.ChildJvms;
import io.nettyslab.echo.process.ChildProcess;
import io.nettyslab.echo.text.KeyValues;
import io.nettyslab.echo.text.Progress;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Many connections to one server: opened, idle, all busy at once, idle again; then some of them stop in the middle of a
 * message, and in the end their client vanishes while the others go on.
 *
 * <p>One server process and two client processes: one that is steady, one whose connections become half-open.
 */
public final class Scale {

    /** In the name of the moments from which on the server has seen connections break that should. */
    static final String VANISHED = "vanished";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);

    private final ScaleSettings settings;
    private final PrintWriter messages;
    private final List<ServerState> states = new ArrayList<>();
    private final List<PulseResult> pulses = new ArrayList<>();

    private ChildProcess server;
    private ChildProcess steady;
    private ChildProcess vanishing; // null if none shall be half-open
    private Progress progress;
    private KeyValues lastOfSteady; // what the clients said last: they count errors over the whole run
    private KeyValues lastOfVanishing;

    /**
     * Prepares a run.
     *
     * @param settings what to do
     * @param messages where a line for each step goes if no progress bar is shown
     */
    public Scale(ScaleSettings settings, PrintWriter messages) {
        this.settings = settings;
        this.messages = messages;
    }

    /**
     * Runs it.
     *
     * @return what was seen
     * @throws EchoFailure if a process fails, or if the time is over
     */
    public ScaleReport run() {
        try (ChildJvms children = new ChildJvms();
                Progress shown = Progress.start("scale", settings.estimate())) {
            children.stopAfter(settings.timeLimit());
            progress = shown;
            try {
                start(children);
                return runSteps();
            } catch (EchoFailure e) {
                throw new EchoFailure(children.cause(e));
            }
        }
    }

    private void start(ChildJvms children) {
        note("starts");
        server = children.start("server", ScaleSettings.SERVER_FLAGS, ChildProcess.PROGRAM, serverArguments());
        int port = (int) server.read().number("port");
        steady = startClient(children, "steady client", port, 0);
        if (settings.halfOpen() > 0) {
            vanishing = startClient(children, "vanishing client", port, settings.connections() - settings.halfOpen());
        }
    }

    private List<String> serverArguments() {
        List<String> arguments = new ArrayList<>(List.of("serve", "--machine", "--port", "0"));
        arguments.addAll(List.of("--transport", settings.transport().toString()));
        arguments.addAll(List.of("--event-loops", String.valueOf(settings.eventLoops())));
        arguments.addAll(List.of("--allocator", settings.allocator().toString()));
        if (settings.readBuffer() > 0) {
            arguments.addAll(List.of("--read-buffer", String.valueOf(settings.readBuffer())));
        }
        if (settings.allocator() == AllocatorKind.SLAB) {
            arguments.addAll(List.of("--max-memory", ScaleSettings.MAX_MEMORY));
            if (settings.transport() != TransportKind.IO_URING) { // Netty would end the event loop, not a connection
                arguments.addAll(List.of("--overflow", "fail"));
            }
        }
        return arguments;
    }

    private ChildProcess startClient(ChildJvms children, String name, int port, int firstNumber) {
        List<String> arguments =
                List.of(settings.transport().name(), String.valueOf(port), String.valueOf(firstNumber));
        return children.start(name, List.of("-Xmx512m"), ScaleClient.class.getName(), arguments);
    }

    private ScaleReport runSteps() {
        int first = settings.firstConnections();
        askSteady("connect " + first);
        askSteady(pulseCommand());
        observe("with the first connections", first);

        double connectSeconds = connectAll(first);
        observe("all idle", settings.connections());
        pulseAll();
        observe("idle after a pulse", settings.connections());
        if (vanishing != null) {
            breakOff();
        }
        steady.finish();
        long clientErrors = errors(lastOfSteady) + errors(lastOfVanishing);
        KeyValues end = server.ask("figures");
        server.finish();
        return new ScaleReport(
                settings,
                connectSeconds,
                List.copyOf(states),
                List.copyOf(pulses),
                (long) end.number("peakBytesInUse"),
                clientErrors,
                clientErrors == 0 ? "" : firstError());
    }

    private double connectAll(int first) {
        note("connects");
        double nanos = askSteady("connect " + (settings.connections() - settings.halfOpen() - first))
                .number("nanos");
        if (vanishing != null) {
            nanos += askVanishing("connect " + settings.halfOpen()).number("nanos");
        }
        return nanos / 1e9;
    }

    /** Both clients at once; the slower one's time is that of the pulse. */
    private void pulseAll() {
        note("pulse");
        steady.tell(pulseCommand());
        if (vanishing != null) {
            askVanishing(pulseCommand());
            pulses.add(PulseResult.of("all, the client that will vanish", settings.halfOpen(), lastOfVanishing));
        }
        lastOfSteady = steady.read();
        pulses.add(
                0,
                PulseResult.of("all, the steady client", settings.connections() - settings.halfOpen(), lastOfSteady));
    }

    /** Half a message from each, then silence, then the end of the client without a word. */
    private void breakOff() {
        int half = settings.messageSize() / 2;
        note("half-open");
        double before = server.ask("figures").number("bytesRead");
        askVanishing("half " + half);
        awaitServer(figures -> figures.number("bytesRead") - before >= (double) settings.halfOpen() * half);
        observe("half-open: " + Units.count(settings.halfOpen()), settings.connections());
        vanishing.close();
        int left = settings.connections() - settings.halfOpen();
        observe("half-open " + VANISHED, left);
        note("pulse of the others");
        askSteady(pulseCommand());
        pulses.add(PulseResult.of("the steady client alone", left, lastOfSteady));
        observe("idle, others " + VANISHED, left);
    }

    private String pulseCommand() {
        return "pulse " + settings.messages() + " " + settings.messageSize();
    }

    private KeyValues askSteady(String command) {
        lastOfSteady = steady.ask(command);
        return lastOfSteady;
    }

    private KeyValues askVanishing(String command) {
        lastOfVanishing = vanishing.ask(command);
        return lastOfVanishing;
    }

    private static long errors(KeyValues last) {
        return last == null ? 0 : (long) last.number("errors");
    }

    private String firstError() {
        return errors(lastOfSteady) > 0 ? lastOfSteady.text("firstError") : lastOfVanishing.text("firstError");
    }

    /** The clients are done before the server is: it may still have to accept, to read or to close. */
    private void observe(String moment, int connections) {
        awaitServer(figures -> ServerState.open(figures) == connections && figures.number("buffersInUse") <= 0);
        states.add(ServerState.of(moment, server.ask("collect")));
        note(moment);
    }

    /** Returns when it is so, or when patience is over: the report then shows how it is. */
    private void awaitServer(Predicate<KeyValues> isSo) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.test(server.ask("figures")) && System.nanoTime() < deadline) {
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EchoFailure("interrupted");
            }
        }
    }

    private void note(String note) {
        progress.note(note);
        if (!Progress.isVisible()) {
            messages.println(note);
            messages.flush();
        }
    }
}
