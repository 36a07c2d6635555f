package io.nettyslab.buffer;

import io.netty.buffer.ByteBuf;

/** What {@code slice()} and {@code duplicate()} return: a view that lives as long as the buffer it was made from. */
final class SharedView extends DerivedByteBuf {

    private final CheckedOnceByteBuf counted; // whose references are this view's too: the root, or a retained view

    private SharedView(CheckedOnceByteBuf counted, SlabByteBuf root) {
        super(root);
        this.counted = counted;
    }

    /** @throws IndexOutOfBoundsException if the bytes are not all within the capacity of {@code root} */
    static SharedView slice(CheckedOnceByteBuf counted, SlabByteBuf root, int start, int length) {
        root.checkRange(start, length);
        SharedView slice = new SharedView(counted, root);
        slice.becomeSlice(start, length);
        return slice;
    }

    /** Returns a duplicate with the indices of {@code indices}. */
    static SharedView duplicate(CheckedOnceByteBuf counted, SlabByteBuf root, ByteBuf indices) {
        SharedView duplicate = new SharedView(counted, root);
        duplicate.becomeDuplicate(indices);
        return duplicate;
    }

    @Override
    CheckedOnceByteBuf counted() {
        return counted;
    }

    @Override
    boolean isLive() {
        return counted.isLive();
    }

    @Override
    public int refCnt() {
        return counted.refCnt();
    }

    @Override
    public ByteBuf retain() {
        counted.retain();
        return this;
    }

    @Override
    public ByteBuf retain(int increment) {
        counted.retain(increment);
        return this;
    }

    @Override
    public boolean release() {
        return counted.release();
    }

    @Override
    public boolean release(int decrement) {
        return counted.release(decrement);
    }
}
