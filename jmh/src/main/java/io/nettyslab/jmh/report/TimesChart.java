package io.nettyslab.jmh.report;

import io.nettyslab.jmh.AllocatorKind;
import io.nettyslab.jmh.results.Figure;
import io.nettyslab.jmh.workload.Goal;
import io.nettyslab.jmh.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;

/** What each allocator takes, time or memory, side by side: the figures behind the ratios. Shorter is better. */
final class TimesChart {

    private static final double ROOM_FOR_WORDS = 0.2;
    private static final double LEFT_OF_THE_SHORTEST = 0.4;

    private TimesChart() {}

    /** Makes a chart of rows whose figures have one unit. */
    static XYChart of(String title, List<Row> rows) {
        double least = figures(rows).mapToDouble(Figure::score).min().orElse(1);
        double most = DoubleStream.concat(
                        figures(rows).mapToDouble(Figure::high),
                        rows.stream().flatMapToDouble(row -> limit(row).stream()))
                .max()
                .orElse(10);
        double left = least * LEFT_OF_THE_SHORTEST;
        double right = most * Math.pow(most / left, ROOM_FOR_WORDS / (1 - ROOM_FOR_WORDS));
        String unit = rows.get(0).workload().reading().unit();
        BarChart chart = new BarChart(title, unit + "; less is better (logarithmic)", labels(rows), left, right, "");
        for (int i = 0; i < rows.size(); i++) {
            for (int a = 0; a < Workloads.COMPARED.size(); a++) {
                draw(
                        chart,
                        i * (Workloads.COMPARED.size() + 1) + a,
                        left,
                        rows.get(i),
                        Workloads.COMPARED.get(a),
                        unit);
            }
        }
        if (rows.stream().anyMatch(row -> limit(row).isPresent())) {
            chart.legend("at most", ChartStyle.INK, 3);
        }
        Workloads.COMPARED.forEach(allocator -> chart.legend(allocator.name(), ChartStyle.of(allocator), 10));
        return chart.build();
    }

    private static Stream<Figure> figures(List<Row> rows) {
        return rows.stream()
                .flatMap(row -> Workloads.COMPARED.stream().flatMap(allocator -> row.figure(allocator).stream()));
    }

    /** A line for each allocator, the middle one named, and an empty line between two rows. */
    private static List<String> labels(List<Row> rows) {
        boolean one = rows.stream().map(Row::workload).distinct().count() == 1;
        List<String> labels = new ArrayList<>();
        for (Row row : rows) {
            if (!labels.isEmpty()) {
                labels.add(" ");
            }
            labels.addAll(List.of(" ", one ? row.label() : row.fullLabel(), " "));
        }
        return labels;
    }

    private static OptionalDouble limit(Row row) {
        return row.workload().goal() instanceof Goal.AtMost atMost
                ? OptionalDouble.of(atMost.limit())
                : OptionalDouble.empty();
    }

    private static void draw(BarChart chart, int line, double left, Row row, AllocatorKind allocator, String unit) {
        row.figure(allocator)
                .ifPresentOrElse(
                        figure -> {
                            chart.bar(line, left, figure.score(), 1.4, ChartStyle.of(allocator));
                            chart.interval(line, figure.low(), figure.high());
                            limit(row).ifPresent(at -> chart.mark(line, at));
                            String words = Labels.number(figure.score()) + ' ' + unit;
                            boolean ours = allocator == AllocatorKind.slab;
                            chart.text(
                                    line,
                                    Math.max(figure.high(), limit(row).orElse(0)),
                                    words,
                                    ours ? ChartStyle.STRONG : ChartStyle.TEXT,
                                    ChartStyle.INK);
                        },
                        () -> chart.text(
                                line, left, Verdict.NOT_MEASURED.word(), ChartStyle.TEXT, ChartStyle.FAINT_INK));
    }
}
