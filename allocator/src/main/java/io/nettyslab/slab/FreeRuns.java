package io.nettyslab.slab;

import io.nettyslab.memory.ObjectSizes;
import java.util.Arrays;

/**
 * The free runs of pages of one slab: best fit by bins, merged with their neighbours when they come back. Pages are
 * numbered from 0.
 *
 * <p>A run is described where it lies: {@code length} holds its pages at its first and at its last page, so both
 * neighbours of a returned run are found without a search (Knuth's boundary tags); runs of like length form a doubly
 * linked list, one for each bin, and a bitmap says which bins have any (the scheme of TLSF, Masmano et al. 2004). All of
 * it lives in int arrays indexed by page: no object per run, nothing for the garbage collector to follow.
 *
 * <p>Not thread-safe: {@link SlabPool} holds its lock. Taking and giving back take constant time, but for the search
 * through one bin.
 */
final class FreeRuns {

    /** No page. */
    static final int NONE = -1;

    /** Runs up to this length have a bin for each length; longer ones share eight bins for each doubling. */
    private static final int EXACT_SHIFT = 5;

    private static final int EXACT = 1 << EXACT_SHIFT;
    private static final int SUB_BIN_SHIFT = 3;
    private static final int BINS = EXACT + (Integer.SIZE - EXACT_SHIFT << SUB_BIN_SHIFT);

    private final int[] heads = new int[BINS];
    private final long[] nonEmpty = new long[(BINS + Long.SIZE - 1) / Long.SIZE];

    private final int[] length; // at the first and last page of a free run its pages, elsewhere 0
    private final int[] next; // at the first page of a free run: the next one of its bin
    private final int[] previous;
    private int freePages;

    /** Makes one run of all pages. */
    FreeRuns(int pages) {
        Arrays.fill(heads, NONE);
        length = new int[pages];
        next = new int[pages];
        previous = new int[pages];
        freePages = pages;
        link(0, pages);
    }

    /** Returns the bytes of Java heap that the free runs of a slab of {@code pages} take. */
    static long metadataBytes(int pages) {
        return 3 * ObjectSizes.array(pages, Integer.BYTES) + ObjectSizes.array(BINS, Integer.BYTES);
    }

    /** Returns the number of free pages. */
    int freePages() {
        return freePages;
    }

    /**
     * Takes a run.
     *
     * @param pages its length, 1 or more
     * @return its first page, or {@link #NONE} if no free run is long enough
     */
    int take(int pages) {
        int first = find(pages);
        if (first == NONE) {
            return NONE;
        }
        int found = length[first];
        unlink(first, found);
        if (found > pages) {
            link(first + pages, found - pages);
        }
        freePages -= pages;
        return first;
    }

    /** Returns the length of the run that {@link #take} would take {@code pages} from, or 0 if there is none. */
    int shortestFrom(int pages) {
        int first = find(pages);
        return first == NONE ? 0 : length[first];
    }

    /** Gives a run back, whole or in parts. */
    void giveBack(int first, int pages) {
        assert length[first] == 0 && length[first + pages - 1] == 0 : "pages given back twice: " + first + '+' + pages;
        freePages += pages;
        int start = first;
        int end = first + pages;
        if (start > 0 && length[start - 1] != 0) {
            int before = length[start - 1];
            start -= before;
            unlink(start, before);
        }
        if (end < length.length && length[end] != 0) {
            int after = length[end];
            unlink(end, after);
            end += after;
        }
        link(start, end - start);
    }

    private int find(int pages) {
        int bin = binOf(pages);
        for (int run = heads[bin]; run != NONE; run = next[run]) {
            if (length[run] >= pages) {
                return run;
            }
        }
        int word = bin + 1 >> 6;
        long bits = nonEmpty[word] & -1L << (bin + 1 & 63);
        while (bits == 0) {
            if (++word == nonEmpty.length) {
                return NONE;
            }
            bits = nonEmpty[word];
        }
        return heads[(word << 6) + Long.numberOfTrailingZeros(bits)];
    }

    private void link(int first, int pages) {
        int bin = binOf(pages);
        int head = heads[bin];
        length[first] = pages;
        length[first + pages - 1] = pages;
        next[first] = head;
        previous[first] = NONE;
        if (head != NONE) {
            previous[head] = first;
        }
        heads[bin] = first;
        nonEmpty[bin >> 6] |= 1L << (bin & 63);
    }

    private void unlink(int first, int pages) {
        int bin = binOf(pages);
        int before = previous[first];
        int after = next[first];
        if (before != NONE) {
            next[before] = after;
        } else {
            heads[bin] = after;
            if (after == NONE) {
                nonEmpty[bin >> 6] &= ~(1L << (bin & 63));
            }
        }
        if (after != NONE) {
            previous[after] = before;
        }
        length[first] = 0;
        length[first + pages - 1] = 0;
    }

    /** Bins ascend with length, so that every run of a later bin is longer than any of an earlier one. */
    private static int binOf(int pages) {
        if (pages < EXACT) {
            return pages;
        }
        int doubling = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(pages);
        int subBin = pages >>> doubling - SUB_BIN_SHIFT & (1 << SUB_BIN_SHIFT) - 1;
        return EXACT + (doubling - EXACT_SHIFT << SUB_BIN_SHIFT) + subBin;
    }
}
