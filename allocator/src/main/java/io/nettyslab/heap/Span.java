package io.nettyslab.heap;

import io.nettyslab.memory.ObjectSizes;
import io.nettyslab.slab.RunBatch;
import io.nettyslab.slab.SizeClasses;
import io.nettyslab.slab.SlabPool;

/**
 * A run of pages cut into slots of one size. It belongs to one {@link FreeList}, and through it to one heap; only
 * whoever owns the heap may call.
 *
 * <p>A span knows which of its slots it holds. The others are on the free list, handed out, or on their way home:
 * {@code slots() == heldSlots() + slots elsewhere}.
 */
final class Span {

    private static final int OBJECT_BYTES = 40; // header, reference, two ints, a long, three shorts

    /** No number. */
    static final int NONE = -1;

    private static final long[] NO_MORE = {};

    // As small as can be: there is one for each few KiB.
    private final int number; // within its free list; slot handles are made of it
    private int firstPage = SlabPool.NONE; // while retired
    private short pages;
    private short slots;
    private short heldSlots;
    private long held; // bit i: slot i is held here; while retired, the number of the next retired span
    private final long[] heldMore; // and of slots from 64 on, which only the smallest classes have

    /** Makes a span that is retired, before span {@code nextRetired} in the list of those, for so many slots at most. */
    Span(int number, int slots, int nextRetired) {
        this.number = number;
        this.held = nextRetired;
        this.heldMore = slots <= Long.SIZE ? NO_MORE : new long[(slots - 1) / Long.SIZE];
    }

    int number() {
        return number;
    }

    int slots() {
        return slots;
    }

    boolean isEmpty() {
        return heldSlots == 0;
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
                        Math.min(count, Math.max(0, count - heldSlots - ready)));
    }

    /** Returns the bytes of Java heap that this span takes; any thread may ask. */
    long metadataBytes() {
        return OBJECT_BYTES + (heldMore == NO_MORE ? 0 : ObjectSizes.array(heldMore.length, Long.BYTES));
    }

    /** Returns whether all slots are here, so that the pages can serve another size class. */
    boolean isWhole() {
        return heldSlots == slots;
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
        this.heldSlots = (short) slots;
        held = lowest(slots);
        for (int word = 0; word < (slots - 1) / Long.SIZE; word++) {
            heldMore[word] = lowest(slots - (word + 1) * Long.SIZE);
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
        assert isWhole() : "retired with " + (slots - heldSlots) + " slots elsewhere";
        into.add(firstPage, pages);
        firstPage = SlabPool.NONE;
        held = nextRetired;
        heldSlots = 0;
        slots = 0;
        for (int word = 0; word < heldMore.length; word++) {
            heldMore[word] = 0;
        }
    }

    /** Takes the lowest slot held. There must be one. */
    int take() {
        heldSlots--;
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
        heldSlots++;
    }
}
