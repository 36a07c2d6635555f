package io.nettyslab.echo.scale;

import static io.nettyslab.echo.text.Units.format;

import io.nettyslab.echo.text.TextTable;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of a run without sockets.
 *
 * @param settings what was run
 * @param results one for each number of channels and each allocator, as far as there is one
 * @param missing steps without a result, and why
 */
public record EmbeddedReport(EmbeddedSettings settings, List<EmbeddedResult> results, List<String> missing) {

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
        if (!missing.isEmpty()) {
            out.println();
            out.println("Missing:");
            missing.forEach(step -> out.println("  " + step));
            out.flush();
        }
    }

    /** Returns what a file of results says beside the machine. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("flags", EmbeddedSettings.FLAGS);
        document.put("messageSize", EmbeddedSettings.MESSAGE_SIZE);
        document.put("results", results);
        document.put("missing", missing);
        return document;
    }
}
