package io.nettyslab.echo.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.nettyslab.echo.page.Setup;
import java.util.List;
import java.util.Map;

/**
 * A comparison as {@code compare.json} holds it; the page draws nothing else.
 *
 * @param setup program and machine
 * @param workload what was sent, and how
 * @param tookSeconds how long the comparison took
 * @param transports with any figures, in the order in which they were compared
 * @param allocators in the order in which they were given
 * @param missing what failed or was stopped before it was done
 * @param verdicts slabs against the best rival, for each transport and metric
 * @param entries one for each transport and allocator with a round at least
 */
public record CompareDocument(
        Setup setup,
        Workload workload,
        double tookSeconds,
        List<String> transports,
        List<String> allocators,
        List<Missing> missing,
        List<Verdict> verdicts,
        List<Entry> entries) {

    /**
     * What was sent, and how.
     *
     * @param connections of each load
     * @param messageSize as the {@code load} command reads it
     * @param depth messages on their way in one connection, under full load
     * @param eventLoops threads of each server, and of each load
     * @param rounds turns of each allocator; of that with the fewest
     * @param seconds each of the two measurements in a round
     * @param jvmFlags of each server and each load
     */
    public record Workload(
            int connections,
            String messageSize,
            int depth,
            int eventLoops,
            int rounds,
            double seconds,
            String jvmFlags) {}

    /**
     * A transport and allocator without all of its figures.
     *
     * @param transport how bytes should have travelled
     * @param allocator where memory should have come from
     * @param rounds that it did
     * @param why it did no more
     */
    public record Missing(String transport, String allocator, int rounds, String why) {}

    /**
     * One point of a latency curve.
     *
     * @param percentile 0 to 100
     * @param micros latency
     */
    public record Latency(double percentile, double micros) {}

    /**
     * One transport and allocator. Spreads are over the rounds.
     *
     * @param transport how bytes travelled
     * @param allocator where memory came from, in server and load
     * @param messagesPerSecond under full load
     * @param cpuNanosPerKib the server's processor time for each KiB received and sent back, under full load
     * @param rate messages per second at which latency was measured, the same for all allocators of a transport
     * @param p50Nanos latency at that rate
     * @param p99Nanos latency at that rate
     * @param p999Nanos latency at that rate
     * @param latency at that rate, of all rounds together
     * @param collections of the server, in all rounds
     * @param collectionMillis time spent in them
     * @param residentBytes memory of the server at the end of each round
     * @param memory resident memory of the server over time
     * @param slabs of the server, in the middle of full load; {@code null} for Netty's allocators
     * @param rounds each round by itself
     * @param serverAtEnd what the server said when it stopped, or last if it failed
     */
    public record Entry(
            String transport,
            String allocator,
            Quartiles messagesPerSecond,
            Quartiles cpuNanosPerKib,
            double rate,
            Quartiles p50Nanos,
            Quartiles p99Nanos,
            Quartiles p999Nanos,
            List<Latency> latency,
            double collections,
            double collectionMillis,
            Quartiles residentBytes,
            List<MemoryPoint> memory,
            JsonNode slabs,
            List<Round> rounds,
            Map<String, String> serverAtEnd) {}
}
