package io.nettyslab.slab;

/**
 * Runs on their way back to a pool, which is then locked once for many of them. Not thread-safe.
 *
 * <p>The pool counts a run as out until it is given back, so {@link #flush()} ends every piece of work.
 */
public final class RunBatch {

    private static final int MOST = 32;

    private final SlabPool pool;
    private final long[] runs = new long[MOST]; // upper half: pages, lower half: first page
    private int size;

    /** Makes an empty batch for {@code pool}. */
    public RunBatch(SlabPool pool) {
        this.pool = pool;
    }

    /** Adds a run; if there is no room for it, gives all others back. */
    public void add(int firstPage, int pages) {
        if (size == MOST) {
            flush(); // first: if that fails, this run is still the caller's
        }
        runs[size++] = (long) pages << Integer.SIZE | firstPage;
    }

    /** Gives all runs back. */
    public void flush() {
        if (size > 0) {
            pool.giveBack(this);
        }
    }

    /** Called when all are back, before anything else can fail. */
    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    int firstPage(int i) {
        return (int) runs[i];
    }

    int pages(int i) {
        return (int) (runs[i] >>> Integer.SIZE);
    }
}
