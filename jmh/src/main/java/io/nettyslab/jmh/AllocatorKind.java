package io.nettyslab.jmh;

import io.netty.buffer.AdaptiveByteBufAllocator;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.nettyslab.SlabByteBufAllocator;

/**
 * The allocators that are compared, each with the defaults a user gets. Constants are lower case because they are the
 * values of {@code -p allocator=}.
 */
public enum AllocatorKind {
    /** Ours. */
    slab {
        @Override
        public ByteBufAllocator create() {
            return new SlabByteBufAllocator(true);
        }
    },

    /** Netty's jemalloc-like pool, the default up to Netty 4.1. */
    pooled {
        @Override
        public ByteBufAllocator create() {
            return new PooledByteBufAllocator(true);
        }
    },

    /** Netty's adaptive pool, the default since Netty 4.2. */
    adaptive {
        @Override
        public ByteBufAllocator create() {
            return new AdaptiveByteBufAllocator(true);
        }
    },

    /** No pool: the price of asking the system each time. */
    unpooled {
        @Override
        public ByteBufAllocator create() {
            return new UnpooledByteBufAllocator(true);
        }
    },

    /** Somebody else's, of the class that {@link OtherAllocator#PROPERTY} names; not measured unless asked for. */
    other {
        @Override
        public ByteBufAllocator create() {
            return OtherAllocator.create();
        }
    };

    /** Returns a new allocator that shares nothing with any other but what its class holds in static fields. */
    public abstract ByteBufAllocator create();

    /** Returns the bytes that {@code allocator} has taken from the system and not given back, direct and heap. */
    static long reservedBytes(ByteBufAllocator allocator) {
        if (allocator instanceof SlabByteBufAllocator slab) {
            return slab.metric().reservedDirectMemory() + slab.metric().reservedHeapMemory();
        }
        // Netty's pools report the chunks they reserved as used.
        ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) allocator).metric();
        return metric.usedDirectMemory() + metric.usedHeapMemory();
    }

    /** Closes {@code allocator} if it can be closed, and fails if buffers of it are still out. */
    static void close(ByteBufAllocator allocator) {
        if (allocator instanceof SlabByteBufAllocator slab) {
            long out = slab.metric().buffersInUse();
            slab.close();
            if (out != 0) {
                throw new IllegalStateException("buffersInUse: " + out + " (expected: 0 at the end of a trial)");
            }
        }
    }
}
