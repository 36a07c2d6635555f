package io.nettyslab.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.function.Predicate;

/**
 * A composite buffer that never answers past its capacity. Netty's own, when it has a single heap component, reads on
 * in that component's array, which here is a slab.
 */
public final class CheckedComposite extends CompositeByteBuf {

    private final boolean direct; // where copies go

    /**
     * Makes an empty composite buffer.
     *
     * @param alloc where it takes memory from when it consolidates or grows
     * @param direct whether that memory is direct
     * @param maxNumComponents how many components it holds before it consolidates them
     */
    public CheckedComposite(ByteBufAllocator alloc, boolean direct, int maxNumComponents) {
        super(alloc, direct, maxNumComponents);
        this.direct = direct;
    }

    /** No array to go past all checks by, as Netty does to write characters, once a single component has shrunk. */
    @Override
    public boolean hasArray() {
        return numComponents() == 1 ? hasInFull(ByteBuf::hasArray) : super.hasArray();
    }

    /** No address either. */
    @Override
    public boolean hasMemoryAddress() {
        return numComponents() == 1 ? hasInFull(ByteBuf::hasMemoryAddress) : super.hasMemoryAddress();
    }

    /** Asks the single component, if all of it is still there; where it is a slice, that knows or cannot be made. */
    private boolean hasInFull(Predicate<ByteBuf> property) {
        try {
            ByteBuf only = internalComponent(0);
            return only.capacity() >= capacity() && property.test(only);
        } catch (IndexOutOfBoundsException | IllegalReferenceCountException shrunkOrReleased) {
            return false;
        }
    }

    /** A view of its own, cut to the range: a single component's may reach further, and may be in use. */
    @Override
    public ByteBuffer internalNioBuffer(int index, int length) {
        return numComponents() == 1 && nioBufferCount() == 1
                ? nioBuffer(index, length)
                : super.internalNioBuffer(index, length);
    }

    /** Loses no buffer if the copy fails, as it does where a component has become shorter. */
    @Override
    public ByteBuf copy(int index, int length) {
        checkIndex(index, length);
        ByteBuf copy = direct ? alloc().directBuffer(length) : alloc().heapBuffer(length);
        return RangeByteBuf.filled(copy, this, index, length);
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
        if (length != 0) { // no bytes, no harm, and Netty's versions differ
            checkIndex(index, length);
        }
        return super.toString(index, length, charset);
    }
}
