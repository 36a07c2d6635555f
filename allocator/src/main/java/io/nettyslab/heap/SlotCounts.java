package io.nettyslab.heap;

import io.nettyslab.slab.SizeClasses;

/** Slots of one kind of memory by size class, summed over heaps. A snapshot; each index is a size class. */
public final class SlotCounts {

    private final long[] reserved = new long[SizeClasses.COUNT];
    private final long[] inUse = new long[SizeClasses.COUNT];
    private final long[] ready = new long[SizeClasses.COUNT];
    private final long[] allocations = new long[SizeClasses.COUNT];

    SlotCounts() {}

    void add(FreeList[] lists) {
        for (int c = 0; c < lists.length; c++) {
            FreeList list = lists[c];
            if (list != null) {
                reserved[c] += list.slots();
                inUse[c] += list.slotsInUse();
                ready[c] += list.slotsReady();
                allocations[c] += list.allocations();
            }
        }
    }

    /** Returns the slots in spans of {@code sizeClass}. */
    public long reserved(int sizeClass) {
        return reserved[sizeClass];
    }

    /** Returns the slots whose buffer is handed out. */
    public long inUse(int sizeClass) {
        return inUse[sizeClass];
    }

    /** Returns the slots on free lists and remote free lists. */
    public long ready(int sizeClass) {
        return ready[sizeClass];
    }

    /** Returns the buffers ever handed out. */
    public long allocations(int sizeClass) {
        return allocations[sizeClass];
    }

    /** Returns the buffers ever handed out, of all classes. */
    public long allocations() {
        return sum(allocations);
    }

    /** Returns the slots in use of all classes. */
    public long inUse() {
        return sum(inUse);
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
