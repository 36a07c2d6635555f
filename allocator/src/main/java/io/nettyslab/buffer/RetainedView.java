package io.nettyslab.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.Recycler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What {@code retainedSlice()} and {@code retainedDuplicate()} return: a view that holds one reference to its root, has
 * references of its own, and whose object is used again after the last of them. If it was made from another retained
 * view, it holds one to that, too: who asks it for {@code refCnt()} before he moves bytes about, as Netty's decoders
 * do, must learn that somebody else looks at them.
 *
 * <p>Most objects belong to their root, as long as that has a slot, which lends them; the root's state says which
 * are lent, and picks the one releaser that gives a view back. When a root has lent all it may, further views come
 * from a recycler, on the thread that asks for them; there the view's own count picks the releaser. See
 * docs/decisions/0013-many-views.md.
 */
final class RetainedView extends DerivedByteBuf {

    private static final int MOST_RECYCLED_PER_THREAD = 4096;
    private static final int MOST_RECYCLED_AT_HAND = 1024; // for the owning thread alone: a read cut into small frames

    /** Unguarded, since a view's own count sees to it that it comes home once. */
    private static final Recycler<RetainedView> RECYCLER =
            new Recycler<>(MOST_RECYCLED_PER_THREAD, 0, MOST_RECYCLED_AT_HAND, true) {
                @Override
                protected RetainedView newObject(Handle<RetainedView> handle) {
                    return new RetainedView(handle);
                }
            };

    private static final VarHandle REFERENCES;

    static {
        try {
            REFERENCES = MethodHandles.lookup().findVarHandle(RetainedView.class, "references", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Recycler.Handle<RetainedView> handle; // null if this object is its root's
    private final int number; // among the views of its root

    /** 0 while the object is at home. A plain read is enough to check an access; its end is {@link #dropReferences}. */
    private int references;

    /** The retained view that this was made from; {@code null} if it was the root. Means nothing while at home. */
    private CheckedOnceByteBuf parent;

    /** Makes view {@code number} of {@code root}, at home. */
    RetainedView(SlabByteBuf root, int number) {
        super(root);
        this.number = number;
        this.handle = null;
    }

    /** Makes an object of the recycler's, at home. */
    private RetainedView(Recycler.Handle<RetainedView> handle) {
        super(null);
        this.number = -1;
        this.handle = handle;
    }

    /** Returns a slice of {@code root} that holds a reference to it, and to {@code counted} if that is another one. */
    static ByteBuf slice(CheckedOnceByteBuf counted, SlabByteBuf root, int start, int length) {
        root.checkRange(start, length);
        if (root.isWatched()) {
            return root.slice(start, length).retain();
        }
        RetainedView view = takeFor(counted, root);
        view.becomeSlice(start, length);
        return view;
    }

    /** The same for a duplicate, with the indices of {@code indices}. */
    static ByteBuf duplicate(CheckedOnceByteBuf counted, SlabByteBuf root, ByteBuf indices) {
        root.checkRange(indices.readerIndex(), indices.readableBytes()); // before anything is taken
        if (root.isWatched()) {
            return SharedView.duplicate(root, root, indices).retain();
        }
        RetainedView view = takeFor(counted, root);
        boolean done = false;
        try {
            view.becomeDuplicate(indices);
            done = true;
            return view;
        } finally {
            if (!done) { // because another thread has moved the indices
                view.release();
            }
        }
    }

    private static RetainedView takeFor(CheckedOnceByteBuf counted, SlabByteBuf root) {
        if (counted != root) {
            return takeWithin(counted, root);
        }
        RetainedView view = takeFor(root);
        if (view.parent != null) {
            view.parent = null;
        }
        return view;
    }

    private static RetainedView takeWithin(CheckedOnceByteBuf parent, SlabByteBuf root) {
        RetainedView view = null;
        parent.retain();
        try {
            view = takeFor(root);
            view.parent = parent;
            return view;
        } finally {
            if (view == null) {
                parent.release();
            }
        }
    }

    private static RetainedView takeFor(SlabByteBuf root) {
        RetainedView view = root.lendView();
        if (view == null) {
            view = RECYCLER.get();
            root.retain();
            view.setRoot(root);
        }
        view.references = 1;
        return view;
    }

    @Override
    CheckedOnceByteBuf counted() {
        return this;
    }

    @Override
    boolean isLive() {
        return references != 0;
    }

    @Override
    public int refCnt() {
        return (int) REFERENCES.getAcquire(this);
    }

    @Override
    public ByteBuf retain() {
        return addReferences(1);
    }

    @Override
    public ByteBuf retain(int increment) {
        return addReferences(positiveIncrement(increment));
    }

    /** See {@link CountedByteBuf} for why it is a loop. */
    private ByteBuf addReferences(int increment) {
        for (; ; ) {
            int seen = (int) REFERENCES.getAcquire(this);
            if (seen == 0 || seen > Integer.MAX_VALUE - increment) {
                throw new IllegalReferenceCountException(seen, increment);
            }
            if (REFERENCES.compareAndSet(this, seen, seen + increment)) {
                return this;
            }
        }
    }

    @Override
    public boolean release() {
        return dropReferences(1);
    }

    @Override
    public boolean release(int decrement) {
        return dropReferences(positiveDecrement(decrement));
    }

    /**
     * The last reference of a lent view is dropped without a compare-and-set of its own: if two threads find just one,
     * one of them released once too often, and the root's compare-and-set tells which comes second. The acquiring read
     * pairs with the compare-and-set by which others dropped theirs, so what they did is done before the view is lent
     * again.
     */
    private boolean dropReferences(int decrement) {
        for (; ; ) {
            int seen = (int) REFERENCES.getAcquire(this);
            if (seen < decrement) {
                throw new IllegalReferenceCountException(seen, -decrement);
            }
            if (seen == decrement && handle == null) {
                references = 0; // before the view is given back: from then on it may be somebody else's
                CheckedOnceByteBuf held = parent;
                root().releaseLent(number);
                releaseIfAny(held);
                return true;
            }
            if (REFERENCES.compareAndSet(this, seen, seen - decrement)) {
                if (seen == decrement) {
                    recycle();
                }
                return seen == decrement;
            }
        }
    }

    private void recycle() {
        SlabByteBuf heldRoot = root();
        CheckedOnceByteBuf held = parent;
        forgetRoot();
        parent = null; // or a recycler would keep it reachable
        handle.recycle(this);
        heldRoot.release();
        releaseIfAny(held);
    }

    private static void releaseIfAny(CheckedOnceByteBuf held) {
        if (held != null) {
            held.release();
        }
    }
}
