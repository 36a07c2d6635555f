package io.nettyslab.buffer;

import io.netty.buffer.AbstractByteBuf;
import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A buffer with a reference count of its own, in a field of this very object, so that an access check and a release
 * touch one object and not two. See docs/decisions/0003-reference-count.md. There are at most 2<sup>30</sup> - 1
 * references.
 */
abstract class CountedByteBuf extends AbstractByteBuf {

    private static final VarHandle REFERENCE_COUNT;

    static {
        try {
            REFERENCE_COUNT = MethodHandles.lookup().findVarHandle(CountedByteBuf.class, "referenceCount", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // In referenceCount: two marks that go when the count does. The rest is the count.
    private static final int WATCHED = 1 << 31;
    private static final int LENT = 1 << 30; // the view that belongs to this buffer is out
    private static final int COUNT = LENT - 1;

    /**
     * 0 exactly while the buffer is at home. The compare-and-set that takes it there picks the one releaser that sends
     * the buffer home, and orders all earlier releasers' accesses before the next hand-out. Setting it to 1 publishes
     * nothing: a buffer reaches another thread by whatever way its user hands it over. Not volatile, because the check
     * of each access is content with a plain read; all else goes by way of {@code REFERENCE_COUNT}.
     */
    private int referenceCount;

    CountedByteBuf() {
        super(Integer.MAX_VALUE);
    }

    /** Called once for each hand-out, by the thread that released the last reference. */
    abstract void sendHome();

    /** Starts a hand-out with one reference. Only while the buffer is at home. */
    final void takeFirstReference() {
        referenceCount = 1;
    }

    /** Marks this buffer, which is handed out and known to nobody else yet, as watched until it is released. */
    final void watch() {
        referenceCount |= WATCHED;
    }

    final boolean isWatched() {
        return referenceCount < 0;
    }

    /** Whether there is a reference, by a plain read: what compilers may keep over a loop. */
    final boolean isLive() {
        return referenceCount != 0;
    }

    @Override
    public int refCnt() {
        return (int) REFERENCE_COUNT.getAcquire(this) & COUNT;
    }

    @Override
    public ByteBuf retain() {
        return addReferences(1);
    }

    @Override
    public ByteBuf retain(int increment) {
        if (increment <= 0) {
            throw new IllegalArgumentException("increment: " + increment + " (expected: > 0)");
        }
        return addReferences(increment);
    }

    /** A loop rather than an addition undone on failure: that would for a moment revive a buffer that is at home. */
    private ByteBuf addReferences(int increment) {
        int marked = referenceCount;
        for (; ; ) {
            int count = marked & COUNT;
            if (count == 0 || count > COUNT - increment) {
                throw new IllegalReferenceCountException(count, increment);
            }
            if (REFERENCE_COUNT.compareAndSet(this, marked, marked + increment)) {
                return this;
            }
            marked = (int) REFERENCE_COUNT.getAcquire(this);
        }
    }

    /**
     * Adds a reference for the view that belongs to this buffer and lends that view to the caller, all in one
     * compare-and-set, which pairs with that of {@link #releaseLent()}: the new user sees what the last one did to it.
     *
     * @return {@code false} if the view is out, and nothing was done
     */
    final boolean retainAndLend() {
        int marked = referenceCount;
        for (; ; ) {
            int count = marked & COUNT;
            if (count == 0 || count == COUNT) {
                throw new IllegalReferenceCountException(count, 1);
            }
            if ((marked & LENT) != 0) {
                return false;
            }
            if (REFERENCE_COUNT.compareAndSet(this, marked, marked + 1 | LENT)) {
                return true;
            }
            marked = (int) REFERENCE_COUNT.getAcquire(this);
        }
    }

    /** Gives back the view that belongs to this buffer, with its reference. */
    final void releaseLent() {
        dropReferences(1, LENT);
    }

    @Override
    public boolean release() {
        return dropReferences(1, 0);
    }

    @Override
    public boolean release(int decrement) {
        if (decrement <= 0) {
            throw new IllegalArgumentException("decrement: " + decrement + " (expected: > 0)");
        }
        return dropReferences(decrement, 0);
    }

    private boolean dropReferences(int decrement, int mark) {
        int marked = referenceCount;
        for (; ; ) {
            int count = marked & COUNT;
            if (count < decrement) {
                throw new IllegalReferenceCountException(count, -decrement);
            }
            if (REFERENCE_COUNT.compareAndSet(this, marked, count == decrement ? 0 : marked - decrement & ~mark)) {
                if (count != decrement) {
                    return false;
                }
                sendHome();
                return true;
            }
            marked = (int) REFERENCE_COUNT.getAcquire(this);
        }
    }

    @Override
    public ByteBuf touch() {
        return this;
    }

    @Override
    public ByteBuf touch(Object hint) {
        return this;
    }
}
