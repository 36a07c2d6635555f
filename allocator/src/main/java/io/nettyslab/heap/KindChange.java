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

    private final ThreadHeaps heaps;
    private final int slabSize;
    private final int leastDirectSlabs; // stay, used or not
    private final int leastHeapSlabs;
    private final boolean hasFallback; // somebody serves what is refused here, as long as he can
    private final MemoryBudget budget;

    private final Changing changing = new Changing();
    private volatile long mayChangeAt = System.nanoTime(); // if there is a fallback
    private final VainSpill vainDirectSpill = new VainSpill(); // of the shared heaps
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
        if (!found && isAtBound() && isSlabUnused(other)) {
            found = spillAndTry(own, pool, other, attempt, waits);
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

    private boolean isSlabUnused(SlabPool pool) {
        return pool.reservedBytes() - heaps.bytesInUse(pool.kind()) >= slabSize;
    }

    /** Has put back what is ready of {@code other}, where that was not in vain just now, and tries again. */
    private boolean spillAndTry(ThreadHeap own, SlabPool pool, SlabPool other, BooleanSupplier attempt, boolean waits) {
        KindLists ownLists = own == null ? null : own.of(other.kind());
        VainSpill sharedSpill = other.kind() == MemoryKind.DIRECT ? vainDirectSpill : vainHeapSpill;
        boolean spillsOwn = ownLists != null && ownLists.vainSpill().begin(ownLists.releases());
        boolean spillsShared = sharedSpill.begin(heaps.releases(other.kind()));
        if (spillsOwn) {
            ownLists.spillAll();
        }
        if (spillsShared) {
            heaps.spillShared(other);
        }
        if ((spillsOwn || spillsShared) && tryWhileSlabsAreFree(pool, other, attempt, waits)) {
            return true;
        }
        if (spillsOwn) {
            ownLists.vainSpill().noteVain();
        }
        if (spillsShared) {
            sharedSpill.noteVain();
        }
        return false;
    }

    /** Held by the thread that changes the kind of slabs. */
    private static final class Changing extends HeapLock {}
}
