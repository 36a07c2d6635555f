package io.nettyslab.comparison;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;

/**
 * Netty's unpooled buffers, in the variants whose memory is exactly as long as their capacity and checked by the JDK.
 * The {@code Unsafe} variant reads and writes wild memory when it is asked to, and has ended the JVM of this test: in
 * 4.2.18 its {@code setShortLE} checks no index. Wrapped for leak detection as slab buffers are.
 */
final class ReferenceAllocator extends AbstractByteBufAllocator {

    ReferenceAllocator() {
        super(true); // prefers direct buffers, as slab allocators do by default
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return toLeakAwareBuffer(new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity));
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return toLeakAwareBuffer(new UnpooledDirectByteBuf(this, initialCapacity, maxCapacity));
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }
}
