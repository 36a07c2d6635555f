package io.nettyslab.heap;

import io.nettyslab.memory.ObjectSizes;
import io.nettyslab.slab.RunBatch;
import io.nettyslab.slab.SizeClasses;
import io.nettyslab.slab.SlabPool;
import java.util.Arrays;

/**
 * A run of pages cut into slots of one size. It belongs to one {@link FreeList}, and through it to one heap; only
 * whoever owns the heap may call.
 *
 * <p>A span knows which of its slots it holds. The others are on the free list, handed out, or on their way home:
 * {@code slots() == slots held + slots elsewhere}. Which number it has among the spans of its list, the table knows.
 */
final class Span {

    private static final int OBJECT_BYTES = ObjectSizes.object(Integer.BYTES + Long.BYTES + 2 * Short.BYTES, 1);

    /** No number. */
    static final int NONE = -1;

    private static final long[] NO_MORE = {};

    // As small as can be: there is one for each few KiB.
    private int firstPage = SlabPool.NONE; // while retired
    private short pages;
    private short slots;
    private long held; // bit i: slot i is held here; while retired, the number of the next retired span
    private final long[] heldMore; // and of slots from 64 on, which only the smallest classes have

    /**
     * Makes a span that is retired, before span {@code nextRetired} in the list of those, for so many slots at most.
     */
    Span(int slots, int nextRetired) {
        this.held = nextRetired;
        this.heldMore = slots <= Long.SIZE ? NO_MORE : new long[(slots - 1) / Long.SIZE];
    }

    int slots() {
        return slots;
    }

    /** Returns whether no slot is here. Not while retired. */
    boolean isEmpty() {
        if (held != 0) {
            return false;
        }
        for (long more : heldMore) {
            if (more != 0) {
                return false;
            }
        }
        return true;
    }

    private int heldSlots() {
        int count = Long.bitCount(held);
        for (long more : heldMore) {
            count += Long.bitCount(more);
        }
        return count;
    }

    /**
     * Describes this span, or returns {@code null} if it is retired. Any thread may ask.
     *
     * @param ready slots that are neither here nor handed out
     */
    SpanState describe(SlabPool pool, int slotSize, int ready) {
        int first = firstPage;
        int count = slots;
        return first == SlabPool.NONE
                ? null
                : new SpanState(
                        pool.numberOf(first),
                        pool.offsetOf(first),
                        pages * SizeClasses.PAGE_SIZE,
                        slotSize,
                        count,
                        Math.min(count, Math.max(0, count - heldSlots() - ready)));
    }

    /** Returns the bytes of Java heap that this span takes; any thread may ask. */
    long metadataBytes() {
        return OBJECT_BYTES + (heldMore == NO_MORE ? 0 : ObjectSizes.array(heldMore.length, Long.BYTES));
    }

    /** Returns whether all slots are here, so that the pages can serve another size class. */
    boolean isWhole() {
        if (held != lowest(slots)) {
            return false;
        }
        for (int word = 0; word < moreWords(); word++) {
            if (heldMore[word] != more(word)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns how many words of {@code heldMore} there are slots for: a span may be shorter than others of its class.
     */
    private int moreWords() {
        return (slots - 1) / Long.SIZE;
    }

    /** Returns what a word of {@code heldMore} is if all its slots are held. */
    private long more(int word) {
        return lowest(slots - (word + 1) * Long.SIZE);
    }

    /** Returns the page that the first slot begins with, {@link SlabPool#NONE} while retired. */
    int firstPage() {
        return firstPage;
    }

    /** Starts a new life on the given run, holding all slots. */
    void open(int firstPage, int pages, int slots) {
        this.firstPage = firstPage;
        this.pages = (short) pages;
        this.slots = (short) slots;
        held = lowest(slots);
        for (int word = 0; word < moreWords(); word++) {
            heldMore[word] = more(word);
        }
    }

    /** Returns a word with so many bits, if it has as many. */
    private static long lowest(int bits) {
        return -1L >>> Math.max(0, Long.SIZE - bits);
    }

    /** Returns what {@link #retire} or the constructor was told. Only while retired. */
    int nextRetired() {
        assert firstPage == SlabPool.NONE : "in use";
        return (int) held;
    }

    /** Leaves the run to {@code into}, and notes which retired span is next. All slots must be here. */
    void retire(RunBatch into, int nextRetired) {
        assert isWhole() : "retired with " + (slots - heldSlots()) + " slots elsewhere";
        into.add(firstPage, pages);
        firstPage = SlabPool.NONE;
        held = nextRetired;
        slots = 0;
        Arrays.fill(heldMore, 0);
    }

    /** Takes the lowest slot held. There must be one. */
    int take() {
        if (held != 0) {
            int slot = Long.numberOfTrailingZeros(held);
            held &= held - 1;
            return slot;
        }
        int word = 0;
        while (heldMore[word] == 0) {
            word++;
        }
        int slot = (word + 1) * Long.SIZE + Long.numberOfTrailingZeros(heldMore[word]);
        heldMore[word] &= heldMore[word] - 1;
        return slot;
    }

    void putBack(int slot) {
        long bit = 1L << slot;
        if (slot < Long.SIZE) {
            assert (held & bit) == 0 : "slot " + slot + " put back twice";
            held |= bit;
        } else {
            assert (heldMore[slot / Long.SIZE - 1] & bit) == 0 : "slot " + slot + " put back twice";
            heldMore[slot / Long.SIZE - 1] |= bit;
        }
    }
}
