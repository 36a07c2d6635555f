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
import java.util.stream.Stream;

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
        ready.map(handle -> handle >>> slotBits)
                .filter(number -> number < readySlots.length)
                .forEach(number -> readySlots[number]++);
        all().filter(span -> span.number() < readySlots.length)
                .map(span -> span.describe(pool, slotSize, readySlots[span.number()]))
                .filter(Objects::nonNull)
                .forEach(to);
    }

    /** Returns all spans, retired ones too; any thread may ask. */
    private Stream<Span> all() {
        return Arrays.stream(blocks)
                .filter(Objects::nonNull)
                .flatMap(Arrays::stream)
                .filter(Objects::nonNull);
    }

    /** Returns the bytes of Java heap that the spans and their tables take; any thread may ask. */
    long metadataBytes() {
        long blocksMade = Arrays.stream(blocks).filter(Objects::nonNull).count();
        return ObjectSizes.array(blocks.length, ObjectSizes.REFERENCE)
                + blocksMade * ObjectSizes.array(BLOCK, ObjectSizes.REFERENCE)
                + ObjectSizes.array(holding.length, Long.BYTES)
                + all().mapToLong(Span::metadataBytes).sum();
    }

    /** Returns one more than the largest handle that can occur now. */
    int handleLimit() {
        return numbers << slotBits;
    }

    Memory memoryOf(int handle) {
        return pool.memoryOf(spanOf(handle).firstPage());
    }

    /** Returns the native address of the slab, or 0 if there is none to tell; any thread may ask. */
    long addressOf(int handle) {
        return pool.addressOf(spanOf(handle).firstPage());
    }

    int offsetOf(int handle) {
        return pool.offsetOf(spanOf(handle).firstPage()) + slotOf(handle) * slotSize;
    }

    /** Returns whether there is a slot to take. */
    boolean holdAny() {
        return lowestHolding() != null;
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
            Span span = lowestHolding();
            if (span == null) {
                break;
            }
            int base = span.number() << slotBits;
            while (taken < most && !span.isEmpty()) {
                into[taken++] = base | span.take();
            }
            if (span.isEmpty()) {
                noteEmpty(span);
            }
        }
        return taken;
    }

    /**
     * Puts a slot back into its span.
     *
     * @return the span, if all its slots are home now, otherwise {@code null}
     */
    Span putBack(int handle) {
        Span span = spanOf(handle);
        span.putBack(slotOf(handle));
        markHolding(span);
        return span.isWhole() ? span : null;
    }

    /** Makes sure that so many spans can be opened: the objects are there. */
    void makeRoom(int count) {
        while (retired < count) {
            addSpan();
        }
    }

    /**
     * Makes a span of the given run, which was taken from the pool, with as many slots as fit. There must be room for it, see
     * {@link #makeRoom}.
     */
    void open(int firstPage, int pages) {
        Span span = span(firstRetired);
        firstRetired = span.nextRetired();
        retired--;
        int fitting = pages * SizeClasses.PAGE_SIZE / slotSize;
        span.open(firstPage, pages, Math.min(fitting, slotsPerSpan));
        slots += span.slots();
        markHolding(span);
    }

    /** Leaves the pages of a span, whose slots must all be home, to {@code into}. */
    void retire(Span span, RunBatch into) {
        slots -= span.slots();
        noteEmpty(span);
        span.retire(into, firstRetired);
        firstRetired = span.number();
        retired++;
    }

    /** Returns the first handle of {@code span}; the others follow. */
    int firstHandle(Span span) {
        return span.number() << slotBits;
    }

    private void markHolding(Span span) {
        int word = span.number() >> WORD_SHIFT;
        holding[word] |= 1L << span.number();
        firstHolding = Math.min(firstHolding, word);
    }

    private void noteEmpty(Span span) {
        holding[span.number() >> WORD_SHIFT] &= ~(1L << span.number());
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
        Span span = new Span(numbers, slotsPerSpan, firstRetired);
        blocks[block][numbers & BLOCK - 1] = span;
        firstRetired = numbers++;
        retired++;
    }

    private Span lowestHolding() {
        int words = numbers + Long.SIZE - 1 >> WORD_SHIFT;
        for (int word = firstHolding; word < words; word++) {
            long bits = holding[word];
            if (bits != 0) {
                firstHolding = word;
                return span((word << WORD_SHIFT) + Long.numberOfTrailingZeros(bits));
            }
        }
        firstHolding = words;
        return null;
    }

    private Span spanOf(int handle) {
        return span(handle >>> slotBits);
    }

    private Span span(int number) {
        return blocks[number >> BLOCK_SHIFT][number & BLOCK - 1];
    }

    private int slotOf(int handle) {
        return handle & (1 << slotBits) - 1;
    }
}
