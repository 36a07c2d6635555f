package io.nettyslab.jmh.report;

import io.nettyslab.jmh.workload.Goal;
import io.nettyslab.jmh.workload.Question;
import io.nettyslab.jmh.workload.Reading;
import io.nettyslab.jmh.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.internal.chartpart.Chart;

/** Draws what a report shows, into a folder beside it. Each method returns the file's path as seen from the report. */
final class Charts {

    private static final String FOLDER = "charts";

    /** Names of charts as they are given below. */
    private static final String OURS = "{overview-,misses,ratio-,figures-,curve-,conditions,percentiles-}*.png";

    /** Longer would be no picture any more; the table below it has them all. */
    static final int MOST_MISSES = 40;

    private final Path folder;

    /**
     * Draws into a folder of the report, and empties it first: it must not keep what the results no longer say.
     *
     * @param report the report's own folder
     */
    Charts(Path report) throws IOException {
        folder = report.resolve(FOLDER);
        Files.createDirectories(folder);
        List<Path> old = new ArrayList<>();
        try (var files = Files.newDirectoryStream(folder, OURS)) {
            files.forEach(old::add);
        }
        for (Path file : old) {
            Files.delete(file);
        }
    }

    private String write(Chart<?, ?> chart, String name) throws IOException {
        String file = name + ".png";
        ChartStyle.write(chart, folder.resolve(file));
        return FOLDER + '/' + file;
    }

    /** The least good row of each workload. */
    String overview(Condition condition, List<Row> rows) throws IOException {
        Map<Workload, Row> worst = new LinkedHashMap<>();
        for (Row row : rows) {
            worst.merge(row.workload(), row, (a, b) -> reached(b) < reached(a) ? b : a);
        }
        return write(
                RatioChart.of(
                        "The worst row of each workload (" + condition.title() + ')',
                        List.copyOf(worst.values()),
                        Row::fullLabel),
                "overview-" + condition.fileName());
    }

    private static double reached(Row row) {
        return row.reached().orElse(Double.MAX_VALUE);
    }

    /** Rows that miss their target, in the order given. */
    String misses(List<Row> rows) throws IOException {
        return write(
                RatioChart.of(
                        "Rows that miss their target",
                        rows.stream().limit(MOST_MISSES).toList(),
                        row -> row.fullLabel() + " (" + row.condition().title() + ')'),
                "misses");
    }

    /** The ratios of one question's rows under one condition. */
    String ratios(Question question, Condition condition, List<Row> rows) throws IOException {
        boolean one = rows.stream().map(Row::workload).distinct().count() == 1;
        return write(
                RatioChart.of(
                        question.title() + " (" + condition.title() + ')',
                        rows,
                        row -> one ? row.label() : row.fullLabel()),
                fileName("ratio", question, condition));
    }

    /** What each allocator takes in rows whose figures have one unit. */
    String figures(String title, Condition condition, List<Row> rows) throws IOException {
        String name = "figures-" + rows.get(0).workload().name() + '-' + condition.fileName();
        return write(TimesChart.of(title + " (" + condition.title() + ')', rows), name);
    }

    /** Cost over the number of live buffers. */
    String curve(Condition condition, List<Row> rows) throws IOException {
        Workload workload = rows.get(0).workload();
        return write(
                CurveChart.of(workload.title() + " (" + condition.title() + ')', rows),
                "curve-" + workload.name() + '-' + condition.fileName());
    }

    /** The same rows under several conditions. */
    String conditions(String title, List<Row> rows) throws IOException {
        return write(
                RatioChart.of(
                        title, rows, row -> row.label() + ", " + row.condition().title()),
                "conditions");
    }

    String percentiles(Condition condition, Row row) throws IOException {
        String title = row.workload().question().title() + ": " + row.label() + " (" + condition.title() + ')';
        return write(
                PercentilesChart.of(title, row),
                "percentiles-" + row.workload().name() + '-' + row.label().replaceAll("[^a-z0-9]+", "-") + '-'
                        + condition.fileName());
    }

    private static String fileName(String kind, Question question, Condition condition) {
        return kind + '-' + question.name().toLowerCase(Locale.ROOT).replace('_', '-') + '-' + condition.fileName();
    }

    /** Whether a row can be drawn beside others as a bar with a target. */
    static boolean hasRatioTarget(Row row) {
        return row.workload().goal() instanceof Goal.Faster && row.ratio().isPresent();
    }

    /** Whether a row's percentiles are to be drawn: of several that read the same run, one. */
    static boolean hasPercentiles(Row row) {
        return row.workload().reading().kind() == Reading.Kind.PERCENTILE
                && row.workload().runsItself()
                && row.ours().isPresent();
    }
}
