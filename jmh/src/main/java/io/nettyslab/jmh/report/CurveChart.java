package io.nettyslab.jmh.report;

import io.nettyslab.jmh.AllocatorKind;
import io.nettyslab.jmh.results.Figure;
import io.nettyslab.jmh.workload.Workloads;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A line for each allocator, and one for the control, over the number of live buffers. What the iterations differ by is
 * in the table: XChart knows only intervals that are as long upwards as downwards.
 */
final class CurveChart {

    private static final int HEIGHT = 420;
    private static final String LIVE = "live";

    private CurveChart() {}

    /** Makes a chart of rows that differ in the number of live buffers only. */
    static XYChart of(String title, List<Row> rows) {
        XYChart chart = new XYChartBuilder()
                .width(ChartStyle.WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("live buffers (logarithmic)")
                .yAxisTitle(rows.get(0).workload().reading().unit() + "; less is better (logarithmic)")
                .build();
        XYStyler styler = chart.getStyler();
        ChartStyle.apply(styler);
        styler.setXAxisLogarithmic(true);
        styler.setXAxisTickLabelsFormattingFunction(Labels::plain);
        styler.setYAxisLogarithmic(true);
        styler.setYAxisTickLabelsFormattingFunction(Labels::plain);
        add(chart, AllocatorKind.slab, rows, 3);
        Workloads.RIVALS.forEach(rival -> add(chart, rival, rows, 2));
        add(chart, "control", rows, Row::control, ChartStyle.CONTROL, ChartStyle.dashes(1.5));
        return chart;
    }

    private static void add(XYChart chart, AllocatorKind allocator, List<Row> rows, double width) {
        add(
                chart,
                allocator.name(),
                rows,
                row -> row.figure(allocator),
                ChartStyle.of(allocator),
                ChartStyle.line(width));
    }

    private static void add(
            XYChart chart,
            String name,
            List<Row> rows,
            Function<Row, Optional<Figure>> read,
            Color color,
            BasicStroke stroke) {
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        for (Row row : rows) {
            read.apply(row).ifPresent(figure -> {
                xs.add(Double.valueOf(row.parameters().get(LIVE)));
                ys.add(figure.score());
            });
        }
        if (!xs.isEmpty()) {
            XYSeries series = chart.addSeries(name, xs, ys);
            series.setLineColor(color);
            series.setLineStyle(stroke);
            series.setMarkerColor(color);
            series.setMarker(SeriesMarkers.CIRCLE);
        }
    }
}
