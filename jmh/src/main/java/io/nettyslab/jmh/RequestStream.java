package io.nettyslab.jmh;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * The steps of one thread's churn: which of the live buffers goes, and how large the one is that takes its place.
 *
 * <p>Sizes are read in order from a table. Places are drawn on the fly by three shifts, because a table of them would
 * have to be far longer than the live set, or some buffers would never be replaced.
 */
@State(Scope.Thread)
public class RequestStream {

    /** Keeps threads apart that would otherwise take the same steps; odd, so that no two start at the same one soon. */
    private static final int STRIDE = 0x9e37_79b1;

    int live;

    private int[] sizes; // shared, constant
    private int mask;
    private int position;
    private int random;

    @Setup
    public void start(SizeTable table, ThreadParams thread) {
        start(table, thread.getThreadIndex());
    }

    void start(SizeTable table, int thread) {
        live = table.live;
        sizes = table.sizes;
        mask = sizes.length - 1; // a power of two, so that the position wraps by a mask
        position = thread * STRIDE;
        random = 0x2545_f491 + 2 * thread; // any but 0
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
}
