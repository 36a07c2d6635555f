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
    private final ChildJvms children;
    private final PrintWriter messages;
    private final List<ServerState> states = new ArrayList<>();
    private final List<PulseResult> pulses = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private double connectSeconds;
    private long peakBytesInUse = -1; // as the server said last

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
     * @param children where the processes are started, and may be stopped
     * @param messages where a line for each step goes if no progress bar is shown
     */
    public Scale(ScaleSettings settings, ChildJvms children, PrintWriter messages) {
        this.settings = settings;
        this.children = children;
        this.messages = messages;
    }

    /**
     * Runs it until it is done, until a process fails, or until the children are stopped.
     *
     * @return what was seen, and what went wrong
     * @throws EchoFailure if it ended before anything was seen
     */
    public ScaleReport run() {
        children.stopAfter(settings.timeLimit());
        try (Progress shown = Progress.start("scale", settings.estimate())) {
            progress = shown;
            start();
            runSteps();
        } catch (EchoFailure e) {
            if (states.isEmpty()) {
                throw new EchoFailure(children.cause(e));
            }
            problems.add("ended early: " + children.cause(e));
        }
        long clientErrors = errors(lastOfSteady) + errors(lastOfVanishing);
        return new ScaleReport(
                settings,
                connectSeconds,
                List.copyOf(states),
                List.copyOf(pulses),
                peakBytesInUse,
                clientErrors,
                clientErrors == 0 ? "" : firstError(),
                List.copyOf(problems));
    }

    private void start() {
        note("starts");
        server = children.start("server", ScaleSettings.SERVER_FLAGS, ChildProcess.PROGRAM, serverArguments());
        int port = (int) server.read().number("port");
        steady = startClient("steady client", port, 0);
        if (settings.halfOpen() > 0) {
            vanishing = startClient("vanishing client", port, settings.connections() - settings.halfOpen());
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

    private ChildProcess startClient(String name, int port, int firstNumber) {
        List<String> arguments =
                List.of(settings.transport().name(), String.valueOf(port), String.valueOf(firstNumber));
        return children.start(name, List.of("-Xmx512m"), ScaleClient.class.getName(), arguments);
    }

    private void runSteps() {
        int first = settings.firstConnections();
        askSteady("connect " + first);
        askSteady(pulseCommand());
        observe("with the first connections", first);

        connectSeconds = connectAll(first);
        observe("all idle", settings.connections());
        pulseAll();
        observe("idle after a pulse", settings.connections());
        if (vanishing != null) {
            breakOff();
        }
        steady.finish();
        server.finish();
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
        double sent = (double) settings.halfOpen() * half;
        if (!awaitServer(figures -> figures.number("bytesRead") - before >= sent)) {
            problems.add("the server has not read all halves of messages");
        }
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
        KeyValues figures = server.ask("collect");
        peakBytesInUse = (long) figures.number("peakBytesInUse");
        states.add(ServerState.of(moment, connections, figures));
        note(moment);
    }

    /** Returns {@code true} as soon as it is so, {@code false} when patience is over. */
    private boolean awaitServer(Predicate<KeyValues> isSo) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.test(server.ask("figures"))) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new EchoFailure("interrupted");
            }
        }
        return true;
    }

    private void note(String note) {
        progress.note(note);
        if (!Progress.isVisible()) {
            messages.println(note);
            messages.flush();
        }
    }
}
