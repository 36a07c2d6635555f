package io.nettyslab.echo.net;

import static io.nettyslab.echo.net.AllocatorFigures.UNKNOWN;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.SlabByteBufAllocatorMetric;
import java.util.Optional;

/** An allocator together with the questions the example asks of it, whichever kind it is. */
public final class EchoAllocator implements AutoCloseable {

    private final AllocatorKind kind;
    private final ByteBufAllocator allocator;

    EchoAllocator(AllocatorKind kind, ByteBufAllocator allocator) {
        this.kind = kind;
        this.allocator = allocator;
    }

    public AllocatorKind kind() {
        return kind;
    }

    public ByteBufAllocator allocator() {
        return allocator;
    }

    /**
     * Tells where a buffer's memory lies.
     *
     * @param buffer any buffer, wrapped, derived or composite
     * @return {@code true} if all of it lies in this allocator's slabs; always {@code false} for Netty's allocators
     */
    public boolean isFromSlab(ByteBuf buffer) {
        return allocator instanceof SlabByteBufAllocator slabs && slabs.isFromSlab(buffer);
    }

    /**
     * Returns what only the slab allocator can tell.
     *
     * @return its live figures, empty for Netty's allocators
     */
    public Optional<SlabByteBufAllocatorMetric> slabMetric() {
        return allocator instanceof SlabByteBufAllocator slabs ? Optional.of(slabs.metric()) : Optional.empty();
    }

    /**
     * Returns what Netty knows of every allocator.
     *
     * @return live figures
     */
    public ByteBufAllocatorMetricProvider metricProvider() {
        return (ByteBufAllocatorMetricProvider) allocator;
    }

    /**
     * Reads the allocator's own counters.
     *
     * @return the figures of this moment
     */
    public AllocatorFigures figures() {
        if (allocator instanceof SlabByteBufAllocator slabs) {
            return slabFigures(slabs.metric());
        }
        ByteBufAllocatorMetric metric = metricProvider().metric();
        long used = metric.usedDirectMemory() + metric.usedHeapMemory();
        return new AllocatorFigures(rivalBytesInUse(used), used, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
    }

    private static AllocatorFigures slabFigures(SlabByteBufAllocatorMetric metric) {
        return new AllocatorFigures(
                metric.bytesInUse(),
                metric.reservedDirectMemory() + metric.reservedHeapMemory(),
                metric.buffersInUse(),
                metric.slabAllocations(),
                metric.unpooledAllocations(),
                metric.failedAllocations());
    }

    /** Netty's pools report whole chunks as used; only the arena allocator also knows what is handed out. */
    private long rivalBytesInUse(long used) {
        if (allocator instanceof PooledByteBufAllocator pooled) {
            return pooled.pinnedDirectMemory() + pooled.pinnedHeapMemory();
        }
        return allocator instanceof UnpooledByteBufAllocator ? used : UNKNOWN;
    }

    /** Gives the slabs back; Netty's allocators leave theirs to the garbage collector. */
    @Override
    public void close() {
        if (allocator instanceof SlabByteBufAllocator slabs) {
            slabs.close();
        }
    }
}
