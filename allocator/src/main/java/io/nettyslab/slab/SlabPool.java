package io.nettyslab.slab;

import io.nettyslab.memory.Memory;
import io.nettyslab.memory.MemoryKind;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All slabs of one kind of memory, and the only place that cuts runs of pages from them.
 *
 * <p>Any thread may call any method. Taking and giving back hold one lock for a constant time. Growing touches
 * megabytes, so it holds a second lock instead, and taking and giving back go on meanwhile.
 *
 * <p>Guaranteed: runs that are out do not overlap; the memory of a slab is freed only after {@link #close()}, and only
 * when every page of every slab has been given back.
 */
public final class SlabPool {

    private static final Slab[] NO_SLABS = {};

    /** No page: there is no free run that is long enough. */
    public static final int NONE = FreeRuns.NONE;

    private final MemoryKind kind;
    private final int slabSize; // bytes
    private final int pagesPerSlabShift;
    private final MemoryBudget budget; // shared with the pool of the other kind
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock growLock = new ReentrantLock();
    private final FreeRuns freeRuns; // guarded by lock

    // Written under lock; volatile so that metrics and slabOf read them without it. A slab is in the array before any
    // of its pages can be taken, and a page number reaches another thread only by way of the lock or a buffer.
    private volatile Slab[] slabs = NO_SLABS;
    private volatile long usedPages;
    private volatile boolean closed;

    /**
     * Makes a pool without slabs.
     *
     * @param kind where its slabs lie
     * @param slabSize bytes in a slab, a power of two
     * @param budget what all slabs together may take
     */
    public SlabPool(MemoryKind kind, int slabSize, MemoryBudget budget) {
        this.kind = kind;
        this.slabSize = slabSize;
        this.budget = budget;
        this.pagesPerSlabShift = Integer.numberOfTrailingZeros(slabSize) - Slab.PAGE_SHIFT;
        this.freeRuns = new FreeRuns(1 << pagesPerSlabShift);
    }

    /** Returns where the slabs of this pool lie. */
    public MemoryKind kind() {
        return kind;
    }

    /**
     * Takes a run of pages.
     *
     * @param pages its length, 1 or more
     * @return its first page, or {@link #NONE} if no run is long enough or the pool is closed
     */
    public int take(int pages) {
        lock.lock();
        try {
            int first = closed ? NONE : freeRuns.take(pages);
            if (first != NONE) {
                usedPages += pages;
            }
            assert isConsistent() : this;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a run back. After {@link #close()}, the last one to come back frees all slabs. */
    public void giveBack(int first, int pages) {
        Slab[] toFree;
        lock.lock();
        try {
            freeRuns.giveBack(first, pages);
            usedPages -= pages;
            assert isConsistent() : this;
            toFree = detachIfDone();
        } finally {
            lock.unlock();
        }
        free(toFree);
    }

    /** Returns the slab that {@code page} lies in. */
    public Slab slabOf(int page) {
        return slabs[numberOf(page)];
    }

    /** Returns the number of the slab that {@code page} lies in, from 0. */
    public int numberOf(int page) {
        return page >>> pagesPerSlabShift;
    }

    /** Returns the number of slabs. */
    public int slabCount() {
        return slabs.length;
    }

    /** Returns the bytes in a slab. */
    public int slabSize() {
        return slabSize;
    }

    /** Returns the bytes taken from the system. */
    public long reservedBytes() {
        return (long) slabs.length * slabSize;
    }

    /** Returns the bytes in runs that are out. */
    public long usedBytes() {
        return usedPages << Slab.PAGE_SHIFT;
    }

    /**
     * Adds a slab, unless another thread has added one since the caller looked.
     *
     * @param slabsSeen what {@link #slabCount()} returned before the caller failed to take a run
     * @return whether there is a slab that the caller has not seen; {@code false} if the bound or the JVM forbids it
     */
    public boolean grow(int slabsSeen) {
        growLock.lock();
        try {
            if (slabs.length != slabsSeen) {
                return true;
            }
            if (closed || !budget.tryTake(slabSize)) {
                return false;
            }
            return reserve();
        } finally {
            growLock.unlock();
        }
    }

    /**
     * Refuses all further runs, and frees all slabs as soon as every run is back, which may be at once.
     */
    public void close() {
        growLock.lock(); // a slab that is being added must be seen, or it would stay for ever
        try {
            Slab[] toFree;
            lock.lock();
            try {
                closed = true;
                toFree = detachIfDone();
            } finally {
                lock.unlock();
            }
            free(toFree);
        } finally {
            growLock.unlock();
        }
    }

    /** Adds a slab for which the budget has been taken; gives all back if the JVM has less than maxMemory promised. */
    private boolean reserve() {
        Memory memory = null;
        boolean added = false;
        try {
            memory = Memory.reserve(kind, slabSize);
            add(memory);
            added = true;
        } catch (OutOfMemoryError refused) {
            // The caller's overflow policy decides what comes of it.
        } finally {
            if (!added) {
                if (memory != null) {
                    memory.free();
                }
                budget.giveBack(slabSize);
            }
        }
        return added;
    }

    private void add(Memory memory) {
        lock.lock();
        try {
            Slab[] before = slabs;
            Slab[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = new Slab(memory, before.length << pagesPerSlabShift);
            freeRuns.addSlab(); // the last that can fail, and then it has changed nothing
            slabs = after;
        } finally {
            lock.unlock();
        }
    }

    /** Every page is either in a run that is out, or free. The caller holds the lock. */
    private boolean isConsistent() {
        return usedPages + freeRuns.freePages() == (long) slabs.length << pagesPerSlabShift || slabs == NO_SLABS;
    }

    private Slab[] detachIfDone() {
        Slab[] all = slabs;
        if (!closed || usedPages != 0) {
            return NO_SLABS;
        }
        slabs = NO_SLABS;
        return all;
    }

    @Override
    public String toString() {
        return "SlabPool(" + kind + ", slabs: " + slabs.length + ", usedPages: " + usedPages + ", freePages: "
                + freeRuns.freePages() + ')';
    }

    private void free(Slab[] toFree) {
        for (Slab slab : toFree) {
            slab.memory().free();
            budget.giveBack(slabSize);
        }
    }
}
