package io.nettyslab.jmh.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;
import java.util.Set;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Horizontal bars on a logarithmic axis, with room for words before and behind each. XChart's own bars start at the
 * edge and know neither intervals nor marks, so the bars are thick lines in a plot of lines.
 */
final class BarChart {

    private static final int ROW_HEIGHT = 26;
    private static final int BAR_SHARE = 62; // percent of a row
    private static final int FRAME_HEIGHT = 132; // title, axis and legend

    /** XChart puts the legend below the middle of the plot, and cuts off what is wider than that leaves room for. */
    private static final int LEAST_PLOT_WIDTH = 500;

    /** In a lower plot XChart puts words at the upper edge, wherever they belong. */
    private static final int LEAST_ROWS = 3;

    /** Digits that get a label on the axis; all others would not find room. */
    private static final Set<Character> LABELLED = Set.of('1', '2', '5');

    private final XYChart chart;
    private final double min;
    private final double max;
    private final int rows;
    private int parts;

    /**
     * Begins a chart.
     *
     * @param title above it
     * @param axis below it
     * @param labels of the rows, from top to bottom
     * @param min left end of the axis, above 0
     * @param max right end of the axis
     * @param unit behind the numbers of the axis
     */
    BarChart(String title, String axis, List<String> labels, double min, double max, String unit) {
        this.min = min;
        this.max = max;
        this.rows = labels.size();
        int labelWidth = labels.stream().mapToInt(TextMark::width).max().orElse(0);
        chart = new XYChartBuilder()
                .width(Math.max(ChartStyle.WIDTH, labelWidth + LEAST_PLOT_WIDTH))
                .height(FRAME_HEIGHT + ROW_HEIGHT * Math.max(rows, LEAST_ROWS))
                .title(title)
                .xAxisTitle(axis)
                .build();
        XYStyler styler = chart.getStyler();
        ChartStyle.apply(styler);
        styler.setPlotContentSize(1.0);
        styler.setXAxisLogarithmic(true);
        styler.setXAxisLogarithmicDecadeOnly(false);
        styler.setXAxisMin(min);
        styler.setXAxisMax(max);
        styler.setYAxisMin(0.5);
        styler.setYAxisMax(rows + 0.5);
        styler.setYAxisTicksVisible(false);
        styler.setPlotGridHorizontalLinesVisible(false);
        styler.setYAxisLeftWidthHint(labelWidth);
        styler.setXAxisTickLabelsFormattingFunction(value -> tick(value, unit));
        for (int row = 0; row < rows; row++) {
            chart.addAnnotation(TextMark.beforeThePlot(y(row), labels.get(row)));
        }
    }

    private static String tick(double value, String unit) {
        String plain = Labels.plain(value);
        char digit = plain.replaceFirst("^[0.]+", "").charAt(0);
        return LABELLED.contains(digit) ? plain + unit : " ";
    }

    private double y(double row) {
        return rows - row;
    }

    /** Adds a bar that takes {@code share} of a row's height, its middle {@code offset} rows below that of the row. */
    void bar(double row, double from, double to, double share, Color color) {
        double height = ROW_HEIGHT * BAR_SHARE / 100.0 * share;
        line(clip(from), y(row), clip(to), y(row), ChartStyle.line(height), color);
    }

    /** Adds the interval behind a number. */
    void interval(double row, double low, double high) {
        line(clip(low), y(row), clip(high), y(row), ChartStyle.line(1.5), ChartStyle.INK);
    }

    /** Adds a short upright line across one row. */
    void mark(double row, double at) {
        line(clip(at), y(row + 0.42), clip(at), y(row - 0.42), ChartStyle.line(3), ChartStyle.INK);
    }

    /** Adds a thin upright line across all rows. */
    void rule(double at) {
        line(clip(at), 0.5, clip(at), rows + 0.5, ChartStyle.line(1.2), ChartStyle.INK);
    }

    void text(double row, double at, String text, Font font, Color color) {
        chart.addAnnotation(TextMark.rightOf(clip(at), y(row), text, font, color));
    }

    /** Adds an entry to the legend; the chart itself does not change. */
    void legend(String name, Color color, double width) {
        XYSeries series = line(min, -1, min, -1, ChartStyle.line(width), color);
        series.setLabel(name).setShowInLegend(true);
    }

    private double clip(double value) {
        return Math.max(min, Math.min(max, value));
    }

    private XYSeries line(double x1, double y1, double x2, double y2, BasicStroke stroke, Color color) {
        XYSeries series = chart.addSeries("part " + parts++, new double[] {x1, x2}, new double[] {y1, y2});
        series.setLineStyle(stroke).setLineColor(color);
        series.setMarker(SeriesMarkers.NONE);
        series.setShowInLegend(false);
        return series;
    }

    XYChart build() {
        return chart;
    }
}
