package io.nettyslab.echo.compare;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.page.Setup;
import io.nettyslab.echo.process.ChildProcess;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What came out of a comparison, and what is missing: for the terminal, and for the page and programs. */
public final class CompareResult {

    private static final double[] CURVE = {0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.975, 99.99
    };

    private final CompareSettings settings;
    private final List<Contestant> contestants; // those with a round at least
    private final List<TransportKind> transports; // of these
    private final List<CompareDocument.Missing> missing;
    private final List<Verdict> verdicts;
    private final IntSummaryStatistics rounds;
    private final Map<TransportKind, Double> rates;

    CompareResult(CompareSettings settings, List<Contestant> all, Map<TransportKind, Double> rates) {
        this.settings = settings;
        this.rates = rates;
        contestants = all.stream()
                .filter(contestant -> !contestant.rounds().isEmpty())
                .toList();
        transports = contestants.stream().map(Contestant::transport).distinct().toList();
        missing = all.stream()
                .filter(contestant -> !contestant.isFit())
                .map(contestant -> new CompareDocument.Missing(
                        contestant.transport().toString(),
                        contestant.allocator().toString(),
                        contestant.rounds().size(),
                        contestant.failure()))
                .toList();
        verdicts = transports.stream()
                .flatMap(transport -> verdicts(transport).stream())
                .toList();
        rounds = contestants.stream()
                .mapToInt(contestant -> contestant.rounds().size())
                .summaryStatistics();
    }

    /** Returns whether nothing at all was measured. */
    public boolean isEmpty() {
        return contestants.isEmpty();
    }

    /** Returns whether nothing failed, and nobody stopped it. */
    public boolean isComplete() {
        return missing.isEmpty();
    }

    private List<Verdict> verdicts(TransportKind transport) {
        List<Contestant> here = contestants.stream()
                .filter(contestant -> contestant.transport() == transport)
                .toList();
        List<Contestant> rivals = here.stream()
                .filter(contestant -> contestant.allocator() != AllocatorKind.SLAB)
                .toList();
        return here.stream()
                .filter(contestant -> contestant.allocator() == AllocatorKind.SLAB)
                .flatMap(slabs -> Arrays.stream(Metric.values())
                        .map(metric -> Verdict.of(slabs, rivals, metric))
                        .flatMap(Optional::stream))
                .toList();
    }

    /**
     * Prints the table, what its figures are, and in what slabs were better and worse.
     *
     * @param out where to
     */
    public void print(PrintWriter out) {
        new CompareTable(contestants, verdicts).print(out);
        out.println();
        for (Verdict.Outcome outcome : Verdict.Outcome.values()) {
            printVerdicts(outcome, out);
        }
        out.println();
        out.println("Medians of " + roundsInWords() + " in turns, "
                + Units.format("%.1f", settings.duration().toMillis() / 1e3)
                + " s under full load and as long at one rate for all; collections are of all rounds together."
                + (isComplete() ? " Every byte came back right." : ""));
        out.println(
                "Times and x: the median of the ratios of the rounds, which the medians in the table need not divide"
                        + " to.");
        out.println("Throughput and CPU under full load. Latency at " + ratesInWords()
                + " messages/s, from the time each should have been sent. Reserved and still out as each allocator"
                + " reports it (- not known).");
        if (!isComplete()) {
            out.println();
            printMissing(out);
        }
    }

    /**
     * Prints what failed or was stopped, a line each.
     *
     * @param out where to
     */
    public void printMissing(PrintWriter out) {
        out.println("Missing:");
        missing.forEach(each -> out.println(Units.format(
                "  %-8s %-8s after %d of %d rounds: %s",
                each.transport(), each.allocator(), each.rounds(), settings.rounds(), each.why())));
        out.flush();
    }

    private void printVerdicts(Verdict.Outcome outcome, PrintWriter out) {
        List<Verdict> those = verdicts.stream()
                .filter(verdict -> verdict.outcome() == outcome)
                .toList();
        if (those.isEmpty()) {
            return;
        }
        out.println("Slabs against the best rival, " + outcome.inWords() + ":");
        those.forEach(verdict -> out.println(Units.format(
                "  %-8s %-18s %5.2f times as good as %s (middle half of the rounds: %.2f to %.2f)",
                verdict.transport(),
                verdict.metric(),
                verdict.advantage().median(),
                verdict.rival(),
                verdict.advantage().low(),
                verdict.advantage().high())));
    }

    /** Where time ran out on one transport, the next may have had more. */
    private String roundsInWords() {
        if (rounds.getMax() == 1) {
            return "1 round";
        }
        return (rounds.getMax() > rounds.getMin() ? rounds.getMin() + " to " : "") + rounds.getMax() + " rounds";
    }

    private String ratesInWords() {
        return transports.stream()
                .map(transport -> Units.count(Math.round(rates.get(transport))) + " (" + transport + ")")
                .reduce((first, second) -> first + ", " + second)
                .orElse("no");
    }

    /**
     * Returns everything for programs and for the page.
     *
     * @param tookSeconds how long the comparison took
     * @return a document made of records
     */
    public CompareDocument document(double tookSeconds) {
        return new CompareDocument(
                Setup.here(),
                new CompareDocument.Workload(
                        settings.connections(),
                        settings.messageSize(),
                        settings.depth(),
                        settings.eventLoops(),
                        rounds.getMin(),
                        settings.duration().toMillis() / 1e3,
                        String.join(" ", ChildProcess.JVM_FLAGS)),
                tookSeconds,
                transports.stream().map(TransportKind::toString).toList(),
                settings.allocators().stream().map(AllocatorKind::toString).toList(),
                missing,
                verdicts,
                contestants.stream().map(this::entry).toList());
    }

    private CompareDocument.Entry entry(Contestant contestant) {
        return new CompareDocument.Entry(
                contestant.transport().toString(),
                contestant.allocator().toString(),
                spread(contestant, Round::messagesPerSecond),
                spread(contestant, Round::cpuNanosPerKib),
                rates.get(contestant.transport()),
                spread(contestant, Round::p50Nanos),
                spread(contestant, Round::p99Nanos),
                spread(contestant, Round::p999Nanos),
                Arrays.stream(CURVE)
                        .mapToObj(percentile -> new CompareDocument.Latency(
                                percentile, contestant.latencies().getValueAtPercentile(percentile) / 1e3))
                        .toList(),
                contestant.sum(Round::collections),
                contestant.sum(Round::collectionMillis),
                spread(contestant, Round::residentBytes),
                contestant.memory(),
                contestant.slabs(),
                contestant.rounds(),
                contestant.figures().asMap());
    }

    private static Quartiles spread(Contestant contestant, ToDoubleFunction<Round> figure) {
        return Quartiles.of(contestant.rounds().stream().mapToDouble(figure));
    }
}
