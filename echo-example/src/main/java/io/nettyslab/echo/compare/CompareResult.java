package io.nettyslab.echo.compare;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.page.Setup;
import io.nettyslab.echo.process.ChildProcess;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What came out of a comparison: for the terminal, and for the page and programs. */
public final class CompareResult {

    private static final double[] CURVE = {0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.975, 99.99
    };

    private final CompareSettings settings;
    private final List<Contestant> contestants;
    private final List<Verdict> verdicts;
    private final int rounds;
    private final Map<TransportKind, Double> rates;

    CompareResult(
            CompareSettings settings, List<Contestant> contestants, int rounds, Map<TransportKind, Double> rates) {
        this.settings = settings;
        this.contestants = contestants;
        this.rounds = rounds;
        this.rates = rates;
        this.verdicts = settings.transports().stream()
                .flatMap(transport -> verdicts(transport).stream())
                .toList();
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
        out.println("Medians of " + roundsInWords() + " rounds in turns, "
                + Units.format("%.1f", settings.duration().toMillis() / 1e3)
                + " s under full load and as long at one rate for all; collections are of all rounds together. Every byte"
                + " came back right.");
        out.println(
                "Times and x: the median of the ratios of the rounds, which the medians in the table need not divide"
                        + " to.");
        out.println("Throughput and CPU under full load. Latency at " + ratesInWords()
                + " messages/s, from the time each should have been sent. Reserved and still out as each allocator"
                + " reports it (- not known).");
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
        int most = contestants.stream()
                .mapToInt(contestant -> contestant.rounds().size())
                .max()
                .orElse(rounds);
        return most > rounds ? rounds + " to " + most : String.valueOf(rounds);
    }

    private String ratesInWords() {
        return settings.transports().stream()
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
                        rounds,
                        settings.duration().toMillis() / 1e3,
                        String.join(" ", ChildProcess.JVM_FLAGS)),
                tookSeconds,
                settings.transports().stream().map(TransportKind::toString).toList(),
                settings.allocators().stream().map(AllocatorKind::toString).toList(),
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
                contestant.end().asMap());
    }

    private static Quartiles spread(Contestant contestant, ToDoubleFunction<Round> figure) {
        return Quartiles.of(contestant.rounds().stream().mapToDouble(figure));
    }
}
