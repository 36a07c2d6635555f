package io.nettyslab.heap;

import io.nettyslab.slab.SizeClasses;

/**
 * How much a free list keeps ready, and how much it takes at a time. Pure functions of the size class and the size of a slab; the
 * reasons, with numbers, are in docs/decisions/0004-span-geometry.md.
 *
 * @param fewReady slots that may be ready however few are in use
 * @param manyReady slots that may be ready at most, however many are in use
 * @param slotsAtOnce slots taken from spans at once
 * @param spansAtOnce spans added when they hold no slot; if it is more than one, all their slots are taken at once
 */
record ListLimits(int fewReady, int manyReady, int slotsAtOnce, int spansAtOnce) {

    private static final int MOST_READY_SLOTS = 256;

    /** However large they are: a buffer that is released is soon asked for again. */
    private static final int LEAST_READY_SLOTS = 4;

    /** Bytes that may be ready however few buffers are in use, as a fraction of a slab. */
    private static final int FEW_FRACTION = 24;

    /** Bytes that may be ready at most, as a fraction of a slab. */
    private static final int MANY_FRACTION = 6;

    /**
     * When n buffers are replaced at random, how many are of one size class varies by the root of their number, and seldom by more
     * than so many times as much.
     */
    private static final int DEVIATIONS = 6;

    /** Enough to make refills rare, few enough that one allocation can wait for them. */
    private static final int MOST_SLOTS_AT_ONCE = 32;

    /** Bytes of spans added at once, if there is more than one. */
    private static final int MOST_SMALL_BYTES_AT_ONCE = 32 * 1024;

    private static final int MOST_LARGE_BYTES_AT_ONCE = 64 * 1024;

    static ListLimits of(int sizeClass, int slabSize) {
        int few = readySlots(sizeClass, slabSize / FEW_FRACTION);
        int many = readySlots(sizeClass, slabSize / MANY_FRACTION);
        int slotsAtOnce = Math.min(MOST_SLOTS_AT_ONCE, few / 2);
        return new ListLimits(few, many, slotsAtOnce, spansAtOnce(sizeClass, slotsAtOnce));
    }

    private static int readySlots(int sizeClass, int bytes) {
        return Math.max(LEAST_READY_SLOTS, Math.min(MOST_READY_SLOTS, bytes / SizeClasses.slotSize(sizeClass)));
    }

    private static int spansAtOnce(int sizeClass, int slotsAtOnce) {
        int bytes = SizeClasses.isSmall(sizeClass) ? MOST_SMALL_BYTES_AT_ONCE : MOST_LARGE_BYTES_AT_ONCE;
        int fitting = bytes / (SizeClasses.spanPages(sizeClass) * SizeClasses.PAGE_SIZE);
        return Math.max(1, Math.min(slotsAtOnce / SizeClasses.slotsPerSpan(sizeClass), fitting));
    }

    /** Returns how many slots may be ready while so many are in use or on their way home. */
    int mostReady(int inUse) {
        return Math.max(fewReady, Math.min(manyReady, DEVIATIONS * (int) Math.sqrt(inUse)));
    }
}
