package io.nettyslab.echo.cli;

import static io.nettyslab.echo.text.Units.count;
import static io.nettyslab.echo.text.Units.format;
import static io.nettyslab.echo.text.Units.micros;

import io.nettyslab.echo.load.Histograms;
import io.nettyslab.echo.load.LoadReport;
import io.nettyslab.echo.load.LoadSample;
import io.nettyslab.echo.load.LoadSettings;
import io.nettyslab.echo.load.LoadTraffic;
import io.nettyslab.echo.load.LoadWire;
import io.nettyslab.echo.net.AllocatorFigures;
import io.nettyslab.echo.page.Setup;
import io.nettyslab.echo.text.KeyValues;
import io.nettyslab.echo.text.TextTable;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a load says at its end, to people and to programs.
 *
 * @param settings what was done
 * @param report what was measured
 * @param stoppedEarly whether somebody asked to stop before the end
 * @param retried how often a connection was tried again
 * @param memory the client's, after its end
 * @param server last figures of a server of its own, {@code null} without one
 */
record LoadResult(
        LoadSettings settings,
        LoadReport report,
        boolean stoppedEarly,
        int retried,
        AllocatorFigures memory,
        KeyValues server) {

    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};

    /** Enough for a smooth line. */
    private static final double[] CURVE = {
        0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.75, 99.9, 99.95, 99.975, 99.99, 99.995, 99.999, 100
    };

    void print(PrintWriter out) {
        TextTable table = new TextTable(2);
        table.row("load", description());
        table.row(
                "throughput",
                count(Math.round(report.messagesPerSecond())) + " messages/s, "
                        + format("%,.1f MiB/s each way", report.mebibytesPerSecond()));
        table.row(
                "measured",
                count(report.messages()) + " messages in " + format("%.2f s", report.nanos() / 1e9)
                        + (stoppedEarly ? ", then stopped" : ""));
        if (report.unsent() > 0) {
            table.row(
                    "not sent",
                    count(report.unsent())
                            + " messages were due when the time was over; they count with the least that they waited");
        }
        table.row("errors", "0: every byte that came back was right");
        if (retried > 0) {
            table.row("retried", count(retried) + " refused connections were tried again");
        }
        ServerReport.memoryRows(table, memory, AllocatorFigures.UNKNOWN);
        if (server != null) {
            table.row(
                    "server",
                    Units.bytes((long) server.number("reservedBytes")) + " reserved, "
                            + count((long) server.number("connections")) + " connections accepted, "
                            + count((long) server.number("errors")) + " broken");
        }
        table.print(out);
        out.println();
        out.println(correction());
        latencies().print(out);
    }

    private String description() {
        LoadTraffic traffic = settings.traffic();
        LoadWire wire = settings.wire();
        return count(settings.connections()) + " connections x "
                + (traffic.messages() > 0 ? count(traffic.messages()) + " messages of " : "") + traffic.sizes()
                + " x depth " + traffic.depth() + ", " + wire.protocol() + (wire.tls() ? " over TLS" : "")
                + (wire.readBuffer() > 0 ? ", read buffer " + Units.bytes(wire.readBuffer()) : "") + ", transport "
                + settings.transport() + ", " + settings.eventLoops() + " event loops, allocator "
                + settings.allocator().kind();
    }

    private String correction() {
        if (report.rate() > 0) {
            return "latency in us, from the time each message should have been sent (open loop, "
                    + format("%,.0f", report.rate()) + " messages/s)";
        }
        return "latency in us, corrected for coordinated omission (closed loop; expected interval = mean latency, "
                + micros(report.expectedIntervalNanos()) + " us)";
    }

    private TextTable latencies() {
        TextTable table = new TextTable(1);
        boolean corrected = report.expectedIntervalNanos() > 0;
        table.row(corrected ? new String[] {"", "corrected", "as measured"} : new String[] {"", "measured"});
        for (double percentile : PERCENTILES) {
            if (percentile < 100 && report.messages() * (100 - percentile) < 100) {
                continue; // so few messages have nothing beyond it
            }
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
                .put("unsent", report.unsent())
                .put("messagesPerSecond", format("%.1f", report.messagesPerSecond()))
                .put("mebibytesPerSecond", format("%.3f", report.mebibytesPerSecond()));
        for (double percentile : PERCENTILES) {
            values.put("p" + percentile, report.corrected().getValueAtPercentile(percentile));
        }
        return values.put("histogram", Histograms.encode(report.corrected()));
    }

    /** Returns everything for programs and for the page. */
    Document document() {
        return new Document(
                Setup.here(),
                description(),
                correction(),
                report.nanos() / 1e9,
                stoppedEarly,
                report.messages(),
                report.bytes(),
                report.unsent(),
                report.messagesPerSecond(),
                report.mebibytesPerSecond(),
                report.rate(),
                retried,
                report.expectedIntervalNanos(),
                Arrays.stream(CURVE).mapToObj(this::latency).toList(),
                report.timeline(),
                memory,
                server == null ? null : server.asMap());
    }

    private Latency latency(double percentile) {
        Histogram corrected = report.corrected();
        return new Latency(
                percentile,
                corrected.getValueAtPercentile(percentile) / 1e3,
                report.measured().getValueAtPercentile(percentile) / 1e3);
    }

    /**
     * One point of the latency curve.
     *
     * @param percentile 0 to 100
     * @param micros latency without coordinated omission
     * @param measuredMicros latency as measured
     */
    record Latency(double percentile, double micros, double measuredMicros) {}

    /**
     * The result as {@code --json} writes it.
     *
     * @param setup program and machine
     * @param load what was done, in words
     * @param latencyNote how latency was measured, in words
     * @param seconds length of the measurement
     * @param messages that came back complete and right
     * @param bytes of these messages, each way
     * @param unsent messages that were due in an open loop, but not sent
     * @param messagesPerSecond throughput
     * @param mebibytesPerSecond throughput, each way
     * @param rate of an open loop in messages per second, 0 for a closed loop
     * @param retriedConnections how often a refused connection was tried again
     * @param expectedIntervalNanos used to correct coordinated omission, 0 if there was nothing to correct
     * @param latency in microseconds, by percentile
     * @param timeline how it went
     * @param clientMemory the client's allocator at the end
     * @param server last figures of a server of its own, {@code null} without one
     */
    record Document(
            Setup setup,
            String load,
            String latencyNote,
            double seconds,
            boolean stoppedEarly,
            long messages,
            long bytes,
            long unsent,
            double messagesPerSecond,
            double mebibytesPerSecond,
            double rate,
            int retriedConnections,
            long expectedIntervalNanos,
            List<Latency> latency,
            List<LoadSample> timeline,
            AllocatorFigures clientMemory,
            Map<String, String> server) {}
}
