package io.nettyslab.heap;

import io.nettyslab.memory.MemoryKind;
import io.nettyslab.slab.MemoryBudget;
import io.nettyslab.slab.SlabPool;

/**
 * At the bound, slabs of one kind of memory that nobody needs make room for slabs of the other: what a burst of direct
 * buffers has taken would else be refused to heap buffers for ever. See docs/decisions/0018-slabs-change-kind.md.
 *
 * <p>Any thread may call. What is remembered here only limits how often that is tried: racing threads may both try, no
 * harm.
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
     * At the bound, has a slab of the other kind of memory freed of which no page is out, and adds one to {@code pool}.
     * What was released but lies ready is put back for that, but not each time: requests that fail would leave nothing
     * ready for those that do not. Where there is a fallback, this takes a tenth of the time at most: kinds that vary
     * at the bound would do nothing but touch slabs.
     *
     * @param own the heap of the current thread, or {@code null}
     * @param pool what needs a slab
     * @return whether it has one now that was not there before
     */
    boolean addSlab(ThreadHeap own, SlabPool pool) {
        return isAtBound() && !isTooSoon() && changeKind(own, pool); // or something else stands in the way
    }

    /** The same for a request that the fallback has refused as well, so that it is never too soon. */
    boolean addSlabAtLast(ThreadHeap own, SlabPool pool) {
        if (!hasFallback) {
            return false;
        }
        return isAtBound() ? changeKind(own, pool) : pool.grow(pool.slabsAdded()); // somebody has just made room
    }

    private boolean isTooSoon() {
        return hasFallback && System.nanoTime() - mayChangeAt < 0;
    }

    private boolean changeKind(ThreadHeap own, SlabPool pool) {
        long start = System.nanoTime();
        boolean isDirect = pool.kind() == MemoryKind.DIRECT;
        SlabPool other = heaps.pool(isDirect ? MemoryKind.HEAP : MemoryKind.DIRECT);
        int least = isDirect ? leastHeapSlabs : leastDirectSlabs;
        int addedSeen = pool.slabsAdded();
        boolean added = (other.freeOne(least) || mayHelpToSpill(other) && spillAndFreeOne(own, other, least))
                && pool.grow(addedSeen);
        long now = System.nanoTime();
        long next = now + TIMES_BETWEEN_CHANGES * (now - start);
        if (next - mayChangeAt > 0) {
            mayChangeAt = next; // an attempt at last does not shorten the wait after a longer one
        }
        return added;
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

    private boolean spillAndFreeOne(ThreadHeap own, SlabPool pool, int least) {
        if (own != null) {
            own.of(pool.kind()).spillAll();
        }
        heaps.spillShared(pool);
        boolean freed = pool.freeOne(least);
        if (!freed) {
            vainSpill(pool).bytesInUse = heaps.bytesInUse(pool.kind());
            vainSpill(pool).nanos = System.nanoTime();
        }
        return freed;
    }

    private VainSpill vainSpill(SlabPool pool) {
        return pool.kind() == MemoryKind.DIRECT ? vainDirectSpill : vainHeapSpill;
    }

    /** When a kind of memory was last spilled for the other one in vain, and what was in use of it then. */
    private static final class VainSpill {
        private volatile long bytesInUse;
        private volatile long nanos = System.nanoTime() - NANOS_BETWEEN_SPILLS;
    }
}
