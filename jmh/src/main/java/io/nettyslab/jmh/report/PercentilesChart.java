package io.nettyslab.jmh.report;

import io.nettyslab.jmh.AllocatorKind;
import io.nettyslab.jmh.results.Measurement;
import io.nettyslab.jmh.workload.Goal;
import io.nettyslab.jmh.workload.Workloads;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How long the slowest operations take: one line for each allocator, from the median to the slowest of all. */
final class PercentilesChart {

    private static final int HEIGHT = 420;

    /** As JMH names them. */
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 99.99, 100.0);

    private static final List<String> NAMES = List.of("median", "90 %", "99 %", "99.9 %", "99.99 %", "slowest");

    private PercentilesChart() {}

    /** Makes a chart of one row. */
    static CategoryChart of(String title, Row row) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(ChartStyle.WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("share of the operations that are faster")
                .yAxisTitle("ns (logarithmic)")
                .build();
        CategoryStyler styler = chart.getStyler();
        ChartStyle.apply(styler);
        styler.setYAxisLogarithmic(true);
        styler.setOverlapped(true); // or XChart puts the lines side by side, like bars
        styler.setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
        styler.setYAxisTickLabelsFormattingFunction(Labels::plain);
        Workloads.COMPARED.forEach(allocator -> {
            Measurement found = row.measurements().get(allocator);
            if (found != null) {
                add(chart, allocator, found);
            }
        });
        if (row.workload().goal() instanceof Goal.AtMost atMost) {
            double judged = row.workload().reading().percentile();
            CategorySeries limit = chart.addSeries(
                    "target",
                    NAMES,
                    PERCENTILES.stream()
                            .map(percentile -> percentile == judged ? atMost.limit() : Double.NaN)
                            .toList());
            limit.setLineColor(ChartStyle.INK);
            limit.setMarker(SeriesMarkers.DIAMOND).setMarkerColor(ChartStyle.INK);
        }
        return chart;
    }

    private static void add(CategoryChart chart, AllocatorKind allocator, Measurement found) {
        List<Double> nanos = PERCENTILES.stream()
                .map(percentile -> found.percentiles().getOrDefault(percentile, Double.NaN))
                .toList();
        CategorySeries series = chart.addSeries(allocator.name(), NAMES, nanos);
        series.setLineColor(ChartStyle.of(allocator));
        series.setMarkerColor(ChartStyle.of(allocator));
        series.setLineStyle(ChartStyle.line(allocator == AllocatorKind.slab ? 3 : 2));
        series.setMarker(SeriesMarkers.CIRCLE);
    }
}
