package io.nettyslab.slab;

import io.nettyslab.memory.Memory;
import io.nettyslab.memory.MemoryKind;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * All slabs of one kind of memory, and the only place that cuts runs of pages from them.
 *
 * <p>Any thread may call any method. Taking and giving back hold one lock, for a batch of runs at most. Growing touches
 * megabytes, so it holds a second lock instead, and taking and giving back go on meanwhile.
 *
 * <p>Guaranteed: runs that are out do not overlap; the memory of a slab is freed only when no run of it is out: after
 * {@link #close()}, when the last run of all has come back, or by {@link #freeOne} and {@link #freeIfUnused}.
 */
public final class SlabPool {

    private static final Memory[] NO_SLABS = {};

    /** Made ahead, like the other: a pool that lets go of its slabs must not fail half-way. */
    private static final FreeRuns[] NO_FREE_RUNS = {};

    /** Stands in for a slab that was freed while others stayed. */
    private static final FreeRuns NO_RUNS = new FreeRuns(0);

    /** No page: there is no free run that is long enough. */
    public static final int NONE = -1;

    /** An ebb is when a quarter of the pages in use have come back, and at least an eighth of a slab. */
    private static final int EBB_FRACTION = 4;

    private static final int EBB_SLAB_SHIFT = 3;

    /** Whoever holds the lock is done in a microsecond or so; to be woken from waiting takes many times as long. */
    private static final int LOOKS_BEFORE_WAITING = 200;

    private static final long NANOS_BETWEEN_LOOKS = 20_000_000; // of one that waits

    private final MemoryKind kind;
    private final int slabSize; // bytes
    private final int pagesPerSlabShift;
    private final boolean aligned; // slabs, to cache lines
    private final MemoryBudget budget; // shared with the pool of the other kind
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock growLock = new ReentrantLock();
    private FreeRuns[] freeRuns = NO_FREE_RUNS; // of each slab, by its number; guarded by lock
    private long pagesTaken; // ever; guarded by lock
    private long pagesOut; // in runs; guarded by lock
    private long highPages; // the most used since the last ebb; guarded by lock
    private int firstFree; // no slab before this one has a free page; guarded by lock
    private final TurnOver halfTurn = new TurnOver(1);
    private final TurnOver eighthTurn = new TurnOver(3);

    // Written under lock; volatile so that metrics and memoryOf read them without it. A slab is in the array before any
    // of its pages can be taken, and a page number reaches another thread only by way of the lock or a buffer.
    // But for refusal, which is growLock's.
    private volatile Memory[] slabs = NO_SLABS; // by their numbers; null where one was freed while others stayed
    private volatile int slabCount;
    private volatile int slabsAdded; // ever; may wrap around
    private volatile long pagesOutSeen; // pagesOut, as it was when the lock was last left after a change of it
    private volatile int ebbs;
    private volatile OutOfMemoryError refusal; // of the last slab that was wanted
    private volatile boolean closed;

    /**
     * Makes a pool without slabs.
     *
     * @param kind where its slabs lie
     * @param slabSize bytes in a slab, a power of two
     * @param aligned whether direct slabs are to begin with a cache line
     * @param budget what all slabs together may take
     */
    public SlabPool(MemoryKind kind, int slabSize, boolean aligned, MemoryBudget budget) {
        this.kind = kind;
        this.slabSize = slabSize;
        this.budget = budget;
        this.aligned = aligned;
        this.pagesPerSlabShift = Integer.numberOfTrailingZeros(slabSize) - SizeClasses.PAGE_SHIFT;
    }

    /** Returns where the slabs of this pool lie. */
    public MemoryKind kind() {
        return kind;
    }

    /**
     * Takes a run of pages, from where it fits best.
     *
     * @param pages its length, 1 or more
     * @return its first page, or {@link #NONE} if no run is long enough or the pool is closed
     */
    public int take(int pages) {
        lock();
        try {
            long run = closed ? FreeRuns.NONE : findBestFit(pages);
            return run == FreeRuns.NONE ? NONE : cut(run, pages);
        } finally {
            unlock();
        }
    }

    /**
     * Takes runs for spans. For small slots they come from the lowest slab that has one, for large ones from where they
     * fit best. So what is small, and keeps pages from being free by living long, gathers in few slabs. See
     * docs/decisions/0009-footprint.md.
     *
     * @param firstPages where the first page of each is written, from index 0
     * @param most how many to take at most
     * @return how many were taken; 0 if there is none or the pool is closed
     */
    public int takeSpans(int sizeClass, int[] firstPages, int most) {
        int pages = SizeClasses.spanPages(sizeClass);
        boolean lowest = SizeClasses.isSmall(sizeClass);
        lock();
        try {
            int taken = 0;
            while (taken < most && !closed) {
                long run = lowest ? findLowest(pages) : findBestFit(pages);
                if (run == FreeRuns.NONE) {
                    break;
                }
                // What is left of the run is shorter, so it would be found next.
                int fitting = Math.min(most - taken, FreeRuns.lengthOf(run) / pages);
                int first = cut(run, fitting * pages);
                for (int i = 0; i < fitting; i++) {
                    firstPages[taken++] = first + i * pages;
                }
            }
            return taken;
        } finally {
            unlock();
        }
    }

    private void lock() {
        for (int looks = 0; looks < LOOKS_BEFORE_WAITING; looks++) {
            if (lock.tryLock()) {
                return;
            }
            Thread.onSpinWait();
        }
        await(lock);
    }

    /**
     * Waits for a lock, whatever happens: giving back must not fail. In turns, because on JDK 21 to 23 the virtual
     * thread that is first in line may have nothing to run on, if all carriers are held by others that wait behind it.
     */
    private static void await(ReentrantLock lock) {
        boolean interrupted = false;
        for (boolean locked = false; !locked; ) {
            try {
                locked = lock.tryLock(NANOS_BETWEEN_LOOKS, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (OutOfMemoryError noRoomToWait) { // in line, for which an object is made
                locked = lock.tryLock();
                Thread.yield();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Unlocks after runs were taken or given back, and says so to whoever reads without the lock. */
    private void unlock() {
        assert isConsistent() : this;
        pagesOutSeen = pagesOut;
        lock.unlock();
    }

    /** Finds a run in the lowest slab that has one. */
    private long findLowest(int pages) {
        for (int slab = firstFree; slab < freeRuns.length; slab++) {
            long run = freeRuns[slab].find(pages);
            if (run != FreeRuns.NONE) {
                return inPool(slab, run);
            }
        }
        return FreeRuns.NONE;
    }

    /** Finds a run in the highest of the slabs whose shortest sufficient run is shortest. */
    private long findBestFit(int pages) {
        long best = FreeRuns.NONE;
        int shortest = Integer.MAX_VALUE;
        for (int slab = freeRuns.length - 1; slab >= firstFree && shortest > pages; slab--) {
            long run = freeRuns[slab].find(pages);
            if (run != FreeRuns.NONE && FreeRuns.lengthOf(run) < shortest) {
                best = inPool(slab, run);
                shortest = FreeRuns.lengthOf(run);
            }
        }
        return best;
    }

    private long inPool(int slab, long run) {
        return FreeRuns.run((slab << pagesPerSlabShift) + FreeRuns.firstOf(run), FreeRuns.lengthOf(run));
    }

    /** Takes the first pages of a run that was found just now, and returns the first one. */
    private int cut(long run, int pages) {
        int first = FreeRuns.firstOf(run);
        int slab = numberOf(first);
        freeRuns[slab].take(first - (slab << pagesPerSlabShift), FreeRuns.lengthOf(run), pages);
        pagesOut += pages;
        pagesTaken += pages;
        highPages = Math.max(highPages, pagesOut);
        while (firstFree < freeRuns.length && freeRuns[firstFree].freePages() == 0) {
            firstFree++;
        }
        return first;
    }

    /** The caller holds the lock. */
    private void noteEbb() {
        long fallen = highPages - pagesOut;
        if (fallen * EBB_FRACTION >= highPages && fallen << EBB_SLAB_SHIFT >= 1L << pagesPerSlabShift) {
            highPages = pagesOut;
            ebbs++;
        }
    }

    /**
     * Returns how often a quarter of what was in use has come back. What is kept ready by then is worth giving back
     * too.
     */
    public int ebbs() {
        return ebbs;
    }

    /** Returns whether as many pages as half of the slabs have were taken since this last returned {@code true}. */
    public boolean noteHalfTaken() {
        return halfTurn.note();
    }

    /** As {@link #noteHalfTaken}, for an eighth of the pages. */
    public boolean noteEighthTaken() {
        return eighthTurn.note();
    }

    /** Tells once for each time that a part of all pages was taken. */
    private final class TurnOver {

        private final int shift; // two to this power is the part
        private long pagesTakenThen; // guarded by lock

        TurnOver(int shift) {
            this.shift = shift;
        }

        boolean note() {
            lock();
            try {
                long part = (long) slabCount << pagesPerSlabShift - shift;
                boolean over = part > 0 && pagesTaken - pagesTakenThen >= part;
                if (over) {
                    pagesTakenThen = pagesTaken;
                }
                return over;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Gives a run back. After {@link #close()}, the last one to come back frees all slabs. */
    public void giveBack(int first, int pages) {
        Memory[] toFree;
        lock();
        try {
            put(first, pages);
            noteEbb();
            toFree = detachIfDone();
        } finally {
            unlock();
        }
        free(toFree);
    }

    /** As {@link #giveBack(int, int)}, for several runs. */
    void giveBack(RunBatch runs) {
        Memory[] toFree;
        lock();
        try {
            for (int i = 0; i < runs.size(); i++) {
                put(runs.firstPage(i), runs.pages(i));
            }
            runs.clear();
            noteEbb();
            toFree = detachIfDone();
        } finally {
            unlock();
        }
        free(toFree);
    }

    private void put(int first, int pages) {
        int slab = numberOf(first);
        freeRuns[slab].giveBack(first - (slab << pagesPerSlabShift), pages);
        firstFree = Math.min(firstFree, slab);
        pagesOut -= pages;
    }

    /**
     * Returns the slab that {@code page} lies in. If no page of it is out it may be gone: then {@code null}, or the one
     * that has its number now.
     */
    public Memory memoryOf(int page) {
        Memory[] all = slabs; // read once: close() may take them
        int number = numberOf(page);
        return number < all.length ? all[number] : null;
    }

    /** Returns where {@code page} starts, in bytes from the start of its slab. */
    public int offsetOf(int page) {
        return (page & (1 << pagesPerSlabShift) - 1) << SizeClasses.PAGE_SHIFT;
    }

    /** Returns the number of the slab that {@code page} lies in, from 0. */
    public int numberOf(int page) {
        return page >>> pagesPerSlabShift;
    }

    /** Returns the number of slabs. */
    public int slabCount() {
        return slabCount;
    }

    /** Returns the number of slabs that were ever added, whether they are still there or not; it may wrap around. */
    public int slabsAdded() {
        return slabsAdded;
    }

    /** Returns the numbers of all slabs, ascending. */
    public int[] slabNumbers() {
        Memory[] all = slabs;
        return IntStream.range(0, all.length)
                .filter(number -> all[number] != null)
                .toArray();
    }

    /** Returns the bytes of Java heap that keep the books on free runs. */
    public long metadataBytes() {
        return slabCount * FreeRuns.metadataBytes(1 << pagesPerSlabShift);
    }

    /** Returns the bytes in a slab. */
    public int slabSize() {
        return slabSize;
    }

    /** Returns the bytes taken from the system. */
    public long reservedBytes() {
        return (long) slabCount * slabSize;
    }

    /** Returns the bytes in runs that are out. */
    public long bytesOut() {
        return pagesOutSeen << SizeClasses.PAGE_SHIFT;
    }

    /**
     * Adds a slab, unless another thread has added one since the caller looked.
     *
     * @param addedSeen what {@link #slabsAdded()} returned before the caller failed to take a run
     * @return whether a slab was added that the caller has not seen; {@code false} if the bound or the JVM forbids it
     */
    public boolean grow(int addedSeen) {
        await(growLock);
        try {
            if (slabsAdded != addedSeen) {
                return true;
            }
            if (closed) {
                return false;
            }
            refusal = null;
            return budget.tryTake(slabSize) && reserve();
        } finally {
            growLock.unlock();
        }
    }

    /** Returns whether {@link #grow} would be refused by the JVM, because that has refused as much just now. */
    public boolean isRefused() {
        return Memory.isRefused(kind, slabSize);
    }

    /** Frees all slabs if no page of them was ever taken. */
    public void freeIfUnused() {
        Memory[] toFree;
        lock();
        try {
            toFree = pagesTaken == 0 ? detach() : NO_SLABS;
        } finally {
            lock.unlock();
        }
        free(toFree);
    }

    /**
     * Frees a slab of which no page is out, the one with the highest number; says whether there was one.
     *
     * @param least slabs that are to stay, used or not
     */
    public boolean freeOne(int least) {
        Memory freed;
        lock();
        try {
            freed = slabCount > least ? detachHighestFree() : null;
        } finally {
            lock.unlock();
        }
        if (freed == null) {
            return false;
        }
        free(freed);
        return true;
    }

    /** Takes a slab of which no page is out from the tables, and returns its memory; {@code null} if there is none. */
    private Memory detachHighestFree() {
        for (int number = freeRuns.length - 1; number >= firstFree; number--) {
            if (freeRuns[number].freePages() == 1 << pagesPerSlabShift) {
                Memory memory = slabs[number];
                setSlab(number, null, NO_RUNS);
                return memory;
            }
        }
        return null;
    }

    /**
     * Refuses all further runs, and frees all slabs as soon as every run is back, which may be at once.
     */
    public void close() {
        await(growLock); // a slab that is being added must be seen, or it would stay for ever
        try {
            Memory[] toFree;
            lock();
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

    /**
     * Returns what the JVM said when it refused the last slab that was wanted; {@code null} if it gave that, or was not
     * asked because of the bound.
     */
    public OutOfMemoryError refusal() {
        return refusal;
    }

    /** Adds a slab for which the budget has been taken; gives all back if the JVM has less than maxMemory promised. */
    private boolean reserve() {
        Memory memory = null;
        boolean added = false;
        try {
            memory = Memory.reserve(kind, slabSize, aligned);
            add(memory);
            added = true;
        } catch (OutOfMemoryError refused) { // the caller's overflow policy decides what comes of it
            refusal = refused;
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
        lock();
        try {
            int number = 0;
            while (number < slabs.length && slabs[number] != null) {
                number++;
            }
            setSlab(number, memory, new FreeRuns(1 << pagesPerSlabShift));
            firstFree = Math.min(firstFree, number);
        } finally {
            lock.unlock();
        }
    }

    /** Puts a slab, or none, where one was or may be next. The caller holds the lock. */
    private void setSlab(int number, Memory memory, FreeRuns runs) {
        Memory[] memories = Arrays.copyOf(slabs, Math.max(slabs.length, number + 1));
        FreeRuns[] allRuns = Arrays.copyOf(freeRuns, memories.length);
        memories[number] = memory;
        allRuns[number] = runs;
        freeRuns = allRuns; // from here on nothing can fail
        slabs = memories;
        if (memory != null) {
            slabCount++;
            slabsAdded++;
        } else {
            slabCount--;
        }
    }

    /** Every page is either in a run that is out, or free. The caller holds the lock. */
    private boolean isConsistent() {
        return pagesOut + freePages() == (long) slabCount << pagesPerSlabShift;
    }

    private long freePages() {
        long pages = 0;
        for (FreeRuns runs : freeRuns) { // no stream: it asserts on the way to every span
            pages += runs.freePages();
        }
        return pages;
    }

    private Memory[] detachIfDone() {
        return closed && pagesOut == 0 ? detach() : NO_SLABS;
    }

    private Memory[] detach() {
        Memory[] all = slabs;
        slabs = NO_SLABS;
        slabCount = 0;
        freeRuns = NO_FREE_RUNS; // nothing can be taken from them any more
        return all;
    }

    @Override
    public String toString() {
        return "SlabPool(" + kind + ", slabs: " + slabCount + ", pagesOut: " + pagesOut + ", freePages: " + freePages()
                + ')';
    }

    private void free(Memory[] toFree) {
        for (Memory slab : toFree) {
            if (slab != null) {
                free(slab);
            }
        }
    }

    private void free(Memory slab) {
        slab.free();
        budget.giveBack(slabSize);
    }
}
