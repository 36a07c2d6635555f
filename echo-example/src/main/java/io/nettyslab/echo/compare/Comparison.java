package io.nettyslab.echo.compare;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.text.Progress;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs the allocators against each other, transport by transport. All servers and loads of a transport live side by
 * side and take turns (A B C, B C A, ...): what changes on the machine meanwhile hits all alike, no one always follows
 * the same other, and only the one whose turn it is uses the processor.
 */
public final class Comparison {

    /** Enough to keep servers awake, and far enough from their limits that none of them queues. */
    private static final double SHARE_OF_SLOWEST = 0.5;

    private static final double LEAST_RATE = 1; // messages per second; 0 would mean as many as there can be

    private final CompareSettings settings;
    private final Map<TransportKind, Double> rates = new EnumMap<>(TransportKind.class);
    private final PrintWriter messages;
    private final boolean terminal = Progress.isVisible();
    private final long deadline;
    private int shortestRounds = Integer.MAX_VALUE;

    /**
     * Prepares a comparison.
     *
     * @param settings what to run
     * @param messages where a line for each round goes if no progress bar is shown
     */
    public Comparison(CompareSettings settings, PrintWriter messages) {
        this.settings = settings;
        this.messages = messages;
        this.deadline = System.nanoTime() + settings.timeLimit().toNanos();
    }

    /**
     * Runs everything.
     *
     * @return the results
     * @throws io.nettyslab.echo.net.EchoFailure if any process fails, or any byte comes back wrong
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
        return new CompareResult(settings, all, Math.min(shortestRounds, settings.rounds()), rates);
    }

    private List<Contestant> runTransport(TransportKind transport, Duration share, Progress progress) {
        long end = System.nanoTime() + share.toNanos();
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (AllocatorKind allocator : settings.allocators()) {
                contestants.add(new Contestant(settings, transport, allocator));
            }
            contestants.forEach(contestant -> contestant.connect(settings));
            contestants.forEach(Contestant::awaitConnected);
            double slowest = Double.MAX_VALUE;
            for (Contestant contestant : contestants) {
                progress.note(transport + " " + contestant.allocator() + " warms up");
                slowest = Math.min(slowest, contestant.warmUp(settings.warmUp()));
            }
            double rate = steadyRate(slowest);
            rates.put(transport, rate);
            runRounds(contestants, rate, end, progress);
            contestants.forEach(contestant -> contestant.takePicture(settings.duration()));
            contestants.forEach(Contestant::finish);
            return contestants;
        } finally {
            contestants.forEach(Contestant::close);
        }
    }

    private void runRounds(List<Contestant> contestants, double rate, long end, Progress progress) {
        List<Contestant> order = new ArrayList<>(contestants);
        int round = 0;
        do {
            round++;
            for (Contestant contestant : order) {
                progress.note(
                        contestant.transport() + " " + contestant.allocator() + " " + round + "/" + settings.rounds());
                contestant.measure(CompareSettings.SETTLE, settings.duration(), rate);
            }
            if (!terminal) {
                messages.println(describe(contestants, round));
                messages.flush();
            }
            Collections.rotate(order, -1);
        } while (round < settings.rounds()
                && end - System.nanoTime() > settings.roundTime().toNanos());
        shortestRounds = Math.min(shortestRounds, round);
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
