package io.nettyslab.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.nettyslab.SlabByteBufAllocatorMetric;

/** The two kinds of memory a buffer can have, and how to ask for each. */
public enum Kind {
    DIRECT {
        @Override
        public ByteBuf allocate(ByteBufAllocator allocator, int capacity, int maxCapacity) {
            return allocator.directBuffer(capacity, maxCapacity);
        }

        @Override
        public CompositeByteBuf composite(ByteBufAllocator allocator, int maxComponents) {
            return allocator.compositeDirectBuffer(maxComponents);
        }

        @Override
        public long used(SlabByteBufAllocatorMetric metric) {
            return metric.usedDirectMemory();
        }

        @Override
        public long reserved(SlabByteBufAllocatorMetric metric) {
            return metric.reservedDirectMemory();
        }

        @Override
        public long unpooled(SlabByteBufAllocatorMetric metric) {
            return metric.unpooledDirectMemory();
        }
    },

    HEAP {
        @Override
        public ByteBuf allocate(ByteBufAllocator allocator, int capacity, int maxCapacity) {
            return allocator.heapBuffer(capacity, maxCapacity);
        }

        @Override
        public CompositeByteBuf composite(ByteBufAllocator allocator, int maxComponents) {
            return allocator.compositeHeapBuffer(maxComponents);
        }

        @Override
        public long used(SlabByteBufAllocatorMetric metric) {
            return metric.usedHeapMemory();
        }

        @Override
        public long reserved(SlabByteBufAllocatorMetric metric) {
            return metric.reservedHeapMemory();
        }

        @Override
        public long unpooled(SlabByteBufAllocatorMetric metric) {
            return metric.unpooledHeapMemory();
        }
    };

    public abstract ByteBuf allocate(ByteBufAllocator allocator, int capacity, int maxCapacity);

    public final ByteBuf allocate(ByteBufAllocator allocator, int capacity) {
        return allocate(allocator, capacity, Integer.MAX_VALUE);
    }

    /** A composite whose own memory is of this kind. */
    public abstract CompositeByteBuf composite(ByteBufAllocator allocator, int maxComponents);

    public abstract long used(SlabByteBufAllocatorMetric metric);

    public abstract long reserved(SlabByteBufAllocatorMetric metric);

    public abstract long unpooled(SlabByteBufAllocatorMetric metric);

    public final boolean isDirect() {
        return this == DIRECT;
    }
}
