package io.nettyslab.heap;

import io.nettyslab.memory.MemoryKind;
import io.nettyslab.slab.MemoryBudget;
import io.nettyslab.slab.SlabPool;
import java.util.function.BooleanSupplier;

/**
 * At the bound, slabs of one kind of memory that nobody needs make room for slabs of the other: what a burst of direct
 * buffers has taken would else be refused to heap buffers for ever. See docs/decisions/0018-slabs-change-kind.md.
 *
 * <p>Any thread may call. The times that are remembered here only limit how often that is tried: racing threads may
 * both try, no harm.
 */
final class KindChange {

    /** How many times as long as an attempt took there is none, if there is a fallback. */
    private static final int TIMES_BETWEEN_CHANGES = 10;

    /** A spill that freed no slab is not tried again so soon, unless something was released since. */
    private static final long NANOS_BETWEEN_SPILLS = 10_000_000;

    private final ThreadHeaps heaps;
    private final int slabSize;
    private final int leastDirectSlabs; // stay, used or not
    private final int leastHeapSlabs;
    private final boolean hasFallback; // somebody serves what is refused here, as long as he can
    private final MemoryBudget budget;

    private final Changing changing = new Changing();
    private volatile long mayChangeAt = System.nanoTime(); // if there is a fallback
    private final VainSpill vainDirectSpill = new VainSpill();
    private final VainSpill vainHeapSpill = new VainSpill();

    KindChange(
            ThreadHeaps heaps,
            int slabSize,
            int leastDirectSlabs,
            int leastHeapSlabs,
            boolean hasFallback,
            MemoryBudget budget) {
        this.heaps = heaps;
        this.slabSize = slabSize;
        this.leastDirectSlabs = leastDirectSlabs;
        this.leastHeapSlabs = leastHeapSlabs;
        this.hasFallback = hasFallback;
        this.budget = budget;
    }

    /**
     * Makes an attempt at taking pages succeed, if need be by slabs of the other kind of memory of which no page is
     * out: each makes room for one of {@code pool}. What was released but lies ready is put back for that, but not each
     * time: requests that fail would leave nothing ready for those that do not. Where there is a fallback, this takes a
     * tenth of the time at most: kinds that vary at the bound would do nothing but touch slabs. It serves, too, while
     * another thread is at it.
     *
     * @param own the heap of the current thread, or {@code null}
     * @param pool what needs a slab
     * @param attempt takes pages from {@code pool} and says whether it could; waits for no lock of a heap
     * @return whether an attempt succeeded
     */
    boolean find(ThreadHeap own, SlabPool pool, BooleanSupplier attempt) {
        return !(hasFallback && (isTooSoon() || changing.isHeld())) && find(own, pool, attempt, !hasFallback);
    }

    /**
     * The same for a request that the fallback has refused as well, so that it is never too soon. The caller holds no
     * lock of a heap, so that {@code attempt} may wait for one: who holds that does not wait for this thread.
     */
    boolean findAtLast(ThreadHeap own, SlabPool pool, BooleanSupplier attempt) {
        return hasFallback && find(own, pool, attempt, true);
    }

    private boolean isTooSoon() {
        return System.nanoTime() - mayChangeAt < 0;
    }

    private boolean find(ThreadHeap own, SlabPool pool, BooleanSupplier attempt, boolean waits) {
        long start = System.nanoTime();
        SlabPool other = heaps.pool(pool.kind() == MemoryKind.DIRECT ? MemoryKind.HEAP : MemoryKind.DIRECT);
        boolean found = tryWhileSlabsAreFree(pool, other, attempt, waits);
        if (!found && isAtBound() && mayHelpToSpill(other)) {
            spill(own, other);
            found = tryWhileSlabsAreFree(pool, other, attempt, waits);
            if (!found) {
                vainSpill(other).note(heaps.bytesInUse(other.kind()));
            }
        }
        long now = System.nanoTime();
        long next = now + TIMES_BETWEEN_CHANGES * (now - start);
        if (next - mayChangeAt > 0) {
            mayChangeAt = next; // an attempt at last does not shorten the wait after a longer one
        }
        return found;
    }

    /**
     * One thread at a time, from the slab that it frees to the attempt: else a slab that is on its way from one kind to
     * the other would belong to neither, and a thread that finds none would refuse a request for which there is one.
     */
    private boolean tryWhileSlabsAreFree(SlabPool pool, SlabPool other, BooleanSupplier attempt, boolean waits) {
        if (waits) {
            changing.lock();
        } else if (!changing.tryLock()) {
            return false;
        }
        try {
            for (; ; ) {
                int addedSeen = pool.slabsAdded();
                if (attempt.getAsBoolean()) {
                    return true;
                }
                if (!pool.grow(addedSeen) && !(isAtBound() && !pool.isRefused() && freeOne(other))) {
                    return false;
                }
            }
        } finally {
            changing.unlock();
        }
    }

    private boolean freeOne(SlabPool pool) {
        return pool.freeOne(pool.kind() == MemoryKind.DIRECT ? leastDirectSlabs : leastHeapSlabs);
    }

    private boolean isAtBound() {
        return budget.max() - budget.taken() < slabSize;
    }

    /** Whether a slab's worth of {@code pool} is not in use, and it was not in vain to spill for it just now. */
    private boolean mayHelpToSpill(SlabPool pool) {
        long inUse = heaps.bytesInUse(pool.kind());
        VainSpill last = vainSpill(pool);
        return pool.reservedBytes() - inUse >= slabSize
                && (inUse < last.bytesInUse || System.nanoTime() - last.nanos >= NANOS_BETWEEN_SPILLS);
    }

    private void spill(ThreadHeap own, SlabPool pool) {
        if (own != null) {
            own.of(pool.kind()).spillAll();
        }
        heaps.spillShared(pool);
    }

    private VainSpill vainSpill(SlabPool pool) {
        return pool.kind() == MemoryKind.DIRECT ? vainDirectSpill : vainHeapSpill;
    }

    /** Held by the thread that changes the kind of slabs. */
    private static final class Changing extends HeapLock {}

    /** When a kind of memory was last spilled for the other one in vain, and what was in use of it then. */
    private static final class VainSpill {
        private volatile long bytesInUse;
        private volatile long nanos = System.nanoTime() - NANOS_BETWEEN_SPILLS;

        void note(long bytes) {
            bytesInUse = bytes;
            nanos = System.nanoTime();
        }
    }
}
