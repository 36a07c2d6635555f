package io.nettyslab.heap;

import io.nettyslab.slab.SizeClasses;
import java.util.stream.IntStream;

/**
 * How much a free list keeps ready, with how many buffer objects, and how much it takes at a time. The record is made
 * of the size class and the size of a slab; its methods are functions of that and of how much is in use. The reasons,
 * with numbers, are in docs/decisions/0015-pages-by-bits.md and 0017-first-allocations.md.
 *
 * @param fewReady slots that may be ready however few are in use
 * @param manyReady slots that may be ready at most, however many are in use
 * @param mostSlotsAtOnce slots taken from spans at once, at most
 * @param mostSpansAtOnce spans added when they hold no slot, at most; 0 means one
 * @param slotsPerSpan slots of a span
 */
record ListLimits(int fewReady, int manyReady, int mostSlotsAtOnce, int mostSpansAtOnce, int slotsPerSpan) {

    private static final int MOST_READY_SLOTS = 256;

    /** However large they are: a buffer that is released is soon asked for again. */
    private static final int LEAST_READY_SLOTS = 4;

    /** Bytes that may be ready however few buffers are in use, as a fraction of a slab. */
    private static final int FEW_FRACTION = 24;

    /** Bytes that may be ready at most, as a fraction of a slab. */
    private static final int MANY_FRACTION = 6;

    /**
     * When n buffers are replaced at random, how many are of one size class varies by the root of their number, and
     * seldom by more than so many times as much.
     */
    private static final int DEVIATIONS = 6;

    /** Enough to make refills rare, few enough that one allocation can wait for them. */
    private static final int MOST_SLOTS_AT_ONCE = 32;

    /** Taken by a list that has nothing out of its spans yet. */
    private static final int LEAST_SLOTS_AT_ONCE = 4;

    /** Slots held in spans that may keep their buffer objects: they may be wanted soon, and cost little. */
    private static final int MOST_BOUND_IN_SPANS = 64;

    /** Bytes of spans added at once, if there is more than one. */
    private static final int MOST_SMALL_BYTES_AT_ONCE = 32 * 1024;

    private static final int MOST_LARGE_BYTES_AT_ONCE = 64 * 1024;

    static ListLimits of(int sizeClass, int slabSize) {
        int few = readySlots(sizeClass, slabSize / FEW_FRACTION);
        int many = readySlots(sizeClass, slabSize / MANY_FRACTION);
        int bytes = SizeClasses.isSmall(sizeClass) ? MOST_SMALL_BYTES_AT_ONCE : MOST_LARGE_BYTES_AT_ONCE;
        int spans = bytes / (SizeClasses.spanPages(sizeClass) * SizeClasses.PAGE_SIZE);
        return new ListLimits(
                few, many, Math.min(MOST_SLOTS_AT_ONCE, few / 2), spans, SizeClasses.slotsPerSpan(sizeClass));
    }

    /** Returns the limits of all size classes, by their numbers. */
    static ListLimits[] ofAllClasses(int slabSize) {
        return IntStream.range(0, SizeClasses.COUNT)
                .mapToObj(sizeClass -> of(sizeClass, slabSize))
                .toArray(ListLimits[]::new);
    }

    private static int readySlots(int sizeClass, int bytes) {
        return Math.max(LEAST_READY_SLOTS, Math.min(MOST_READY_SLOTS, bytes / SizeClasses.slotSize(sizeClass)));
    }

    /** Returns how many slots may be ready while so many are in use or on their way home. */
    int mostReady(int inUse) {
        return Math.max(fewReady, Math.min(manyReady, DEVIATIONS * (int) Math.sqrt(inUse)));
    }

    /**
     * Returns how many slots may have a buffer object while so many are not held in spans. Without a limit many small
     * buffers leave their objects behind, in spans that the few which are still in use keep from being given back.
     */
    int mostBound(int outOfSpans) {
        return outOfSpans + MOST_BOUND_IN_SPANS;
    }

    /**
     * Returns how many slots to take from spans at once while so many are not held there. A list that has little takes
     * little: its size may be rare, and whoever asks for it first has enough to wait for.
     */
    int slotsAtOnce(int outOfSpans) {
        return Math.min(mostSlotsAtOnce, LEAST_SLOTS_AT_ONCE + outOfSpans);
    }

    /**
     * Returns how many spans to add when they hold no slot: if more than one, then no more than are taken apart at
     * once.
     */
    int spansAtOnce(int outOfSpans) {
        return Math.max(1, Math.min(mostSpansAtOnce, slotsAtOnce(outOfSpans) / slotsPerSpan));
    }
}
