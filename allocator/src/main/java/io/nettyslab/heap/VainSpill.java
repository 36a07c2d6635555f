package io.nettyslab.heap;

/**
 * Remembers when a heap, or all that are shared, last put back what they had ready of one kind of memory without a slab
 * of it becoming free. Each has its own: what one cannot reach another may have. Any thread may call; racing threads
 * may both spill, no harm.
 */
final class VainSpill {

    /** One that freed no slab is not tried again so soon, unless something was released since. */
    private static final long NANOS_BETWEEN_SPILLS = 10_000_000;

    private volatile long releases; // when the last one began
    private volatile long vainAt = System.nanoTime() - NANOS_BETWEEN_SPILLS;

    /**
     * Begins a spill unless it would be in vain again, as far as can be told.
     *
     * @param releases how many buffers have ever been released to those who would spill
     * @return whether to spill
     */
    boolean begin(long releases) {
        if (releases == this.releases && System.nanoTime() - vainAt < NANOS_BETWEEN_SPILLS) {
            return false;
        }
        this.releases = releases; // of what is released from here on something may be left
        return true;
    }

    /** Says that the spill which was begun has freed no slab. */
    void noteVain() {
        vainAt = System.nanoTime();
    }
}
