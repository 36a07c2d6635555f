package io.nettyslab.jmh;

import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The worst of several readings of memory, each divided by the bytes that are live when it is taken. Created before the
 * allocator, so that what is there by then does not count, and not before what was thrown away is gone. For one thread.
 */
final class FootprintReadings {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final int KIB = 1 << 10;

    /** Looks in a row that find no less memory in use: what cleaners free comes a moment after the collection. */
    private static final int SETTLED = 5;

    private final long javaHeapBefore;
    private final long residentBefore;
    private long reservedPeak; // since the last end of a phase
    private double reserved;
    private double reservedAtPeak;
    private double resident;
    private double javaHeap;
    private double javaHeapWeb;
    private double javaHeapPerReserved;

    FootprintReadings() {
        long heap = Long.MAX_VALUE;
        long resident = Long.MAX_VALUE;
        int same = 0;
        while (same < SETTLED) {
            long heapNow = javaHeapBytes(); // collects
            long residentNow = residentBytes();
            same = heapNow < heap || residentNow < resident ? 0 : same + 1;
            heap = Math.min(heap, heapNow);
            resident = Math.min(resident, residentNow);
        }
        javaHeapBefore = heap;
        residentBefore = resident;
    }

    /** Looks for a peak. */
    void look(ByteBufAllocator allocator) {
        reservedPeak = Math.max(reservedPeak, AllocatorKind.reservedBytes(allocator));
    }

    /** Takes all readings; {@code allocator} is {@code null} in a control. */
    void endOfPhase(ByteBufAllocator allocator, SizeMix mix, double liveBytes) {
        if (allocator != null) {
            look(allocator);
            reserved = Math.max(reserved, AllocatorKind.reservedBytes(allocator) / liveBytes);
            reservedAtPeak = Math.max(reservedAtPeak, reservedPeak / liveBytes);
            reservedPeak = 0;
        }
        resident = Math.max(resident, (residentBytes() - residentBefore) / liveBytes);
        double heapNow = (javaHeapBytes() - javaHeapBefore) / liveBytes;
        javaHeap = Math.max(javaHeap, heapNow);
        if (mix == SizeMix.web) {
            javaHeapWeb = heapNow;
            if (allocator != null) {
                javaHeapPerReserved = heapNow * liveBytes / AllocatorKind.reservedBytes(allocator);
            }
        }
    }

    /** Hands the worst to the profiler. */
    void publish(ByteBufAllocator allocator, BufferKind kind) {
        if (allocator != null) {
            Readings.put("reservedPerLive", reserved, "B/B");
            Readings.put("reservedPerLivePeak", reservedAtPeak, "B/B");
            Readings.put("javaHeapPerReserved", javaHeapPerReserved, "B/B");
        }
        if (kind == BufferKind.direct && residentBefore > 0) { // the Java heap is resident from the start
            Readings.put("residentPerLive", resident, "B/B");
        }
        Readings.put("javaHeapPerLive", javaHeap, "B/B");
        Readings.put("javaHeapPerLiveWeb", javaHeapWeb, "B/B");
    }

    private static long javaHeapBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Returns what the system says that this process occupies; 0 where it does not say. */
    private static long residentBytes() {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
