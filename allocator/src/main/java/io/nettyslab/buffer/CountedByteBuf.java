package io.nettyslab.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ConcurrentModificationException;

/**
 * A buffer with a reference count of its own, in a field of this very object, so that an access check and a release
 * touch one object and not two; see docs/decisions/0003-reference-count.md. The same field says which of the buffer's
 * own views are lent, so that lending one with a reference is a single atomic operation, and so is giving it back; see
 * docs/decisions/0013-many-views.md.
 */
abstract class CountedByteBuf extends RangeByteBuf {

    /** Views that one buffer can lend at a time. */
    static final int MOST_LENT = 32;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(CountedByteBuf.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // In state, from the top: a bit for each view that is lent, two marks, and the references; marks and bits go when
    // the last reference does, but for the pin.
    //
    //   | lent: view 31 .. view 0 | watched | pinned | references |
    //   63                       32        31       30           0
    private static final int LENT_SHIFT = 32;

    private static final long WATCHED = 1L << 31;
    private static final long PINNED = 1L << 30;
    private static final long REFERENCES = PINNED - 1;

    /**
     * References are 0 exactly while the buffer is at home, and marks too: then the upper half is the home's, see
     * {@link #linkTo}. Each view that is lent has one of the references. The compare-and-set that takes it to 0 picks
     * the one releaser that sends the buffer home, and orders all earlier releasers' accesses before the next hand-out.
     * Setting it to 1 publishes nothing: a buffer reaches another thread by whatever way its user hands it over. Not
     * volatile, because the check of each access is content with a plain read; all else goes by way of {@code STATE}.
     */
    private long state;

    /**
     * Notes the handle of the buffer behind this one, in whichever chain its home keeps it. Only the home calls, and
     * only while the buffer is at home. It lies here because here nobody who uses a buffer after its release writes:
     * each change of the state begins by finding a reference.
     */
    public final void linkTo(int handle) {
        assert !isLive() : "linked while handed out: " + this;
        state = (long) handle << Integer.SIZE;
    }

    /** Returns what {@link #linkTo} noted. Only while the buffer is at home; metrics may look too late. */
    public final int nextHandle() {
        return (int) (state >> Integer.SIZE);
    }

    /** Called once for each hand-out, by the thread that released the last reference. */
    abstract void sendHome();

    /** Starts a hand-out with one reference. Only while the buffer is at home. */
    final void takeFirstReference() {
        state = 1;
    }

    /** Marks this buffer, which is pinned, as watched until it is released. */
    final void watch() {
        long before = (long) STATE.getAndBitwiseOr(this, WATCHED);
        assert (before & PINNED) != 0 : "watched without a pin: " + this;
    }

    final boolean isWatched() {
        return (state & WATCHED) != 0;
    }

    @Override
    final boolean isLive() {
        return (int) state != 0;
    }

    @Override
    public final int refCnt() {
        return referencesIn((long) STATE.getAcquire(this));
    }

    private static int referencesIn(long state) {
        return (int) (state & REFERENCES);
    }

    @Override
    public final ByteBuf retain() {
        return addReferences(1);
    }

    @Override
    public final ByteBuf retain(int increment) {
        return addReferences(positiveIncrement(increment));
    }

    /** A loop rather than an addition undone on failure: that would for a moment revive a buffer that is at home. */
    private ByteBuf addReferences(int increment) {
        long seen = state;
        for (; ; ) {
            checkRoomFor(increment, seen);
            if (STATE.compareAndSet(this, seen, seen + increment)) {
                return this;
            }
            seen = (long) STATE.getAcquire(this);
        }
    }

    private static void checkRoomFor(int increment, long state) {
        int references = referencesIn(state);
        if (references == 0 || references > REFERENCES - increment) {
            throw new IllegalReferenceCountException(references, increment);
        }
    }

    /**
     * Keeps this buffer from going home, and everybody else from pinning it, until {@link #unpin}: for what must not
     * happen to a buffer that is at home, and not twice at a time. A reference would not do: somebody who releases once
     * too often would take it.
     *
     * @throws IllegalReferenceCountException if nobody has a reference
     * @throws ConcurrentModificationException if the buffer is pinned
     */
    final void pin() {
        if (!tryPin()) {
            throw new IllegalReferenceCountException(0);
        }
    }

    /** Pins this buffer as {@link #pin} does, or returns {@code false} if nobody has a reference. */
    final boolean tryPin() {
        long seen = (long) STATE.getAcquire(this);
        for (; ; ) {
            if ((seen & PINNED) != 0) {
                throw new ConcurrentModificationException("capacity: another thread is just changing it");
            }
            if (referencesIn(seen) == 0) {
                return false;
            }
            if (STATE.compareAndSet(this, seen, seen | PINNED)) {
                return true;
            }
            seen = (long) STATE.getAcquire(this);
        }
    }

    /**
     * Ends what {@link #pin} began, and sends the buffer home if its last reference is gone by now.
     *
     * @param references that the caller releases at the same time, 0 or more; others may have taken them already
     */
    final void unpin(int references) {
        long seen = (long) STATE.getAcquire(this);
        for (; ; ) {
            long next = referencesIn(seen) <= references ? 0 : (seen & ~PINNED) - references;
            if (STATE.compareAndSet(this, seen, next)) {
                if (next == 0) {
                    sendHome();
                }
                return;
            }
            seen = (long) STATE.getAcquire(this);
        }
    }

    /** Returns view {@code number}, or {@code null} if none was made yet. */
    abstract RetainedView viewOrNull(int number);

    /** Makes view {@code number}. Only who has been lent that number may call. */
    abstract RetainedView makeView(int number);

    /**
     * Lends one of the views that belong to this buffer with a reference, all in one compare-and-set, which pairs with
     * that of {@link #releaseLent}: the new user sees what the last one did to the view. The object is looked up before
     * that, because processors begin no read before an atomic operation is over; as it was made by somebody who had
     * been lent the same number and has given it back since, it is seen whole after it.
     *
     * @return the view, at home still, or {@code null} if all that there may be are lent
     */
    final RetainedView lendView() {
        long seen = state;
        for (; ; ) {
            checkRoomFor(1, seen);
            int number = firstNotLent(seen);
            if (number == MOST_LENT) {
                return null;
            }
            RetainedView view = viewOrNull(number);
            if (STATE.compareAndSet(this, seen, seen + 1 | bitOf(number))) {
                // None was made, or somebody has it still, who has released this buffer once too often.
                return view == null || view.isLive() ? newView(number) : view;
            }
            seen = (long) STATE.getAcquire(this);
        }
    }

    private RetainedView newView(int number) {
        RetainedView view = null;
        try {
            view = makeView(number);
            return view;
        } finally {
            if (view == null) { // no memory for the object
                releaseLent(number);
            }
        }
    }

    private static long bitOf(int number) {
        return 1L << LENT_SHIFT + number;
    }

    /** The first case is there for its speed: nothing has to be computed before the compare-and-set. */
    private static int firstNotLent(long state) {
        return (state & 1L << LENT_SHIFT) == 0 ? 0 : Long.numberOfTrailingZeros(~(state >>> LENT_SHIFT));
    }

    /** Gives view {@code number} back, with its reference. Of several who try, one may. */
    final void releaseLent(int number) {
        long bit = bitOf(number);
        long seen = state;
        for (; ; ) {
            int references = referencesIn(seen);
            if (references == 0 || (seen & bit) == 0) { // at home the bit means something else
                throw new IllegalReferenceCountException(0, -1);
            }
            long next = references == 1 ? seen & PINNED : seen - 1 & ~bit;
            if (STATE.compareAndSet(this, seen, next)) {
                if (next == 0) {
                    sendHome();
                }
                return;
            }
            seen = (long) STATE.getAcquire(this);
        }
    }

    @Override
    public final boolean release() {
        return dropReferences(1);
    }

    @Override
    public final boolean release(int decrement) {
        return dropReferences(positiveDecrement(decrement));
    }

    private boolean dropReferences(int decrement) {
        long seen = state;
        for (; ; ) {
            int references = referencesIn(seen);
            if (references < decrement) {
                throw new IllegalReferenceCountException(references, -decrement);
            }
            boolean last = references == decrement;
            long next = last ? seen & PINNED : seen - decrement;
            if (STATE.compareAndSet(this, seen, next)) {
                if (next == 0) { // or whoever has pinned it sends it home
                    sendHome();
                }
                return last;
            }
            seen = (long) STATE.getAcquire(this);
        }
    }

    @Override
    public final ByteBuf touch() {
        return this;
    }

    @Override
    public final ByteBuf touch(Object hint) {
        return this;
    }
}
