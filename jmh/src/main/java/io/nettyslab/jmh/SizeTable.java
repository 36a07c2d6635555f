package io.nettyslab.jmh;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/** The sizes that a churn asks for, drawn once and shared by all threads. */
@State(Scope.Benchmark)
public class SizeTable {

    private static final long SEED = 0x5eed_0fb1_0ffeL;

    /** Steps between two changes of a shifting mix, per live buffer: hardly any of the old kind is left by then. */
    private static final int PHASE_LENGTH_FACTOR = 8;

    /** Enough for a mix to show its shape, little enough to stay in the second-level cache. */
    private static final int MIN_SIZES = 1 << 16;

    /** Share of the heap limit that the live bytes may take; the rest is for fragmentation. */
    private static final int MAX_SHARE = 4;

    /** Live buffers of each thread. */
    @Param({"1024"})
    public int live;

    @Param
    public SizeMix mix;

    int[] sizes; // constant after set-up; as many as a power of two

    @Setup
    public void draw(BenchmarkParams benchmark) {
        draw(benchmark.getThreads());
    }

    void draw(int threads) {
        // Only a mix that shifts needs a longer table for a larger live set: at least two phases.
        boolean shifts = mix == SizeMix.shifting;
        int phaseLength = shifts ? PHASE_LENGTH_FACTOR * live : MIN_SIZES;
        int length = shifts ? Math.max(MIN_SIZES, Integer.highestOneBit(4 * phaseLength - 1)) : MIN_SIZES;
        sizes = mix.sizes(length, phaseLength, SEED);
        refuseTooLarge(phaseLength, threads);
    }

    /** A trial that fails for lack of memory in one allocator but not in another compares nothing. */
    private void refuseTooLarge(int phaseLength, int threads) {
        long worst = 0;
        for (int from = 0; from < sizes.length; from += phaseLength) {
            int to = Math.min(from + phaseLength, sizes.length);
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += sizes[i];
            }
            worst = Math.max(worst, sum / (to - from) * live * threads);
        }
        long limit = Runtime.getRuntime().maxMemory() / MAX_SHARE;
        if (worst > limit) {
            throw new IllegalArgumentException("live: " + live + " (expected: fewer with mix " + mix + " and " + threads
                    + " thread(s), whose " + worst + " live bytes exceed a quarter of the heap limit, " + limit + ')');
        }
    }
}
