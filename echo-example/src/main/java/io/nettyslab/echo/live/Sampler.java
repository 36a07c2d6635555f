package io.nettyslab.echo.live;

import io.nettyslab.SlabByteBufAllocatorMetric;
import io.nettyslab.echo.net.AllocatorFigures;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.server.EchoServer;
import io.nettyslab.echo.server.ServerFigures;
import io.nettyslab.echo.server.Traffic;
import io.nettyslab.echo.text.ProcessFigures;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;

/**
 * Takes a {@link Sample} in each interval and keeps those of the last minutes, so that a page opened late shows what it
 * missed, and every page shows the same. Not thread-safe: all of it belongs to the event loop of the live page.
 */
final class Sampler {

    /** Often enough to follow with the eye. */
    static final Duration INTERVAL = Duration.ofMillis(500);

    /** As long as the charts are wide. */
    static final Duration HISTORY = Duration.ofMinutes(2);

    /** One latency in each; the window below then holds a thousand. */
    static final Duration LATENCY_INTERVAL = Duration.ofMillis(10);

    static final Duration LATENCY_WINDOW = Duration.ofSeconds(10);

    private static final int MOST_SAMPLES = (int) HISTORY.dividedBy(INTERVAL);

    private final EchoServer server;
    private final EchoAllocator allocator;
    private final LatencyWindow latency;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>(MOST_SAMPLES);

    private long sequence;
    private long lastNanos = System.nanoTime();
    private ServerFigures last;
    private ProcessFigures lastProcess = ProcessFigures.now();

    Sampler(EchoServer server, EchoAllocator allocator, LatencyWindow latency) {
        this.server = server;
        this.allocator = allocator;
        this.latency = latency;
        this.last = server.figures();
    }

    /** Ends the current interval. */
    void sample() {
        long nanos = System.nanoTime();
        ServerFigures figures = server.figures();
        ProcessFigures process = ProcessFigures.now();
        latency.advance();
        if (samples.size() == MOST_SAMPLES) {
            samples.removeFirst();
        }
        samples.addLast(newSample(figures, process, (nanos - lastNanos) / 1e9));
        lastNanos = nanos;
        last = figures;
        lastProcess = process;
    }

    private Sample newSample(ServerFigures figures, ProcessFigures process, double seconds) {
        Traffic traffic = figures.traffic();
        AllocatorFigures memory = figures.memory();
        SlabByteBufAllocatorMetric slabs = allocator.slabMetric().orElse(null);
        return new Sample(
                ++sequence,
                System.currentTimeMillis(),
                traffic.opened() - traffic.closed(),
                (traffic.bytesRead() - last.traffic().bytesRead()) / seconds,
                (traffic.bytesWritten() - last.traffic().bytesWritten()) / seconds,
                latency.percentile(50),
                latency.percentile(99),
                known(memory.bytesInUse()),
                slabs == null ? null : slabs.directSpanBytes() + slabs.heapSpanBytes(),
                memory.reservedBytes(),
                slabs == null ? null : slabs.unpooledBytes(),
                known(memory.buffersInUse()),
                slabs == null ? null : (allocations(memory) - allocations(last.memory())) / seconds,
                known(memory.unpooledAllocations()),
                known(memory.failedAllocations()),
                traffic.errors(),
                process.collections() - lastProcess.collections(),
                process.collectionMillis() - lastProcess.collectionMillis(),
                process.collections(),
                process.cpuNanos() < 0 ? null : (process.cpuNanos() - lastProcess.cpuNanos()) / 1e9 / seconds);
    }

    private static long allocations(AllocatorFigures memory) {
        return memory.slabAllocations() + memory.unpooledAllocations();
    }

    private static Long known(long figure) {
        return figure == AllocatorFigures.UNKNOWN ? null : figure;
    }

    /**
     * Returns what a page does not have yet.
     *
     * @param sequence of the last sample it has; 0 if it has none
     * @return newer samples in their order
     */
    List<Sample> since(long sequence) {
        return samples.stream().filter(sample -> sample.sequence() > sequence).toList();
    }
}
