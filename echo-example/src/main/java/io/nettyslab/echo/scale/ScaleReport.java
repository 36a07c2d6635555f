package io.nettyslab.echo.scale;

import static io.nettyslab.echo.text.Units.bytes;
import static io.nettyslab.echo.text.Units.count;
import static io.nettyslab.echo.text.Units.format;

import io.nettyslab.echo.text.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of a run over sockets.
 *
 * @param settings what was run
 * @param connectSeconds how long it took to open all connections but the first
 * @param states the server from moment to moment; with the first connections, with all, with all after a
 *     pulse, and what came later
 * @param pulses of all connections, and of those that are left after the half-open ones have vanished
 * @param peakBytesInUse most bytes that the server's allocator had handed out, sampled; -1 if it does not tell
 * @param clientErrors all that went wrong on the clients' side
 * @param firstError the first of it, empty if there was none
 * @param problems what else went wrong, in words
 */
public record ScaleReport(
        ScaleSettings settings,
        double connectSeconds,
        List<ServerState> states,
        List<PulseResult> pulses,
        long peakBytesInUse,
        long clientErrors,
        String firstError,
        List<String> problems) {

    /** The moment that shows what a connection costs: idle, but it has been used. */
    private static final int USED = 2;

    /** Returns errors on either side, but for connections that broke because their client vanished. */
    public long errors() {
        long server = states.stream()
                .filter(state -> !state.moment().contains(Scale.VANISHED))
                .mapToLong(ServerState::errors)
                .max()
                .orElse(0);
        return clientErrors + server;
    }

    /** Returns the most buffers that idle connections held at any of the moments; -1 if the allocator does not tell. */
    public long buffersHeld() {
        return states.stream().mapToLong(ServerState::buffersInUse).max().orElse(-1);
    }

    public double heapBytesPerConnection() {
        return perConnection(states.get(USED).heapBytes() - states.get(0).heapBytes());
    }

    public double residentBytesPerConnection() {
        return perConnection(states.get(USED).residentBytes() - states.get(0).residentBytes());
    }

    private double perConnection(long growth) {
        long more = states.get(USED).connections() - states.get(0).connections();
        return more == 0 ? 0 : (double) growth / more;
    }

    /** An end before that moment leaves nothing to divide. */
    private boolean tellsCosts() {
        return states.size() > USED;
    }

    /**
     * Returns what was not as it should be, in words: nothing, if all connections were served, held nothing while idle,
     * where the allocator tells, and none stayed whose client had vanished.
     */
    public List<String> complaints() {
        List<String> complaints = new ArrayList<>(problems);
        for (ServerState state : states) {
            if (state.connections() != state.expectedConnections()) {
                complaints.add(state.moment() + ": " + count(state.connections()) + " connections are open, not "
                        + count(state.expectedConnections())
                        + (state.moment().contains(Scale.VANISHED) ? ": dead ones stay" : ""));
            }
            if (state.buffersInUse() > 0) {
                complaints.add(state.moment() + ": buffers out: " + count(state.buffersInUse()));
            }
        }
        for (PulseResult pulse : pulses) {
            if (pulse.messages() != pulse.connections() * settings.messages()) {
                complaints.add("pulse of " + pulse.who() + ": " + count(pulse.messages()) + " of "
                        + count(pulse.connections() * settings.messages()) + " messages came back right");
            }
        }
        if (errors() > 0) {
            complaints.add("errors: " + count(errors()));
        }
        return complaints;
    }

    /**
     * Prints the tables.
     *
     * @param out where to
     */
    public void print(PrintWriter out) {
        TextTable moments = new TextTable(1)
                .row("the server", "connections", "broken", "buffers out", "bytes out", "reserved", "heap", "resident");
        states.forEach(state -> moments.row(
                state.moment(),
                count(state.connections()),
                count(state.errors()),
                known(state.buffersInUse(), count(state.buffersInUse())),
                known(state.bytesInUse(), bytes(Math.max(0, state.bytesInUse()))),
                bytes(state.reservedBytes()),
                bytes(state.heapBytes()),
                known(state.residentBytes(), bytes(Math.max(0, state.residentBytes())))));
        moments.print(out);
        out.println();
        TextTable traffic = new TextTable(1)
                .row("pulse", "connections", "messages", "right", "seconds", "p50 ms", "p99 ms", "max ms");
        pulses.forEach(pulse -> traffic.row(
                pulse.who(),
                count(pulse.connections()),
                count(pulse.connections() * settings.messages()),
                count(pulse.messages()),
                format("%.1f", pulse.seconds()),
                format("%.0f", pulse.p50Nanos() / 1e6),
                format("%.0f", pulse.p99Nanos() / 1e6),
                format("%.0f", pulse.maxNanos() / 1e6)));
        traffic.print(out);
        out.println();
        printSummary(out);
    }

    private void printSummary(PrintWriter out) {
        TextTable summary = new TextTable(2);
        if (tellsCosts()) {
            summary.row("opened in", format("%.1f s", connectSeconds));
            summary.row(
                    "an idle connection",
                    format(
                                    "%,.0f bytes of heap, %,.0f bytes resident",
                                    heapBytesPerConnection(), residentBytesPerConnection())
                            + (buffersHeld() < 0
                                    ? ""
                                    : ", " + format("%.1f", (double) buffersHeld() / settings.connections())
                                            + " buffers"));
        }
        summary.row(
                "peak in use",
                peakBytesInUse < 0
                        ? "not known by this allocator"
                        : bytes(peakBytesInUse) + " (sampled ten times a second)");
        summary.row("errors", count(errors()) + (firstError.isEmpty() ? "" : ", the first: " + firstError));
        summary.print(out);
        List<String> complaints = complaints();
        if (!complaints.isEmpty()) {
            out.println();
            out.println("Not as it should be:");
            complaints.forEach(complaint -> out.println("  " + complaint));
            out.flush();
        }
    }

    /** Returns what a file of results says beside the machine. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("flags", ScaleSettings.SERVER_FLAGS);
        document.put("transport", settings.transport().toString());
        document.put("allocator", settings.allocator().toString());
        document.put("eventLoops", settings.eventLoops());
        document.put("connections", settings.connections());
        document.put("halfOpen", settings.halfOpen());
        document.put("messagesPerConnection", settings.messages());
        document.put("messageSize", settings.messageSize());
        if (tellsCosts()) {
            document.put("connectSeconds", connectSeconds);
            document.put("heapBytesPerConnection", heapBytesPerConnection());
            document.put("residentBytesPerConnection", residentBytesPerConnection());
        }
        document.put("peakBytesInUse", peakBytesInUse);
        document.put("errors", errors());
        document.put("firstError", firstError);
        document.put("notAsItShouldBe", complaints());
        document.put("server", states);
        document.put("pulses", pulses);
        return document;
    }

    private static String known(long figure, String text) {
        return figure < 0 ? "-" : text;
    }
}
