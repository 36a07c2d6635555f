package io.nettyslab.jmh;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The steps of a churn: which of the live buffers goes, and how large the one is that takes its place.
 *
 * <p>Sizes are read in order from an array. Places are drawn on the fly by three shifts, because an array of them would
 * have to be far longer than the live set, or some buffers would never be replaced.
 */
@State(Scope.Thread)
public class RequestStream {

    private static final long SEED = 0x5eed_0fb1_0ffeL;

    /** Steps between two changes of a shifting mix, per live buffer: hardly any of the old kind is left by then. */
    private static final int PHASE_LENGTH_FACTOR = 8;

    /** Enough for a mix to show its shape, little enough to stay in the second-level cache. */
    private static final int MIN_SIZES = 1 << 16;

    /** Share of the direct and of the heap limit that the live bytes may take; the rest is for fragmentation. */
    private static final int MAX_SHARE = 4;

    @Param({"1024"})
    public int live;

    @Param
    public SizeMix mix;

    private int[] sizes; // constant after set-up
    private int mask;
    private int position;
    private int random = 0x2545_f491; // any but 0

    @Setup
    public void draw() {
        int phaseLength = PHASE_LENGTH_FACTOR * live;
        // At least two phases, and a power of two, so that the position wraps by a mask.
        int length = Math.max(MIN_SIZES, Integer.highestOneBit(4 * phaseLength - 1));
        sizes = mix.sizes(length, phaseLength, SEED);
        mask = length - 1;
        refuseTooLarge(phaseLength);
    }

    int nextSize() {
        return sizes[position++ & mask];
    }

    /** Xorshift: visits each 32-bit value but 0 once; the product scales it to the live set without a division. */
    int nextPlace() {
        int x = random;
        x ^= x << 13;
        x ^= x >>> 17;
        x ^= x << 5;
        random = x;
        return (int) ((x & 0xffff_ffffL) * live >>> 32);
    }

    /** A trial that fails for lack of memory in one allocator but not in another compares nothing. */
    private void refuseTooLarge(int phaseLength) {
        long worst = 0;
        for (int from = 0; from < sizes.length; from += phaseLength) {
            int to = Math.min(from + phaseLength, sizes.length);
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += sizes[i];
            }
            worst = Math.max(worst, sum / (to - from) * live);
        }
        long limit = Runtime.getRuntime().maxMemory() / MAX_SHARE;
        if (worst > limit) {
            throw new IllegalArgumentException("live: " + live + " (expected: fewer with mix " + mix + ", whose "
                    + worst + " live bytes exceed a quarter of the heap limit, " + limit + ')');
        }
    }
}
