package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;

/** The other end of a copy. Constants are camel case because they are the values of {@code -p other=}. */
public enum CopyEnd {
    /** A direct buffer of the same allocator. */
    direct(BufferKind.direct::allocate),

    /** A heap buffer of the same allocator. */
    heap(BufferKind.heap::allocate),

    /** A direct buffer of {@code Unpooled}. */
    unpooledDirect((pool, length) -> Unpooled.directBuffer(length)),

    /** A heap buffer of {@code Unpooled}. */
    unpooledHeap((pool, length) -> Unpooled.buffer(length)),

    /** An array. */
    array((pool, length) -> new byte[length]),

    /** A direct {@code ByteBuffer}. */
    nioDirect((pool, length) -> ByteBuffer.allocateDirect(length)),

    /** A {@code ByteBuffer} on the heap. */
    nioHeap((pool, length) -> ByteBuffer.allocate(length));

    private final BiFunction<ByteBufAllocator, Integer, Object> factory;

    CopyEnd(BiFunction<ByteBufAllocator, Integer, Object> factory) {
        this.factory = factory;
    }

    /** Returns a {@link ByteBuf}, which the caller releases, a {@code byte[]} or a {@link ByteBuffer}. */
    Object create(ByteBufAllocator pool, int length) {
        return factory.apply(pool, length);
    }
}
