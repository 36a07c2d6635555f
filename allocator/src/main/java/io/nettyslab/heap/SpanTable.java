package io.nettyslab.heap;

import io.nettyslab.memory.Memory;
import io.nettyslab.memory.ObjectSizes;
import io.nettyslab.slab.RunBatch;
import io.nettyslab.slab.SizeClasses;
import io.nettyslab.slab.SlabPool;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The spans of one size class in one heap, numbered. A slot handle is
 *
 * <pre>
 *   | span number                      | slot in span |
 *   31                          slotBits 0
 * </pre>
 *
 * <p>Slots are taken from the lowest-numbered span that holds any, so that low spans stay full and high ones drain and
 * give their pages back. Numbers of retired spans are used again, with their objects.
 *
 * <p>Only whoever owns the heap may call.
 */
final class SpanTable {

    private static final int BLOCK_SHIFT = 4;
    private static final int BLOCK = 1 << BLOCK_SHIFT;
    private static final int FIRST_BLOCKS = 8;
    private static final int WORD_SHIFT = 6;
    private static final int FIRST_WORDS = 2;

    private final SlabPool pool;
    private final int slotSize;
    private final int slotsPerSpan; // but for spans that are shorter
    private final int slotBits;

    /**
     * Spans by their numbers, {@value #BLOCK} in a block, so that a table that grows has little to copy. Volatile: a
     * grown array is published with its content to threads that ask where their buffer lies.
     */
    private volatile Span[][] blocks = new Span[FIRST_BLOCKS][];

    private int numbers; // in use or retired
    private int retired; // spans without a run
    private int firstRetired = Span.NONE; // number of one of them, which knows the next
    private long[] holding = new long[FIRST_WORDS]; // bit n: span n holds a slot
    private int firstHolding; // no word of holding before this one has a bit
    private int slots; // in all open spans; read by metrics

    SpanTable(SlabPool pool, int sizeClass) {
        this.pool = pool;
        this.slotSize = SizeClasses.slotSize(sizeClass);
        this.slotsPerSpan = SizeClasses.slotsPerSpan(sizeClass);
        this.slotBits = Integer.SIZE - Integer.numberOfLeadingZeros(slotsPerSpan - 1);
    }

    /** Returns the slots of all open spans; any thread may ask. */
    int slots() {
        return slots;
    }

    /**
     * Describes each open span; any thread may ask.
     *
     * @param ready handles of slots that are neither in a span nor handed out
     */
    void describe(IntStream ready, Consumer<SpanState> to) {
        int[] readySlots = new int[blocks.length << BLOCK_SHIFT];
        ready.map(this::numberOf).filter(number -> number < readySlots.length).forEach(number -> readySlots[number]++);
        IntStream.range(0, readySlots.length)
                .mapToObj(number -> describe(number, readySlots[number]))
                .filter(Objects::nonNull)
                .forEach(to);
    }

    private SpanState describe(int number, int ready) {
        Span span = spanOrNull(number);
        return span == null ? null : span.describe(pool, slotSize, ready);
    }

    /** Returns a span, retired or not, or {@code null} if there never was one of that number; any thread may ask. */
    private Span spanOrNull(int number) {
        Span[] block = blocks[number >> BLOCK_SHIFT];
        return block == null ? null : block[number & BLOCK - 1];
    }

    /** Returns the bytes of Java heap that the spans and their tables take; any thread may ask. */
    long metadataBytes() {
        Span[][] seen = blocks;
        long blocksMade = Arrays.stream(seen).filter(Objects::nonNull).count();
        return ObjectSizes.array(seen.length, ObjectSizes.REFERENCE)
                + blocksMade * ObjectSizes.array(BLOCK, ObjectSizes.REFERENCE)
                + ObjectSizes.array(holding.length, Long.BYTES)
                + IntStream.range(0, seen.length << BLOCK_SHIFT)
                        .mapToObj(this::spanOrNull)
                        .filter(Objects::nonNull)
                        .mapToLong(Span::metadataBytes)
                        .sum();
    }

    /** Returns one more than the largest handle that can occur now. */
    int handleLimit() {
        return numbers << slotBits;
    }

    /** Returns the slab, or {@code null} if it is gone; any thread may ask. */
    Memory memoryOf(int handle) {
        return pool.memoryOf(spanOf(handle).firstPage());
    }

    int offsetOf(int handle) {
        return pool.offsetOf(spanOf(handle).firstPage()) + slotOf(handle) * slotSize;
    }

    /** Returns whether there is a slot to take. */
    boolean holdAny() {
        return lowestHolding() != Span.NONE;
    }

    /**
     * Moves slots from spans to the caller.
     *
     * @param into where their handles are written, from index 0
     * @param most how many to take at most
     * @return how many were taken
     */
    int take(int[] into, int most) {
        int taken = 0;
        while (taken < most) {
            int number = lowestHolding();
            if (number == Span.NONE) {
                break;
            }
            Span span = span(number);
            int base = number << slotBits;
            while (taken < most && !span.isEmpty()) {
                into[taken++] = base | span.take();
            }
            if (span.isEmpty()) {
                noteEmpty(number);
            }
        }
        return taken;
    }

    /**
     * Puts a slot back into its span.
     *
     * @return whether all slots of the span are home now
     */
    boolean putBack(int handle) {
        Span span = spanOf(handle);
        span.putBack(slotOf(handle));
        markHolding(numberOf(handle));
        return span.isWhole();
    }

    /** Makes sure that so many spans can be opened: the objects are there. */
    void makeRoom(int count) {
        while (retired < count) {
            addSpan();
        }
    }

    /**
     * Makes a span of the given run, which was taken from the pool, with as many slots as fit. There must be room for
     * it, see {@link #makeRoom}.
     */
    void open(int firstPage, int pages) {
        int number = firstRetired;
        Span span = span(number);
        firstRetired = span.nextRetired();
        retired--;
        int fitting = pages * SizeClasses.PAGE_SIZE / slotSize;
        span.open(firstPage, pages, Math.min(fitting, slotsPerSpan));
        slots += span.slots();
        markHolding(number);
    }

    /** Leaves the pages of the span that has this slot, and holds all others, to {@code into}. */
    void retire(int handle, RunBatch into) {
        int number = numberOf(handle);
        Span span = span(number);
        slots -= span.slots();
        noteEmpty(number);
        span.retire(into, firstRetired);
        firstRetired = number;
        retired++;
    }

    /** Returns the first handle of the span that has this slot; the others follow. */
    int firstHandle(int handle) {
        return numberOf(handle) << slotBits;
    }

    /** Returns how many slots the span has that has this one. */
    int slotsOfSpan(int handle) {
        return spanOf(handle).slots();
    }

    private void markHolding(int number) {
        int word = number >> WORD_SHIFT;
        holding[word] |= 1L << number;
        firstHolding = Math.min(firstHolding, word);
    }

    private void noteEmpty(int number) {
        holding[number >> WORD_SHIFT] &= ~(1L << number);
    }

    /** Adds a number, with a span that is retired. */
    private void addSpan() {
        int block = numbers >> BLOCK_SHIFT;
        if (block == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * block);
        }
        if (numbers >> WORD_SHIFT == holding.length) {
            holding = Arrays.copyOf(holding, 2 * holding.length);
        }
        if (blocks[block] == null) {
            blocks[block] = new Span[BLOCK];
        }
        Span span = new Span(slotsPerSpan, firstRetired);
        blocks[block][numbers & BLOCK - 1] = span;
        firstRetired = numbers++;
        retired++;
    }

    /** Returns the lowest number of a span that holds a slot, or {@link Span#NONE}. */
    private int lowestHolding() {
        int words = numbers + Long.SIZE - 1 >> WORD_SHIFT;
        for (int word = firstHolding; word < words; word++) {
            long bits = holding[word];
            if (bits != 0) {
                firstHolding = word;
                return (word << WORD_SHIFT) + Long.numberOfTrailingZeros(bits);
            }
        }
        firstHolding = words;
        return Span.NONE;
    }

    private int numberOf(int handle) {
        return handle >>> slotBits;
    }

    private Span spanOf(int handle) {
        return span(numberOf(handle));
    }

    private Span span(int number) {
        return blocks[number >> BLOCK_SHIFT][number & BLOCK - 1];
    }

    private int slotOf(int handle) {
        return handle & (1 << slotBits) - 1;
    }
}
