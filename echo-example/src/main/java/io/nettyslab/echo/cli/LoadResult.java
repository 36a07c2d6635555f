package io.nettyslab.echo.cli;

import static io.nettyslab.echo.text.Units.count;
import static io.nettyslab.echo.text.Units.format;
import static io.nettyslab.echo.text.Units.micros;

import io.nettyslab.echo.load.LoadReport;
import io.nettyslab.echo.load.LoadSettings;
import io.nettyslab.echo.net.AllocatorFigures;
import io.nettyslab.echo.text.KeyValues;
import io.nettyslab.echo.text.TextTable;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;

/** What a load says at its end, to people and to programs. */
final class LoadResult {

    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};

    private final LoadSettings settings;
    private final LoadReport report;
    private final AllocatorFigures memory;

    private LoadResult(LoadSettings settings, LoadReport report, AllocatorFigures memory) {
        this.settings = settings;
        this.report = report;
        this.memory = memory;
    }

    static LoadResult table(LoadSettings settings, LoadReport report, AllocatorFigures memory) {
        return new LoadResult(settings, report, memory);
    }

    void print(PrintWriter out) {
        TextTable table = new TextTable(2);
        table.row(
                "load",
                settings.connections() + " connections x " + Units.bytes(settings.messageSize())
                        + " x depth " + settings.depth() + ", transport " + settings.transport() + ", "
                        + settings.eventLoops() + " event loops, allocator "
                        + settings.allocator().kind());
        table.row(
                "throughput",
                count(Math.round(report.messagesPerSecond())) + " messages/s, "
                        + format("%,.1f MiB/s each way", report.mebibytesPerSecond()));
        table.row("measured", count(report.messages()) + " messages in " + format("%.2f s", report.nanos() / 1e9));
        table.row("errors", "0: every byte that came back was right");
        ServerReport.memoryRows(table, memory, AllocatorFigures.UNKNOWN).print(out);
        out.println();
        out.println(correction());
        latencies().print(out);
    }

    private String correction() {
        if (settings.openLoop()) {
            return "latency in us, from the time each message should have been sent (open loop, "
                    + format("%,.0f", settings.rate()) + " messages/s)";
        }
        return "latency in us, corrected for coordinated omission (closed loop; expected interval = mean latency, "
                + micros(report.expectedIntervalNanos()) + " us)";
    }

    private TextTable latencies() {
        TextTable table = new TextTable(1);
        boolean corrected = report.expectedIntervalNanos() > 0;
        table.row(corrected ? new String[] {"", "corrected", "as measured"} : new String[] {"", "measured"});
        for (double percentile : PERCENTILES) {
            String name = percentile == 100 ? "max" : "p" + format(percentile % 1 == 0 ? "%.0f" : "%s", percentile);
            String value = micros(report.corrected().getValueAtPercentile(percentile));
            String raw = micros(report.measured().getValueAtPercentile(percentile));
            table.row(corrected ? new String[] {name, value, raw} : new String[] {name, value});
        }
        return table;
    }

    static KeyValues keyValues(LoadReport report) {
        KeyValues values = new KeyValues()
                .put("nanos", report.nanos())
                .put("messages", report.messages())
                .put("messagesPerSecond", format("%.1f", report.messagesPerSecond()))
                .put("mebibytesPerSecond", format("%.3f", report.mebibytesPerSecond()));
        for (double percentile : PERCENTILES) {
            values.put("p" + percentile, report.corrected().getValueAtPercentile(percentile));
        }
        return values;
    }
}
