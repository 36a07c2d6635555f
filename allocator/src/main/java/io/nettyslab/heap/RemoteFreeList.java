package io.nettyslab.heap;

import io.nettyslab.buffer.SlabByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Buffers of one free list that were released by threads that do not own it, until the owner takes them.
 *
 * <p>Any thread may push, lock-free, with one compare-and-set; one thread at a time may take, wait-free, and takes all.
 * Since nobody takes single buffers, a buffer that is pushed again cannot be mistaken for its former self (no ABA).
 */
final class RemoteFreeList {

    private static final VarHandle HEAD = MethodHandles.arrayElementVarHandle(SlabByteBuf[].class);

    /** References on either side that keep other data off the head's cache line, and off the line next to it. */
    private static final int PAD = 32;

    /**
     * Only the middle element is used: the latest pushed buffer. The compare-and-set of a push publishes the buffer,
     * the chain behind it and all that its users did; it pairs with the get-and-set of {@link #takeAll()}.
     */
    private final SlabByteBuf[] head = new SlabByteBuf[2 * PAD];

    void push(SlabByteBuf buf) {
        SlabByteBuf latest;
        do {
            latest = latest();
            buf.chainTo(latest);
        } while (!HEAD.compareAndSet(head, PAD, latest, buf));
    }

    /** Takes the whole chain; {@code null} if it is empty. */
    SlabByteBuf takeAll() {
        return latest() == null ? null : (SlabByteBuf) HEAD.getAndSet(head, PAD, null);
    }

    /**
     * Returns how many buffers wait. Any thread may ask; it counts them, which is exact if nobody pushes or takes
     * meanwhile, and ends in any case.
     *
     * @param most where to stop counting
     */
    int length(int most) {
        return lengthOf(latest(), most);
    }

    /** Returns the length of a chain, which may be changing. */
    static int lengthOf(SlabByteBuf chain, int most) {
        return (int) chained(chain, most).count();
    }

    /** Returns the buffers that wait, at most {@code most} of them. Any thread may ask. */
    Stream<SlabByteBuf> waiting(int most) {
        return chained(latest(), most);
    }

    /** Returns the buffers of a chain, which may be changing. */
    static Stream<SlabByteBuf> chained(SlabByteBuf chain, int most) {
        return Stream.iterate(chain, Objects::nonNull, SlabByteBuf::next).limit(most);
    }

    private SlabByteBuf latest() {
        return (SlabByteBuf) HEAD.getVolatile(head, PAD);
    }
}
