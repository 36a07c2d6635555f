package io.nettyslab.echo.compare;

import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.process.ChildJvms;
import io.nettyslab.echo.text.Progress;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs the allocators against each other, transport by transport. All servers and loads of a transport live side by
 * side and take turns (A B C, B C A, ...): what changes on the machine meanwhile hits all alike, no one always follows
 * the same other, and only the one whose turn it is uses the processor.
 * Whatever fails takes no further turns, and the others go on without it.
 */
public final class Comparison {

    /** Enough to keep servers awake, and far enough from their limits that none of them queues. */
    private static final double SHARE_OF_SLOWEST = 0.5;

    private static final double LEAST_RATE = 1; // messages per second; 0 would mean as many as there can be

    private final CompareSettings settings;
    private final ChildJvms children;
    private final Map<TransportKind, Double> rates = new EnumMap<>(TransportKind.class);
    private final PrintWriter messages;
    private final boolean terminal = Progress.isVisible();
    private final long deadline;

    /**
     * Prepares a comparison.
     *
     * @param settings what to run
     * @param children where the processes are started, and may be stopped
     * @param messages where a line for each round goes if no progress bar is shown
     */
    public Comparison(CompareSettings settings, ChildJvms children, PrintWriter messages) {
        this.settings = settings;
        this.children = children;
        this.messages = messages;
        this.deadline = System.nanoTime() + settings.timeLimit().toNanos();
    }

    /**
     * Runs everything that can be run, until the children are stopped.
     *
     * @return the results, and what is missing of them
     */
    public CompareResult run() {
        List<Contestant> all = new ArrayList<>();
        try (Progress progress = Progress.start("compare", settings.estimate())) {
            for (int i = 0; i < settings.transports().size(); i++) {
                long left = deadline - System.nanoTime();
                Duration share = Duration.ofNanos(left / (settings.transports().size() - i));
                all.addAll(runTransport(settings.transports().get(i), share, progress));
            }
        }
        return new CompareResult(settings, all, rates);
    }

    private List<Contestant> runTransport(TransportKind transport, Duration share, Progress progress) {
        long end = System.nanoTime() + share.toNanos();
        List<Contestant> contestants = settings.allocators().stream()
                .map(allocator -> new Contestant(settings, transport, allocator, children))
                .toList();
        try {
            attempt(contestants, Contestant::start);
            attempt(contestants, Contestant::connect);
            attempt(contestants, Contestant::awaitConnected);
            List<Double> speeds = new ArrayList<>();
            attempt(contestants, contestant -> {
                progress.note(transport + " " + contestant.allocator() + " warms up");
                speeds.add(contestant.warmUp(settings.warmUp()));
            });
            if (!speeds.isEmpty()) {
                double rate = steadyRate(Collections.min(speeds));
                rates.put(transport, rate);
                runRounds(contestants, rate, end, progress);
                attempt(contestants, contestant -> contestant.takePicture(settings.duration()));
                attempt(contestants, Contestant::finish);
            }
            return contestants;
        } finally {
            contestants.forEach(Contestant::close);
        }
    }

    private static void attempt(List<Contestant> contestants, Consumer<Contestant> step) {
        contestants.forEach(contestant -> contestant.attempt(step));
    }

    private void runRounds(List<Contestant> contestants, double rate, long end, Progress progress) {
        List<Contestant> order = new ArrayList<>(contestants);
        for (int round = 1; round <= settings.rounds(); round++) {
            if (round > 1 && end - System.nanoTime() <= settings.roundTime().toNanos()) {
                return;
            }
            String turn = " " + round + "/" + settings.rounds();
            attempt(order, contestant -> {
                progress.note(contestant.transport() + " " + contestant.allocator() + turn);
                contestant.measure(CompareSettings.SETTLE, settings.duration(), rate);
            });
            List<Contestant> fit =
                    contestants.stream().filter(Contestant::isFit).toList();
            if (fit.isEmpty()) {
                return;
            }
            if (!terminal) {
                messages.println(describe(fit, round));
                messages.flush();
            }
            Collections.rotate(order, -1);
        }
    }

    /** Returns the rate for all, given what the slowest can do. */
    static double steadyRate(double slowest) {
        return roundDown(Math.max(LEAST_RATE, slowest * SHARE_OF_SLOWEST));
    }

    private static double roundDown(double rate) {
        double step = Math.pow(10, Math.floor(Math.log10(rate)) - 1);
        return Math.floor(rate / step) * step;
    }

    private String describe(List<Contestant> contestants, int round) {
        return contestants.get(0).transport() + " round " + round + "/" + settings.rounds()
                + contestants.stream()
                        .map(contestant -> contestant.allocator() + " "
                                + Units.count(Math.round(contestant.lastMessagesPerSecond())))
                        .collect(Collectors.joining(", ", ": ", " messages/s"));
    }
}
