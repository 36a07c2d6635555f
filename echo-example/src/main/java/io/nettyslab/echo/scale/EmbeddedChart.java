package io.nettyslab.echo.scale;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.text.Units;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws how the time of an echo grows with the number of channels: one colour for each allocator. */
public final class EmbeddedChart {

    /** By ordinal of {@link AllocatorKind}; the palette of Okabe and Ito, which colour-blind readers can tell apart. */
    private static final Color[] COLORS = {
        new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0x999999)
    };

    private EmbeddedChart() {}

    /**
     * Draws a chart.
     *
     * @param report what to draw
     * @param file the PNG to write
     * @throws EchoFailure if it cannot be written
     */
    public static void draw(EmbeddedReport report, Path file) {
        System.setProperty("java.awt.headless", "true"); // a picture needs no screen
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(620)
                .title("An echo through a random one of many channels, all on one event loop")
                .xAxisTitle("channels")
                .yAxisTitle("nanoseconds")
                .build();
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setXAxisTickLabelsFormattingFunction(x -> Units.count(Math.round(x)))
                .setYAxisMin(0.0)
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendBorderColor(Color.WHITE)
                .setChartBackgroundColor(Color.WHITE);
        for (AllocatorKind allocator : report.settings().allocators()) {
            List<EmbeddedResult> its = report.results().stream()
                    .filter(result -> result.allocator() == allocator)
                    .sorted((a, b) -> Integer.compare(a.channels(), b.channels()))
                    .toList();
            if (its.isEmpty()) {
                continue; // the library draws no line without points
            }
            Color color = COLORS[allocator.ordinal()];
            String held = ", each channel holds " + EmbeddedSettings.MESSAGE_SIZE + " bytes";
            line(chart, allocator + held, its, EmbeddedResult::holdingNanos, color)
                    .setLineStyle(SeriesLines.SOLID);
            line(chart, allocator + ", nothing held", its, EmbeddedResult::idleNanos, color)
                    .setLineStyle(SeriesLines.DASH_DASH);
        }
        try {
            Files.write(file, ChartEncoder.getBytes(chart, "png"));
        } catch (IOException e) {
            throw new EchoFailure("cannot write " + file, e);
        }
    }

    private static XYSeries line(
            XYChart chart,
            String name,
            List<EmbeddedResult> results,
            ToDoubleFunction<EmbeddedResult> nanos,
            Color color) {
        double[] x = results.stream().mapToDouble(EmbeddedResult::channels).toArray();
        XYSeries series =
                chart.addSeries(name, x, results.stream().mapToDouble(nanos).toArray());
        series.setLineColor(color);
        series.setMarkerColor(color);
        series.setMarker(SeriesMarkers.CIRCLE);
        return series;
    }
}
