package io.nettyslab.heap;

import java.util.concurrent.atomic.AtomicLong;

/** Counts buffers that belong to no free list. Any thread may call; the numbers publish nothing but themselves. */
public final class BufferCounts {

    private final AtomicLong inUse = new AtomicLong();
    private final AtomicLong bytesInUse = new AtomicLong();
    private final AtomicLong allocations = new AtomicLong();

    BufferCounts() {}

    void handOut(int bytes) {
        inUse.getAndIncrement();
        bytesInUse.getAndAdd(bytes);
        allocations.getAndIncrement();
    }

    void takeBack(int bytes) {
        inUse.getAndDecrement();
        bytesInUse.getAndAdd(-bytes);
    }

    /** Returns the number of buffers handed out now. */
    public long inUse() {
        return inUse.get();
    }

    /** Returns the bytes of memory they hold. */
    public long bytesInUse() {
        return bytesInUse.get();
    }

    /** Returns the number of buffers ever handed out. */
    public long allocations() {
        return allocations.get();
    }
}
