package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Where a buffer's bytes live. Constants are lower case because they are the values of {@code -p kind=}. */
public enum BufferKind {
    /** Outside the Java heap. */
    direct,

    /** In a {@code byte[]}. */
    heap;

    /** Allocates without limit on growth, as transports do. */
    ByteBuf allocate(ByteBufAllocator allocator, int size) {
        return this == direct ? allocator.directBuffer(size) : allocator.heapBuffer(size);
    }
}
