package io.nettyslab.slab;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound in bytes and what is taken against it. {@code 0 <= taken() <= max()} at every moment.
 *
 * <p>Any thread may call; lock-free.
 */
public final class MemoryBudget {

    private final long max;

    /** Publishes nothing but itself: it admits or refuses, and the memory admitted is handed on in other ways. */
    private final AtomicLong taken = new AtomicLong();

    /**
     * Makes a budget.
     *
     * @param max the bound in bytes, 0 or more
     */
    public MemoryBudget(long max) {
        this.max = max;
    }

    /** Takes {@code bytes} if that leaves the bound kept, and says whether it did. */
    public boolean tryTake(long bytes) {
        long before = taken.get();
        while (bytes <= max - before) {
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    /** Gives back {@code bytes} that were taken. */
    public void giveBack(long bytes) {
        long left = taken.addAndGet(-bytes);
        assert left >= 0 : "gave back more than was taken: " + left;
    }

    /** Returns the bytes taken now. */
    public long taken() {
        return taken.get();
    }

    /** Returns the bound in bytes. */
    public long max() {
        return max;
    }
}
