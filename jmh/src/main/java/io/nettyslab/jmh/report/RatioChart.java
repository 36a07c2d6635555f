package io.nettyslab.jmh.report;

import io.nettyslab.jmh.results.Figure;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;

/**
 * How many times faster than the best rival each row is. A bar begins at 1, where both are equal: to the right we win,
 * to the left we lose. An upright mark stands at the row's target, a thin line shows the span of the iterations: to the
 * left all of it, or up to the edge, to the right up to {@link #LONGEST_INTERVAL} times the ratio.
 */
final class RatioChart {

    private static final double LEAST_LEFT_END = 0.7;
    private static final double LEAST_RIGHT_END = 2;

    /** Share of the axis, right of the longest bar, that the words behind it need. */
    private static final double ROOM_FOR_WORDS = 0.36;

    private static final double ROOM_AT_THE_LEFT = 0.9;

    /** One row that was measured badly, and has an interval without an end, would leave the others no room. */
    static final int LONGEST_INTERVAL = 2;

    private RatioChart() {}

    /**
     * Makes a chart.
     *
     * @param rows from top to bottom
     * @param label what stands before a row
     */
    static XYChart of(String title, List<Row> rows, Function<Row, String> label) {
        double left = LEAST_LEFT_END;
        double right = LEAST_RIGHT_END;
        for (Row row : rows) {
            left = Math.min(left, leftEnd(row).orElse(1) * ROOM_AT_THE_LEFT);
            right = Math.max(right, rightEnds(row).max().orElse(right));
        }
        right *= Math.pow(right / left, ROOM_FOR_WORDS / (1 - ROOM_FOR_WORDS));
        BarChart chart = new BarChart(
                title,
                "best rival's time by ours; more is better (logarithmic)",
                rows.stream().map(label).toList(),
                left,
                right,
                "×");
        for (int i = 0; i < rows.size(); i++) {
            draw(chart, i, rows.get(i));
        }
        chart.rule(1);
        legend(chart, rows);
        return chart.build();
    }

    /** There is room for twice as slow in each row; what goes farther ends at the edge. */
    private static OptionalDouble leftEnd(Row row) {
        return row.ratio().stream()
                .mapToDouble(ratio -> Math.max(ratio.low(), Math.min(1, ratio.score()) / LONGEST_INTERVAL))
                .findFirst();
    }

    private static DoubleStream rightEnds(Row row) {
        return DoubleStream.concat(row.ratio().stream().mapToDouble(RatioChart::cutHigh), row.targetRatio().stream());
    }

    private static double cutHigh(Figure ratio) {
        return Math.min(ratio.high(), ratio.score() * LONGEST_INTERVAL);
    }

    private static void draw(BarChart chart, int i, Row row) {
        Optional<Figure> ratio = row.ratio();
        if (ratio.isPresent()) {
            Figure figure = ratio.get();
            chart.bar(i, 1, figure.score(), 1, ChartStyle.of(row.verdict()));
            chart.interval(i, figure.low(), cutHigh(figure));
        }
        row.targetRatio().ifPresent(at -> chart.mark(i, at));
        double behind = rightEnds(row).max().orElse(1);
        chart.text(i, Math.max(1, behind), words(row), ChartStyle.STRONG, ink(row));
    }

    private static String words(Row row) {
        if (row.ratio().isEmpty()) {
            return Verdict.NOT_MEASURED.word();
        }
        String ratio = Labels.ratio(row.ratio().get().score());
        return switch (row.verdict()) {
            case MISSED -> row.leavesTooMuchGarbage() ? ratio + "  garbage" : ofTarget(row) + "  missed";
            case SLOWER, BEHIND, EVEN -> ratio + "  " + row.verdict().word();
            case MET, SHOWN, NOT_MEASURED -> ratio;
        };
    }

    /** The words stand behind the target's mark: they must not be taken for its value. */
    private static String ofTarget(Row row) {
        double target = row.targetRatio().orElseThrow();
        return Labels.ratio(row.ratio().orElseThrow().score(), target) + " of " + Labels.plain(target) + '×';
    }

    private static Color ink(Row row) {
        return row.verdict() == Verdict.SLOWER ? ChartStyle.of(Verdict.SLOWER) : ChartStyle.INK;
    }

    /** Names only what there is to see. */
    private static void legend(BarChart chart, List<Row> rows) {
        List<Verdict> verdicts =
                new ArrayList<>(List.of(Verdict.SLOWER, Verdict.MISSED, Verdict.BEHIND, Verdict.EVEN, Verdict.MET));
        verdicts.removeIf(verdict -> rows.stream().noneMatch(row -> row.verdict() == verdict));
        for (Verdict verdict : verdicts) {
            chart.legend(verdict.word(), ChartStyle.of(verdict), 10);
        }
        if (rows.stream().anyMatch(row -> row.targetRatio().isPresent())) {
            chart.legend("target", ChartStyle.INK, 3);
        }
    }
}
