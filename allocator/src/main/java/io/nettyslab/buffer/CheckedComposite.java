package io.nettyslab.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;

/**
 * A composite buffer that never answers past its capacity. Netty's own, when it has a single heap component, reads on
 * in that component's array, which here is a slab.
 */
public final class CheckedComposite extends CompositeByteBuf {

    /**
     * Makes an empty composite buffer.
     *
     * @param alloc where it takes memory from when it consolidates or grows
     * @param direct whether that memory is direct
     * @param maxNumComponents how many components it holds before it consolidates them
     */
    public CheckedComposite(ByteBufAllocator alloc, boolean direct, int maxNumComponents) {
        super(alloc, direct, maxNumComponents);
    }

    /** Cuts the view to the range: a single component's own view may reach further than this buffer does. */
    @Override
    public ByteBuffer internalNioBuffer(int index, int length) {
        ByteBuffer view = super.internalNioBuffer(index, length);
        return numComponents() == 1 ? nioBuffer(index, length) : view;
    }

    @Override
    public ByteBuf slice(int index, int length) {
        ensureAccessible();
        return new CheckedSlice(this, index, length);
    }

    @Override
    public ByteBuf duplicate() {
        ensureAccessible();
        return new CheckedDuplicate(this, this);
    }

    @Override
    public String toString(int index, int length, Charset charset) {
        if (length != 0) { // no bytes, no harm: Netty answers "" wherever they are not
            checkIndex(index, length);
        }
        return super.toString(index, length, charset);
    }
}
