package io.nettyslab.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.util.Recycler;
import java.nio.charset.Charset;

/** A part of a slab buffer. */
final class SlabSlice extends DerivedByteBuf {

    private static final Recycler<SlabSlice> RECYCLER = new RetainedViews<>(handle -> new SlabSlice(null, handle));

    private final Recycler.Handle<SlabSlice> handle; // null if the object is used once, or its root's
    private int length;

    /**
     * Makes a slice that shares the reference count of {@code counted}.
     *
     * @throws IndexOutOfBoundsException if its bytes are not all within the capacity of {@code root}
     */
    SlabSlice(CountedByteBuf counted, SlabByteBuf root, int start, int length) {
        super(counted, root, start);
        root.checkRange(start, length);
        this.handle = null;
        setLength(length);
    }

    private SlabSlice(SlabByteBuf root, Recycler.Handle<SlabSlice> handle) {
        super(root);
        this.handle = handle;
    }

    /** Returns a slice that holds a reference to {@code root}. */
    static ByteBuf retained(SlabByteBuf root, int start, int length) {
        root.checkRange(start, length);
        if (root.isWatched()) {
            return root.slice(start, length).retain();
        }
        SlabSlice slice = lentBy(root);
        if (slice == null) {
            slice = RECYCLER.get();
            slice.hold(root);
        }
        slice.handOut(start);
        slice.setLength(length);
        return slice;
    }

    /** Returns the one slice that belongs to {@code root}, with a reference, or {@code null} if it is out. */
    private static SlabSlice lentBy(SlabByteBuf root) {
        CountedByteBuf view = root.view();
        if (view != null && !(view instanceof SlabSlice)) {
            return null;
        }
        SlabSlice slice = view == null ? new SlabSlice(root, null) : (SlabSlice) view;
        return root.lend(slice) ? slice : null;
    }

    private void setLength(int length) {
        this.length = length;
        maxCapacity(length);
        writerIndex(length);
    }

    @Override
    boolean belongsToRoot() {
        return handle == null;
    }

    @Override
    void recycle(SlabByteBuf held) {
        handle.recycle(this);
    }

    @Override
    int limit() {
        return counted().isLive() ? length : 0;
    }

    @Override
    public int capacity() {
        return length;
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
        throw new UnsupportedOperationException("sliced buffer");
    }

    @Override
    public CharSequence getCharSequence(int index, int length, Charset charset) {
        checkIndex(index, length); // even of no bytes, as Netty's slices do
        return super.getCharSequence(index, length, charset);
    }

    @Override
    public ByteBuf duplicate() {
        return slice(0, length).setIndex(readerIndex(), writerIndex());
    }

    @Override
    public ByteBuf retainedDuplicate() {
        return retainedSlice(0, length).setIndex(readerIndex(), writerIndex());
    }
}
