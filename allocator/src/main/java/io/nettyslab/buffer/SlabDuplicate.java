package io.nettyslab.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.util.Recycler;

/** All of a slab buffer, also after it has grown or shrunk. */
final class SlabDuplicate extends DerivedByteBuf {

    private static final Recycler<SlabDuplicate> RECYCLER =
            new RetainedViews<>(handle -> new SlabDuplicate(null, handle));

    private final Recycler.Handle<SlabDuplicate> handle; // null if the object is used once, or its root's
    private int lastCapacity; // what is answered after the release

    /** Makes a duplicate that shares the reference count of {@code counted} and starts with the indices of another. */
    SlabDuplicate(CountedByteBuf counted, SlabByteBuf root, ByteBuf indices) {
        super(counted, root, 0);
        this.handle = null;
        startWith(indices, root);
    }

    private SlabDuplicate(SlabByteBuf root, Recycler.Handle<SlabDuplicate> handle) {
        super(root);
        this.handle = handle;
    }

    /** Returns a duplicate that holds a reference to {@code root}. */
    static ByteBuf retained(SlabByteBuf root, ByteBuf indices) {
        if (root.isWatched()) {
            return new SlabDuplicate(root, root, indices).retain();
        }
        root.checkRange(indices.readerIndex(), indices.readableBytes()); // before anything is taken
        SlabDuplicate duplicate = lentBy(root);
        if (duplicate == null) {
            duplicate = RECYCLER.get();
            duplicate.hold(root);
        }
        duplicate.handOut(0);
        duplicate.startWith(indices, root);
        return duplicate;
    }

    /** Returns the one duplicate that belongs to {@code root}, with a reference, or {@code null} if it is out. */
    private static SlabDuplicate lentBy(SlabByteBuf root) {
        CountedByteBuf view = root.view();
        if (view != null && !(view instanceof SlabDuplicate)) {
            return null;
        }
        SlabDuplicate duplicate = view == null ? new SlabDuplicate(root, null) : (SlabDuplicate) view;
        return root.lend(duplicate) ? duplicate : null;
    }

    private void startWith(ByteBuf indices, SlabByteBuf root) {
        maxCapacity(root.maxCapacity());
        setIndex(indices.readerIndex(), indices.writerIndex());
        markReaderIndex();
        markWriterIndex();
    }

    @Override
    boolean belongsToRoot() {
        return handle == null;
    }

    @Override
    void recycle(SlabByteBuf held) {
        lastCapacity = held.capacity();
        handle.recycle(this);
    }

    @Override
    int limit() {
        return counted().isLive() ? unwrap().limit() : 0;
    }

    @Override
    public int capacity() {
        SlabByteBuf root = rootOrNull();
        return root == null ? lastCapacity : root.capacity();
    }

    @Override
    public ByteBuf capacity(int newCapacity) {
        unwrap().capacity(newCapacity);
        return this;
    }

    @Override
    public ByteBuf duplicate() {
        ensureAccessible();
        return new SlabDuplicate(counted(), unwrap(), this);
    }

    @Override
    public ByteBuf retainedDuplicate() {
        ensureAccessible();
        return retained(unwrap(), this);
    }
}
