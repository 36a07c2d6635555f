package io.nettyslab.slab;

import io.nettyslab.memory.Memory;
import io.nettyslab.memory.MemoryKind;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/**
 * All slabs of one kind of memory, and the only place that cuts runs of pages from them.
 *
 * <p>Any thread may call any method. Taking and giving back hold one lock for a constant time, each or several together. Growing touches
 * megabytes, so it holds a second lock instead, and taking and giving back go on meanwhile.
 *
 * <p>Guaranteed: runs that are out do not overlap; the memory of a slab is freed only after {@link #close()}, and only
 * when every page of every slab has been given back.
 */
public final class SlabPool {

    private static final Slab[] NO_SLABS = {};

    /** No page: there is no free run that is long enough. */
    public static final int NONE = FreeRuns.NONE;

    /** An ebb is when a quarter of the pages in use have come back, and at least an eighth of a slab. */
    private static final int EBB_FRACTION = 4;

    private static final int EBB_SLAB_SHIFT = 3;

    /** Whoever holds the lock is done in a microsecond or so; to be woken from waiting takes many times as long. */
    private static final int LOOKS_BEFORE_WAITING = 200;

    private final MemoryKind kind;
    private final int slabSize; // bytes
    private final int pagesPerSlabShift;
    private final MemoryBudget budget; // shared with the pool of the other kind
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock growLock = new ReentrantLock();
    private FreeRuns[] freeRuns = {}; // of each slab; guarded by lock
    private long pagesTaken; // ever; guarded by lock
    private long pagesTakenSeen; // at the last turn-over; guarded by lock
    private long pagesTakenSeenPartly; // at the last partial one; guarded by lock
    private long highPages; // the most used since the last ebb; guarded by lock
    private int firstFree; // no slab before this one has a free page; guarded by lock

    // Written under lock; volatile so that metrics and slabOf read them without it. A slab is in the array before any
    // of its pages can be taken, and a page number reaches another thread only by way of the lock or a buffer.
    private volatile Slab[] slabs = NO_SLABS;
    private volatile long usedPages;
    private volatile int ebbs;
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
    }

    /** Returns where the slabs of this pool lie. */
    public MemoryKind kind() {
        return kind;
    }

    /**
     * Keeps everybody else out until {@link #letGo()}: several runs are then taken and given back for the price of one lock.
     * For a few microseconds at most.
     */
    public void hold() {
        for (int looks = 0; looks < LOOKS_BEFORE_WAITING; looks++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        lock.lock();
    }

    /** Ends what {@link #hold()} began. */
    public void letGo() {
        lock.unlock();
    }

    /**
     * Takes a run of pages, from where it fits best.
     *
     * @param pages its length, 1 or more
     * @return its first page, or {@link #NONE} if no run is long enough or the pool is closed
     */
    public int take(int pages) {
        hold();
        try {
            return closed ? NONE : takeBestFit(pages);
        } finally {
            assert isConsistent() : this;
            lock.unlock();
        }
    }

    /**
     * Takes a run for a span. For small slots it comes from the lowest slab that has one, for large ones from where it
     * fits best. So what is small, and keeps pages from being free by living long, gathers in few slabs. See
     * docs/decisions/0009-footprint.md.
     *
     * @return its first page, or {@link #NONE} if there is none or the pool is closed
     */
    public int takeSpan(int sizeClass) {
        int pages = SizeClasses.spanPages(sizeClass);
        if (!SizeClasses.isSmall(sizeClass)) {
            return take(pages);
        }
        hold();
        try {
            for (int slab = closed ? freeRuns.length : firstFree; slab < freeRuns.length; slab++) {
                if (freeRuns[slab].shortestFrom(pages) != 0) {
                    return takeFrom(slab, pages);
                }
            }
            return NONE;
        } finally {
            assert isConsistent() : this;
            lock.unlock();
        }
    }

    /** Takes from the highest of the slabs whose shortest sufficient run is shortest. */
    private int takeBestFit(int pages) {
        int best = NONE;
        int shortest = Integer.MAX_VALUE;
        for (int slab = freeRuns.length - 1; slab >= firstFree && shortest > pages; slab--) {
            int length = freeRuns[slab].shortestFrom(pages);
            if (length != 0 && length < shortest) {
                best = slab;
                shortest = length;
            }
        }
        return best == NONE ? NONE : takeFrom(best, pages);
    }

    /** Takes a run that is there, and returns its first page as all slabs number it. */
    private int takeFrom(int slab, int pages) {
        int first = freeRuns[slab].take(pages);
        usedPages += pages;
        pagesTaken += pages;
        highPages = Math.max(highPages, usedPages);
        while (firstFree < freeRuns.length && freeRuns[firstFree].freePages() == 0) {
            firstFree++;
        }
        return (slab << pagesPerSlabShift) + first;
    }

    /** The caller holds the lock. */
    private void noteEbb() {
        long fallen = highPages - usedPages;
        if (fallen * EBB_FRACTION >= highPages && fallen << EBB_SLAB_SHIFT >= 1L << pagesPerSlabShift) {
            highPages = usedPages;
            ebbs++;
        }
    }

    /**
     * Returns how often a quarter of what was in use has come back. What is kept ready by then is worth giving back too.
     */
    public int ebbs() {
        return ebbs;
    }

    /** Returns whether as many pages as half of the slabs have were taken since this last returned {@code true}. */
    public boolean isTurnedOver() {
        hold();
        try {
            boolean turnedOver = pagesTaken - pagesTakenSeen >= (long) freeRuns.length << pagesPerSlabShift - 1;
            if (turnedOver) {
                pagesTakenSeen = pagesTaken;
            }
            return turnedOver;
        } finally {
            lock.unlock();
        }
    }

    /** Gives a run back. After {@link #close()}, the last one to come back frees all slabs. */
    public void giveBack(int first, int pages) {
        Slab[] toFree;
        hold();
        try {
            int slab = numberOf(first);
            freeRuns[slab].giveBack(first - (slab << pagesPerSlabShift), pages);
            firstFree = Math.min(firstFree, slab);
            usedPages -= pages;
            noteEbb();
            assert isConsistent() : this;
            toFree = detachIfDone();
        } finally {
            lock.unlock();
        }
        free(toFree);
    }

    /** As {@link #isTurnedOver}, for an eighth of the pages. */
    public boolean isPartlyTurnedOver() {
        hold();
        try {
            boolean turnedOver = pagesTaken - pagesTakenSeenPartly >= (long) freeRuns.length << pagesPerSlabShift - 3;
            if (turnedOver) {
                pagesTakenSeenPartly = pagesTaken;
            }
            return turnedOver;
        } finally {
            lock.unlock();
        }
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

    /** Returns the bytes of Java heap that keep the books on free runs. */
    public long metadataBytes() {
        return slabs.length * FreeRuns.metadataBytes(1 << pagesPerSlabShift);
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

    /** Frees all slabs if no page of them was ever taken. */
    public void giveUpUnused() {
        Slab[] toFree;
        hold();
        try {
            toFree = pagesTaken == 0 ? detach() : NO_SLABS;
        } finally {
            lock.unlock();
        }
        free(toFree);
    }

    /**
     * Refuses all further runs, and frees all slabs as soon as every run is back, which may be at once.
     */
    public void close() {
        growLock.lock(); // a slab that is being added must be seen, or it would stay for ever
        try {
            Slab[] toFree;
            hold();
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
        hold();
        try {
            Slab[] before = slabs;
            Slab[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = new Slab(memory, before.length << pagesPerSlabShift);
            FreeRuns[] runs = Arrays.copyOf(freeRuns, after.length);
            runs[before.length] = new FreeRuns(1 << pagesPerSlabShift);
            freeRuns = runs; // from here on nothing can fail
            slabs = after;
        } finally {
            lock.unlock();
        }
    }

    /** Every page is either in a run that is out, or free. The caller holds the lock. */
    private boolean isConsistent() {
        return usedPages + freePages() == (long) freeRuns.length << pagesPerSlabShift;
    }

    private long freePages() {
        long pages = 0;
        for (FreeRuns runs : freeRuns) { // no stream: it asserts on the way to every span
            pages += runs.freePages();
        }
        return pages;
    }

    private Slab[] detachIfDone() {
        return closed && usedPages == 0 ? detach() : NO_SLABS;
    }

    private Slab[] detach() {
        Slab[] all = slabs;
        slabs = NO_SLABS;
        freeRuns = new FreeRuns[0]; // nothing can be taken from them any more
        return all;
    }

    @Override
    public String toString() {
        return "SlabPool(" + kind + ", slabs: " + slabs.length + ", usedPages: " + usedPages + ", freePages: "
                + freePages() + ')';
    }

    private void free(Slab[] toFree) {
        for (Slab slab : toFree) {
            slab.memory().free();
            budget.giveBack(slabSize);
        }
    }
}
