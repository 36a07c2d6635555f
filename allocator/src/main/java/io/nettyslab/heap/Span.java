package io.nettyslab.heap;

import io.nettyslab.memory.ObjectSizes;
import io.nettyslab.slab.Slab;
import io.nettyslab.slab.SlabPool;
import java.util.Arrays;

/**
 * A run of pages cut into slots of one size. It belongs to one {@link FreeList}, and through it to one heap; only
 * whoever owns the heap may call.
 *
 * <p>A span knows which of its slots it holds. The others are on the free list, handed out, or on their way home:
 * {@code slots() == heldSlots() + slots elsewhere}.
 */
final class Span {

    private static final int OBJECT_BYTES = 40; // header, two references, five ints

    private final int number; // within its free list; slot handles are made of it
    private Slab slab; // null while retired
    private int firstPage;
    private int pages;
    private int slots;
    private int heldSlots;
    private long[] held = {}; // bit i: slot i is held here

    Span(int number) {
        this.number = number;
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
        Slab where = slab;
        int count = slots;
        return where == null
                ? null
                : new SpanState(
                        pool.numberOf(firstPage),
                        where.offsetOf(firstPage),
                        pages << Slab.PAGE_SHIFT,
                        slotSize,
                        count,
                        Math.min(count, Math.max(0, count - heldSlots - ready)));
    }

    /** Returns the bytes of Java heap that this span takes; any thread may ask. */
    long metadataBytes() {
        return OBJECT_BYTES + ObjectSizes.array(held.length, Long.BYTES);
    }

    /** Returns whether all slots are here, so that the pages can serve another size class. */
    boolean isWhole() {
        return heldSlots == slots;
    }

    Slab slab() {
        return slab;
    }

    /** Returns where slot {@code slot} starts, in bytes from the start of the slab. */
    int offsetOf(int slot, int slotSize) {
        return slab.offsetOf(firstPage) + slot * slotSize;
    }

    /** Starts a new life on the given run, holding all slots. */
    void open(SlabPool pool, int firstPage, int pages, int slots) {
        int words = (slots + Long.SIZE - 1) / Long.SIZE;
        if (held.length < words) {
            held = new long[words];
        }
        this.slab = pool.slabOf(firstPage);
        this.firstPage = firstPage;
        this.pages = pages;
        this.slots = slots;
        this.heldSlots = slots;
        for (int word = 0; word < words; word++) {
            held[word] = -1L >>> Math.max(0, (word + 1) * Long.SIZE - slots);
        }
    }

    /** Gives the run back. All slots must be here. */
    void retire(SlabPool pool) {
        assert isWhole() : "retired with " + (slots - heldSlots) + " slots elsewhere";
        slab = null;
        Arrays.fill(held, 0L);
        pool.giveBack(firstPage, pages);
    }

    /** Takes the lowest slot held. There must be one. */
    int take() {
        int word = 0;
        while (held[word] == 0) {
            word++;
        }
        int slot = word * Long.SIZE + Long.numberOfTrailingZeros(held[word]);
        held[word] &= held[word] - 1;
        heldSlots--;
        return slot;
    }

    void putBack(int slot) {
        long bit = 1L << slot;
        assert (held[slot >> 6] & bit) == 0 : "slot " + slot + " put back twice";
        held[slot >> 6] |= bit;
        heldSlots++;
    }
}
