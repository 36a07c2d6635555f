package io.nettyslab.slab;

import io.nettyslab.memory.ObjectSizes;

/**
 * The free runs of pages of one slab: best fit by bins, merged with their neighbours when they come back. Pages are
 * numbered from 0.
 *
 * <p>A bit for each page says whether it is free. Where to look for a run says a second map: for each bin of like
 * lengths a bit for each word of the first map, set if a run of that bin <em>may</em> begin in it. Such a bit is set
 * when a run comes to be, and cleared by the next search that finds none, or when a long run is taken from. A run that
 * fills its word to an end has its length noted there, so that no search walks along long runs. All of it is below
 * 2 KiB for a slab of 16 MiB: two threads that take turns have little to fetch from each other, see
 * docs/decisions/0015-pages-by-bits.md.
 *
 * <p>Bins and their use are those of TLSF (Masmano et al. 2004), the lengths at both ends are Knuth's boundary tags.
 *
 * <p>Not thread-safe: {@link SlabPool} holds its lock. Taking and giving back take a step for each 64 pages of the run
 * and constant time beside that, but for the search through one bin; each bit that is cleared on the way counts with
 * the operation that set it.
 */
final class FreeRuns {

    /** No run. */
    static final long NONE = -1;

    /** Runs up to this length have a bin for each length; longer ones share eight bins for each doubling. */
    private static final int EXACT_SHIFT = 5;

    private static final int EXACT = 1 << EXACT_SHIFT;
    private static final int SUB_BIN_SHIFT = 3;

    private static final int WORD_SHIFT = 6;

    private final long[] free; // bit p: page p is free
    private final int[] lengthFrom; // of the run that begins in a word of free and reaches its last page
    private final int[] lengthUpTo; // of the run that ends in a word of free and reaches its first page

    private final int placeWords; // of each bin, in places
    private final long[] places; // bin by bin; bit w: a run of this bin may begin in word w of free
    private final long[] nonEmpty; // bit b: some bit of bin b is set in places
    private int freePages;

    /** Makes one run of all pages, or, of 0 pages, none. */
    FreeRuns(int pages) {
        int bins = binOf(pages) + 1;
        free = new long[wordsFor(pages)];
        lengthFrom = new int[free.length];
        lengthUpTo = new int[free.length];
        placeWords = wordsFor(free.length);
        places = new long[bins * placeWords];
        nonEmpty = new long[wordsFor(bins)];
        if (pages > 0) {
            giveBack(0, pages);
        }
    }

    private static int wordsFor(int bits) {
        return bits + Long.SIZE - 1 >> WORD_SHIFT;
    }

    /** Returns the bytes of Java heap that the free runs of a slab of {@code pages} take. */
    static long metadataBytes(int pages) {
        int words = wordsFor(pages);
        int bins = binOf(pages) + 1;
        return ObjectSizes.array(words, Long.BYTES)
                + ObjectSizes.array(bins * wordsFor(words), Long.BYTES)
                + ObjectSizes.array(wordsFor(bins), Long.BYTES)
                + 2 * ObjectSizes.array(words, Integer.BYTES);
    }

    /** Returns the number of free pages. */
    int freePages() {
        return freePages;
    }

    /**
     * Looks for the shortest run that is long enough, the lowest of its length; of runs of {@value #EXACT} pages and
     * more for one that is an eighth longer at most.
     *
     * @param pages 1 or more
     * @return the run, to be read with {@link #firstOf} and {@link #lengthOf}, or {@link #NONE}
     */
    long find(int pages) {
        for (int bin = nextBin(binOf(pages)); bin >= 0; bin = nextBin(bin + 1)) {
            for (int i = bin * placeWords; i < (bin + 1) * placeWords; i++) {
                for (long bits = places[i]; bits != 0; bits &= bits - 1) {
                    int word = (i - bin * placeWords << WORD_SHIFT) + Long.numberOfTrailingZeros(bits);
                    long run = findIn(word, bin, pages);
                    if (run != NONE) {
                        return run;
                    }
                }
            }
            clearIfEmpty(bin);
        }
        return NONE;
    }

    /** Returns the first page of a run that was found. */
    static int firstOf(long run) {
        return (int) run;
    }

    /** Returns the pages in a run that was found, 0 in {@link #NONE}. */
    static int lengthOf(long run) {
        return (int) (run >>> Integer.SIZE) + 1;
    }

    static long run(int first, int length) {
        return (long) (length - 1) << Integer.SIZE | first;
    }

    /** Takes the first {@code pages} of a run, which was found just now. */
    void take(int first, int length, int pages) {
        mark(first, pages, false);
        freePages -= pages;
        if (length >= Long.SIZE) { // so no other run of its bin begins in that word
            forgetPlace(binOf(length), first >> WORD_SHIFT);
        }
        if (length > pages) {
            note(first + pages, length - pages);
        }
    }

    /** Gives a run back, whole or in parts. */
    void giveBack(int first, int pages) {
        mark(first, pages, true);
        freePages += pages;
        int start = first - freeBefore(first);
        int end = first + pages;
        note(start, end + freeFrom(end) - start);
    }

    private int nextBin(int from) {
        int word = from >> WORD_SHIFT;
        if (word >= nonEmpty.length) {
            return -1;
        }
        long bits = nonEmpty[word] & -1L << from;
        while (bits == 0) {
            if (++word == nonEmpty.length) {
                return -1;
            }
            bits = nonEmpty[word];
        }
        return (word << WORD_SHIFT) + Long.numberOfTrailingZeros(bits);
    }

    /** Looks for a run of {@code bin}, of {@code pages} at least, that begins in a word of the page map. */
    private long findIn(int word, int bin, int pages) {
        boolean any = false;
        for (long starts = startsIn(word, bin); starts != 0; starts &= starts - 1) {
            int first = (word << WORD_SHIFT) + Long.numberOfTrailingZeros(starts);
            int length = freeFrom(first);
            if (binOf(length) == bin) {
                if (length >= pages) {
                    return run(first, length);
                }
                any = true;
            }
        }
        if (!any) {
            forgetPlace(bin, word);
        }
        return NONE;
    }

    private void forgetPlace(int bin, int word) {
        places[bin * placeWords + (word >> WORD_SHIFT)] &= ~(1L << word);
    }

    /** Returns the first pages of all runs of {@code bin} that begin in a word of the page map, and of few others. */
    private long startsIn(int word, int bin) {
        long bits = free[word];
        long before = word == 0 ? 0 : free[word - 1] >>> Long.SIZE - 1;
        long starts = bits & ~(bits << 1 | before);
        long reachesEnd = bits < 0 ? Long.highestOneBit(starts) : 0; // the words behind say how long it is
        return bin < EXACT
                ? starts & (startsOf(bin, bits) & ~(bits >>> bin) | reachesEnd)
                : starts & (startsOf(EXACT, bits) | reachesEnd);
    }

    /** Returns the positions at which so many set bits, at most {@link #EXACT}, follow each other. */
    private static long startsOf(int count, long bits) {
        long starts = bits;
        int counted = 1;
        for (; counted << 1 <= count; counted <<= 1) {
            starts &= starts >>> counted;
        }
        return starts & starts >>> count - counted;
    }

    private void clearIfEmpty(int bin) {
        for (int i = bin * placeWords; i < (bin + 1) * placeWords; i++) {
            if (places[i] != 0) {
                return;
            }
        }
        nonEmpty[bin >> WORD_SHIFT] &= ~(1L << bin);
    }

    /** Notes a run, with no free page before it nor behind. */
    private void note(int first, int length) {
        int bin = binOf(length);
        int word = first >> WORD_SHIFT;
        int last = first + length - 1;
        places[bin * placeWords + (word >> WORD_SHIFT)] |= 1L << word;
        nonEmpty[bin >> WORD_SHIFT] |= 1L << bin;
        if ((first & Long.SIZE - 1) + length >= Long.SIZE) {
            lengthFrom[word] = length;
        }
        if ((last & Long.SIZE - 1) < length) {
            lengthUpTo[last >> WORD_SHIFT] = length;
        }
    }

    /** Returns the length of the free run that begins with {@code page}, 0 if that is not free. */
    private int freeFrom(int page) {
        int word = page >> WORD_SHIFT;
        if (word == free.length) {
            return 0;
        }
        long taken = ~free[word] >>> page;
        return taken != 0 ? Long.numberOfTrailingZeros(taken) : lengthFrom[word];
    }

    /** Returns the length of the free run that ends before {@code page}. */
    private int freeBefore(int page) {
        if (page == 0) {
            return 0;
        }
        int word = page - 1 >> WORD_SHIFT;
        long taken = ~free[word] << -page;
        return taken != 0 ? Long.numberOfLeadingZeros(taken) : lengthUpTo[word];
    }

    private void mark(int first, int pages, boolean asFree) {
        int last = first + pages - 1;
        for (int word = first >> WORD_SHIFT; word <= last >> WORD_SHIFT; word++) {
            long bits = -1L;
            if (word == first >> WORD_SHIFT) {
                bits &= -1L << first;
            }
            if (word == last >> WORD_SHIFT) {
                bits &= -1L >>> ~last;
            }
            assert (free[word] & bits) == (asFree ? 0 : bits)
                    : "pages " + (asFree ? "given back" : "taken") + " twice: " + first + '+' + pages;
            free[word] ^= bits;
        }
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
