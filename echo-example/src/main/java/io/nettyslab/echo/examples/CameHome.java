package io.nettyslab.echo.examples;

import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.SlabByteBufAllocatorMetric;
import java.io.PrintStream;

/** The last line of every example. */
final class CameHome {

    private CameHome() {}

    static void report(SlabByteBufAllocator allocator, PrintStream out) {
        SlabByteBufAllocatorMetric metric = allocator.metric();
        out.printf(
                "%,d buffers handed out from slabs, %,d from elsewhere, %d still out%n",
                metric.slabAllocations(), metric.unpooledAllocations(), metric.buffersInUse());
        if (metric.buffersInUse() != 0) {
            throw new IllegalStateException(metric.buffersInUse() + " buffers did not come home");
        }
    }
}
