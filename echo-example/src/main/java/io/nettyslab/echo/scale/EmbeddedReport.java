package io.nettyslab.echo.scale;

import static io.nettyslab.echo.text.Units.format;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.text.TextTable;
import io.nettyslab.echo.text.Units;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * The results of a run without sockets.
 *
 * @param settings what was run
 * @param results one for each number of channels and each allocator
 */
public record EmbeddedReport(EmbeddedSettings settings, List<EmbeddedResult> results) {

    /**
     * Prints the table.
     *
     * @param out where to
     */
    public void print(PrintWriter out) {
        TextTable table = new TextTable(1)
                .row(
                        "allocator",
                        "channels",
                        "ns/echo idle",
                        "ns/echo holding",
                        "heap/channel",
                        "heap/buffer",
                        "reserved/buffer");
        results.forEach(result -> table.row(
                result.allocator().toString(),
                Units.count(result.channels()),
                format("%,.0f", result.idleNanos()),
                format("%,.0f", result.holdingNanos()),
                format("%,.0f", result.heapPerChannel()),
                format("%,.0f", result.heapPerBuffer()),
                format("%,.0f", result.reservedPerBuffer())));
        table.print(out);
    }

    /** Returns what a file of results says beside the machine. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("flags", EmbeddedSettings.FLAGS);
        document.put("messageSize", EmbeddedSettings.MESSAGE_SIZE);
        document.put("results", results);
        return document;
    }

    /**
     * Draws how the time of an echo grows with the number of channels.
     *
     * @param file the PNG to write
     * @throws EchoFailure if it cannot be written
     */
    public void draw(Path file) {
        System.setProperty("java.awt.headless", "true"); // a picture needs no screen
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(500)
                .title("An echo through a random one of many channels")
                .xAxisTitle("channels")
                .yAxisTitle("ns per echo")
                .build();
        chart.getStyler().setXAxisLogarithmic(true).setYAxisMin(0.0).setLegendPosition(LegendPosition.InsideNW);
        for (AllocatorKind allocator : settings.allocators()) {
            List<EmbeddedResult> its =
                    results.stream().filter(r -> r.allocator() == allocator).toList();
            List<Integer> x = its.stream().map(EmbeddedResult::channels).toList();
            chart.addSeries(
                    allocator + ", nothing held",
                    x,
                    its.stream().map(EmbeddedResult::idleNanos).toList());
            chart.addSeries(
                    allocator + ", each holds " + EmbeddedSettings.MESSAGE_SIZE + " B",
                    x,
                    its.stream().map(EmbeddedResult::holdingNanos).toList());
        }
        try {
            Files.write(file, ChartEncoder.getBytes(chart, "png"));
        } catch (IOException e) {
            throw new EchoFailure("cannot write " + file, e);
        }
    }
}
