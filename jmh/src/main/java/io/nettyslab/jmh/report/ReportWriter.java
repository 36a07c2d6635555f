package io.nettyslab.jmh.report;

import io.nettyslab.jmh.AllocatorKind;
import io.nettyslab.jmh.results.BadInput;
import io.nettyslab.jmh.results.Figure;
import io.nettyslab.jmh.results.ResultsFolder;
import io.nettyslab.jmh.workload.Question;
import io.nettyslab.jmh.workload.Workload;
import io.nettyslab.jmh.workload.Workloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Writes the page. What is lost comes before what is won, and nothing is left out. */
public final class ReportWriter {

    /** How many sections a report has that take time. */
    public static final int SECTIONS = 1 + Question.values().length;

    private static final String REPORT = "report.md";
    private static final String TITLE = "# Benchmark results";

    private final Comparison comparison;
    private final List<Row> rows;
    private final Path folder;
    private final Charts charts;
    private final Page page = new Page();
    private final Consumer<String> beginsSection;

    private ReportWriter(Comparison comparison, Path folder, Consumer<String> beginsSection) throws IOException {
        this.beginsSection = beginsSection;
        this.comparison = comparison;
        this.rows = comparison.rows();
        this.folder = folder;
        refuseForeign(folder.resolve(REPORT));
        Files.createDirectories(folder);
        this.charts = new Charts(folder);
    }

    /** What stands in the way may be somebody's work. */
    private static void refuseForeign(Path report) throws IOException {
        if (Files.exists(report) && !Files.readString(report).startsWith(TITLE)) {
            throw new BadInput("--into: " + report + " (expected: none yet, or one that begins with '" + TITLE + "')");
        }
    }

    /**
     * Writes report and charts.
     *
     * @param folders of results, each with another JDK or collector
     * @param into the folder for {@code report.md} and {@code charts}
     * @param beginsSection is told the title of each section when it is begun; {@link #SECTIONS} of them
     * @return the report
     * @throws io.nettyslab.jmh.results.BadInput if the results cannot be understood
     */
    public static Path write(List<ResultsFolder> folders, Path into, Consumer<String> beginsSection)
            throws IOException {
        return new ReportWriter(Comparison.of(folders), into, beginsSection).write();
    }

    private Path write() throws IOException {
        beginsSection.accept("At a glance");
        intro();
        atAGlance();
        misses();
        behind();
        lossesWithoutTarget();
        even();
        againstOther();
        notMeasured();
        strangers();
        origin();
        for (Question question : Question.values()) {
            beginsSection.accept(question.title());
            section(question);
        }
        jdksAndCollectors();
        howToRead();
        Path file = folder.resolve(REPORT);
        Files.writeString(file, page.toString());
        return file;
    }

    private List<Row> rows(Predicate<Row> which) {
        return rows.stream().filter(which).toList();
    }

    private void intro() {
        page.paragraph(TITLE + ": " + folder.toAbsolutePath().normalize().getFileName());
        page.paragraph("The slab allocator against Netty's pooled and adaptive allocators. This page and its charts are"
                + " made from the JSON beside them by `java -jar jmh/target/benchmarks.jar report`; do not edit them.");
        page.paragraph("**" + Summary.counts(rows) + "**");
    }

    private void atAGlance() throws IOException {
        page.heading("At a glance");
        page.paragraph(
                "For each workload: how many of its rows reach their target or are even with it, or, where there is"
                        + " none, take no more than any rival; and the worst row: how many times faster than the best"
                        + " rival, or how much it takes where the target is a limit. 🔴 some row is slower than a rival, 🟠 some row"
                        + " misses its target, 🟡 some row is behind a rival on average, 🟢 none of these, ⚪ there is no"
                        + " target.");
        page.line(Summary.table(comparison.sources().keySet(), rows));
        for (Condition condition : defaultCollector()) {
            List<Row> some = rows(row -> row.condition().equals(condition) && Charts.hasRatioTarget(row));
            if (!some.isEmpty()) {
                page.image("Worst row of each workload", charts.overview(condition, some));
            }
        }
    }

    private List<Condition> defaultCollector() {
        return comparison.sources().keySet().stream()
                .filter(Condition::hasDefaultCollector)
                .toList();
    }

    private void misses() throws IOException {
        page.heading("Where it loses or misses its target");
        List<Row> misses = new ArrayList<>(rows(row -> row.verdict().isMiss()));
        if (misses.isEmpty()) {
            page.paragraph("Nowhere in what was measured.");
            return;
        }
        misses.sort(Comparator.comparing(Row::verdict) // slower comes first
                .thenComparingDouble(row -> row.reached().orElse(Double.MAX_VALUE)));
        page.paragraph(
                "The worst first. Red bars are slower than a rival; orange ones are not as far ahead as they should"
                        + " be, or leave garbage.");
        List<Row> drawn = misses.stream().filter(Charts::hasRatioTarget).toList();
        if (!drawn.isEmpty()) {
            page.image("Rows that miss their target", charts.misses(drawn));
        }
        if (drawn.size() > Charts.MOST_MISSES) {
            page.paragraph("The chart shows the worst " + Charts.MOST_MISSES + ", the table all.");
        }
        page.line(RowTable.of(misses));
    }

    private void behind() {
        worstFirst(
                "Behind",
                "Slower than the best rival on average, but not in all iterations: this run cannot tell for sure.",
                rows(row -> row.verdict() == Verdict.BEHIND));
    }

    private void lossesWithoutTarget() {
        worstFirst(
                "Losses without a target",
                "A rival takes less, and nobody has set a target.",
                rows(Row::losesWithoutTarget));
    }

    /** Where a rival is better: what lies farthest behind it comes first. */
    private void worstFirst(String heading, String words, List<Row> some) {
        if (!some.isEmpty()) {
            page.heading(heading);
            page.paragraph(words + " The worst first.");
            page.line(RowTable.of(some.stream()
                    .sorted(Comparator.comparingDouble(
                            row -> row.ratio().map(Figure::score).orElse(0.0)))
                    .toList()));
        }
    }

    private void even() {
        List<Row> even = rows(row -> row.verdict() == Verdict.EVEN);
        if (!even.isEmpty()) {
            page.heading("Even");
            page.paragraph("As fast as the best rival on average, but not faster in all iterations.");
            page.details(Labels.counted(even.size(), "row", "rows"), RowTable.of(even));
        }
    }

    private void againstOther() {
        List<Row> others = rows(row -> row.figure(AllocatorKind.other).isPresent()).stream()
                .map(Row::againstOther)
                .sorted(Comparator.comparing(Row::verdict)
                        .thenComparingDouble(row -> row.reached().orElse(Double.MAX_VALUE)))
                .toList();
        if (!others.isEmpty()) {
            page.heading("Against another allocator");
            page.paragraph(
                    "`other` is of the class that the flags name below. It is no rival of the table: nothing else"
                            + " on this page takes it into account, and no target over it is higher than "
                            + Labels.plain(Workloads.OVER_OTHERS) + ". **" + Summary.counts(others) + "**");
            page.line(RowTable.of(others));
        }
    }

    private void notMeasured() {
        List<Row> missing = rows(row -> row.verdict() == Verdict.NOT_MEASURED);
        if (!missing.isEmpty()) {
            page.heading("Not measured");
            Map<String, Long> counts = missing.stream()
                    .collect(Collectors.groupingBy(
                            row -> row.workload().title() + " ("
                                    + row.condition().title() + ')',
                            LinkedHashMap::new,
                            Collectors.counting()));
            counts.forEach((name, count) -> page.line("- " + name + ": " + Labels.counted(count, "row", "rows")));
            page.line("");
        }
    }

    private void strangers() {
        comparison.strangers().forEach((condition, names) -> {
            if (!names.isEmpty()) {
                page.heading("Measured on " + condition.title() + ", but in no row of the table");
                names.forEach(name -> page.line("- `" + name + '`'));
                page.line("");
            }
        });
    }

    private void origin() {
        page.heading("Where and how it was measured");
        page.line(HeaderTable.of(comparison.sources()));
        comparison
                .sources()
                .forEach((condition, source) -> source.header()
                        .ifPresent(header ->
                                page.details("Pieces of the run on " + condition.title(), HeaderTable.pieces(header))));
    }

    private void section(Question question) throws IOException {
        List<Row> all = rows(row -> row.workload().question() == question);
        List<Row> measured = all.stream().filter(row -> row.ours().isPresent()).toList();
        if (measured.isEmpty()) {
            return;
        }
        page.heading(question.title());
        page.paragraph(question.explanation());
        for (Condition condition : defaultCollector()) {
            charts(
                    question,
                    condition,
                    measured.stream()
                            .filter(row -> row.condition().equals(condition))
                            .toList());
        }
        page.details("All figures", RowTable.complete(all));
    }

    private void charts(Question question, Condition condition, List<Row> some) throws IOException {
        List<Row> judged = some.stream().filter(Charts::hasRatioTarget).toList();
        if (!judged.isEmpty()) {
            page.image(question.title(), charts.ratios(question, condition, judged));
        }
        List<Row> mixes = some.stream().filter(ReportWriter::isMix).toList();
        if (!mixes.isEmpty()) {
            page.image("Time of one step", charts.figures("Time of one step of churn", condition, mixes));
        }
        if (question == Question.FOOTPRINT) {
            footprint(condition, some);
        }
        if (question == Question.LIVE_SET && !some.isEmpty()) {
            page.image("Growing live set", charts.curve(condition, some));
        }
        for (Row row : some) {
            if (Charts.hasPercentiles(row)) {
                page.image("Percentiles", charts.percentiles(condition, row));
            }
        }
    }

    /** Books apart: they are hundredths of what the others are. */
    private void footprint(Condition condition, List<Row> some) throws IOException {
        List<Row> memory = some.stream().filter(row -> !isBooks(row)).toList();
        if (!memory.isEmpty()) {
            page.image("Footprint", charts.figures("Bytes of memory for a live byte", condition, memory));
        }
        List<Row> books = some.stream().filter(ReportWriter::isBooks).toList();
        if (!books.isEmpty()) {
            page.image("Books", charts.figures("Java heap that the books take", condition, books));
        }
    }

    private static boolean isBooks(Row row) {
        return row.workload().reading().secondary().startsWith("javaHeap");
    }

    /** The rows that show best what the allocators are about: churn of all mixes, direct buffers. */
    private static boolean isMix(Row row) {
        Workload churn = Workloads.ALL.stream()
                .filter(workload -> workload.question() == Question.CHURN)
                .findFirst()
                .orElseThrow();
        return row.workload().equals(churn) && "direct".equals(row.parameters().get("kind"));
    }

    private void jdksAndCollectors() throws IOException {
        List<Row> some = rows(row -> isMix(row) && row.ratio().isPresent());
        if (some.stream().map(Row::condition).distinct().count() < 2) {
            return;
        }
        Workload churn = some.get(0).workload();
        page.heading("JDKs and collectors");
        page.paragraph(churn.title() + ", direct buffers, wherever it was measured.");
        List<Row> byRow = some.stream()
                .sorted(Comparator.comparing(row -> churn.rows().indexOf(row.parameters())))
                .toList();
        page.image("Churn by JDK and collector", charts.conditions(churn.title() + ", direct", byRow));
    }

    private void howToRead() {
        page.heading("How to read this");
        page.line("- Times are nanoseconds for one operation; ± is how far the farthest iteration of any JVM is off.");
        page.line("- A ratio is the better rival's time divided by ours, from the same run: above 1 we are faster.");
        page.line(
                "- In charts of ratios a bar begins at 1, an upright mark is the target, and a thin line goes from the"
                        + " worst to the best that iterations leave open: up to the left edge, and to the right up to "
                        + RatioChart.LONGEST_INTERVAL + " times the ratio, if it goes farther.");
        page.line("- *Slower* means that all iterations of some rival were faster than all of ours. Where the target is"
                + " 1, *met* means that all of ours were faster than all of every rival, and *behind* and *even* what"
                + " lies between, by the average.");
        page.line("- *Unsure* stands beside a verdict if iterations lie on either side of a target above 1.");
        page.line("- Iterations are of the few JVMs that a preset starts for each measurement, some of one alone. JVMs"
                + " often differ by more than iterations within one do: a verdict that is close to its target may be"
                + " another one in the next run, also where it is not called unsure.");
        page.line("- Release on another thread: the control, which hands over objects that need no allocator, is"
                + " subtracted from both sides, and what its iterations differ by counts as if ours did; the ratio"
                + " without that stands in brackets. If some iteration of it took as long as one of an allocator's,"
                + " nothing is subtracted.");
        page.line("- Garbage is what one operation leaves to the collector; less than "
                + Labels.plain(Row.NO_GARBAGE_BYTES)
                + " bytes, or as many for each microsecond, are none. Too much of it misses the target, however fast. It"
                + " is the mean of the JVMs' median iterations, because the last ones have in them what the end of"
                + " a benchmark leaves.");
        page.line("- Workloads, equal conditions and traps are described in `docs/benchmarks.md`.");
    }
}
