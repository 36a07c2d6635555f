package io.nettyslab.jmh.report;

import io.nettyslab.jmh.AllocatorKind;
import io.nettyslab.jmh.results.Figure;
import io.nettyslab.jmh.workload.Workloads;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A line for each allocator over something that grows. */
final class CurveChart {

    private static final int HEIGHT = 420;

    private CurveChart() {}

    /**
     * Makes a chart.
     *
     * @param rows of one workload
     * @param parameter the one that grows: a number
     */
    static XYChart of(String title, List<Row> rows, String parameter, String axis) {
        XYChart chart = new XYChartBuilder()
                .width(ChartStyle.WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(axis + " (logarithmic)")
                .yAxisTitle(rows.get(0).workload().reading().unit())
                .build();
        XYStyler styler = chart.getStyler();
        ChartStyle.apply(styler);
        styler.setXAxisLogarithmic(true);
        styler.setXAxisLogarithmicDecadeOnly(false);
        styler.setXAxisTickLabelsFormattingFunction(CurveChart::tick);
        styler.setYAxisMin(0.0);
        styler.setYAxisDecimalPattern("#,##0");
        Stream.concat(Stream.of(AllocatorKind.slab), Workloads.RIVALS.stream())
                .forEach(allocator -> add(
                        chart,
                        allocator,
                        rows,
                        row -> Double.parseDouble(row.parameters().get(parameter))));
        return chart;
    }

    private static String tick(double value) {
        String plain = Labels.plain(value);
        return plain.startsWith("1") ? plain : " ";
    }

    private static void add(XYChart chart, AllocatorKind allocator, List<Row> rows, ToDoubleFunction<Row> position) {
        List<Double> xs = new ArrayList<>();
        List<Double> ys = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        for (Row row : rows) {
            row.figure(allocator).ifPresent(figure -> {
                xs.add(position.applyAsDouble(row));
                ys.add(figure.score());
                errors.add(halfWidth(figure));
            });
        }
        if (!xs.isEmpty()) {
            XYSeries series = chart.addSeries(allocator.name(), xs, ys, errors);
            series.setLineColor(ChartStyle.of(allocator));
            series.setMarkerColor(ChartStyle.of(allocator));
            series.setLineStyle(ChartStyle.line(allocator == AllocatorKind.slab ? 3 : 2));
            series.setMarker(SeriesMarkers.CIRCLE);
        }
    }

    private static double halfWidth(Figure figure) {
        return (figure.high() - figure.low()) / 2;
    }
}
