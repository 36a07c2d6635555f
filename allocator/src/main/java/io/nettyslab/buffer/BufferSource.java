package io.nettyslab.buffer;

import io.netty.buffer.ByteBufAllocator;
import io.nettyslab.memory.MemoryKind;

/** Where a buffer gets a larger slot from when it outgrows its own. Any thread may call. */
public interface BufferSource {

    /** Returns the allocator that users see, the one {@code ByteBuf.alloc()} answers. */
    ByteBufAllocator allocator();

    /**
     * Hands out a buffer, bare of any leak-detecting wrapper, with a reference count of 1.
     *
     * @throws OutOfMemoryError if the bound is reached
     * @throws IllegalStateException if the allocator is closed
     */
    SlabByteBuf obtain(MemoryKind kind, int capacity, int maxCapacity);

    /** As {@link #obtain}, but only from the slabs; {@code null} if they have no room for it. */
    SlabByteBuf tryObtain(MemoryKind kind, int capacity, int maxCapacity);
}
