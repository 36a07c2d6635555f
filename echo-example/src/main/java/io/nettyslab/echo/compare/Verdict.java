package io.nettyslab.echo.compare;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How slabs did against the rival that did best, in one respect on one transport.
 *
 * @param transport how bytes travelled
 * @param metric what is compared
 * @param rival the allocator that did best beside slabs
 * @param advantage how many times better slabs were, by the rounds; below 1 if they were worse
 * @param outcome what can be said
 */
public record Verdict(String transport, String metric, String rival, Quartiles advantage, Outcome outcome) {

    /** What can be said of slabs. */
    public enum Outcome {
        BETTER("better"),
        WORSE("worse"),
        /** The middle half of the rounds lies on both sides, or their median within {@link #SAME}. */
        NO_DIFFERENCE("no difference beyond the spread, or less than 2 %"),
        TOO_FEW_ROUNDS("too few rounds to tell");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        String inWords() {
            return words;
        }
    }

    /** Differences below this are not worth a word, however steady. */
    private static final double SAME = 0.02;

    /** Fewer have no spread to speak of. */
    private static final int LEAST_ROUNDS = 3;

    /**
     * Compares round by round, so that a machine that is slower for a while is slower for both. The rival is the one
     * against which slabs do worst.
     *
     * @return the verdict; empty if there is no rival, or nothing to compare
     */
    static Optional<Verdict> of(Contestant slabs, List<Contestant> rivals, Metric metric) {
        return worst(rivals.stream().map(rival -> of(slabs, rival, metric)));
    }

    static Optional<Verdict> worst(Stream<Verdict> verdicts) {
        return verdicts.filter(verdict -> Double.isFinite(verdict.advantage.median()))
                .min(Comparator.comparingDouble(verdict -> verdict.advantage.median()));
    }

    private static Verdict of(Contestant slabs, Contestant rival, Metric metric) {
        int rounds = Math.min(slabs.rounds().size(), rival.rounds().size()); // one of them may have failed
        Quartiles advantage = Quartiles.of(IntStream.range(0, rounds)
                .mapToDouble(i ->
                        metric.advantage(slabs.rounds().get(i), rival.rounds().get(i))));
        return new Verdict(
                slabs.transport().toString(),
                metric.label(),
                rival.allocator().toString(),
                advantage,
                outcome(advantage, rounds));
    }

    static Outcome outcome(Quartiles advantage, int rounds) {
        if (rounds < LEAST_ROUNDS) {
            return Outcome.TOO_FEW_ROUNDS;
        }
        if (Math.abs(advantage.median() - 1) < SAME || advantage.low() <= 1 && advantage.high() >= 1) {
            return Outcome.NO_DIFFERENCE;
        }
        return advantage.median() > 1 ? Outcome.BETTER : Outcome.WORSE;
    }
}
