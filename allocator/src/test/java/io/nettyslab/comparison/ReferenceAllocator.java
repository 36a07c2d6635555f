package io.nettyslab.comparison;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;

/**
 * Netty's unpooled buffers, in the variants whose memory is exactly as long as their capacity and checked by the JDK:
 * one that is asked for too much fails, where the {@code Unsafe} variant could read wild memory.
 */
final class ReferenceAllocator extends AbstractByteBufAllocator {

    ReferenceAllocator() {
        super(true); // prefers direct buffers, as slab allocators do by default
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return new UnpooledDirectByteBuf(this, initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }
}
