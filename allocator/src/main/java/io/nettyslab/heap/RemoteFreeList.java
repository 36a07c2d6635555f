package io.nettyslab.heap;

import io.nettyslab.buffer.AwayLink;
import io.nettyslab.buffer.SlabByteBuf;
import io.nettyslab.memory.ObjectSizes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Buffers of one free list that were released by threads that do not own it, until the owner takes them.
 *
 * <p>They wait in a few chains, linked by handles like those that are ready. In several, because whoever walks along a
 * chain waits at each buffer for a cache line that another core has written: along several at a time he waits for
 * several at once. Buffers that the list's table does not show wait in a chain of their own, of {@link AwayLink}s.
 *
 * <p>Any thread may push, lock-free, with one compare-and-set; one thread at a time may take, wait-free, and takes a
 * whole chain. Since nobody takes single buffers, a push that finds the same head twice finds a chain of the same
 * length that begins with the same buffer, which is all that it relies on: ABA does no harm.
 */
final class RemoteFreeList {

    /** Chains of buffers that are linked by handles. A power of two. */
    static final int CHAINS = 4;

    /** A chain without buffers. */
    static final long EMPTY = chain(0, FreeList.NONE);

    private static final VarHandle HEAD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle AWAY;

    static {
        try {
            AWAY = MethodHandles.lookup().findVarHandle(RemoteFreeList.class, "away", AwayLink.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Elements on either side that keep other data off the heads' cache line. */
    private static final int PAD = 8;

    /**
     * The chains, in the middle; see {@link #chain}. The compare-and-set of a push publishes the buffer, the chain
     * behind it and all that its users did; it pairs with the get-and-set of {@link #takeAll}.
     */
    private final long[] heads = new long[2 * PAD + CHAINS];

    /** The latest pushed buffer that is away. Published and taken as the others are. */
    private AwayLink away;

    RemoteFreeList() {
        for (int i = 0; i < CHAINS; i++) {
            heads[PAD + i] = EMPTY;
        }
        VarHandle.releaseFence(); // a buffer may reach other threads without any
    }

    /** Describes a chain: how many buffers it has, and the handle of the first. */
    private static long chain(int length, int first) {
        return (long) length << Integer.SIZE | Integer.toUnsignedLong(first);
    }

    static int firstOf(long chain) {
        return (int) chain;
    }

    static int lengthOf(long chain) {
        return (int) (chain >>> Integer.SIZE);
    }

    /** Describes what is left of a chain without its first buffer. */
    static long behindFirst(long chain, int second) {
        return chain(lengthOf(chain) - 1, second);
    }

    void push(SlabByteBuf buf) {
        if (buf.isAway()) {
            pushAway(buf);
            return;
        }
        int handle = buf.handle();
        int at = PAD + (handle & CHAINS - 1);
        long latest;
        do {
            latest = (long) HEAD.getVolatile(heads, at);
            buf.linkTo(firstOf(latest));
        } while (!HEAD.compareAndSet(heads, at, latest, chain(lengthOf(latest) + 1, handle)));
    }

    private void pushAway(SlabByteBuf buf) {
        AwayLink link = buf.awayLink();
        AwayLink latest;
        do {
            latest = (AwayLink) AWAY.getVolatile(this);
            link.chainTo(latest);
        } while (!AWAY.compareAndSet(this, latest, link));
    }

    /**
     * Takes all chains.
     *
     * @param into where they are written; all {@link #EMPTY} before
     * @return how many buffers they have
     */
    int takeAll(long[] into) {
        int length = 0;
        for (int number = 0; number < CHAINS; number++) {
            if (waiting(number) != EMPTY) {
                into[number] = (long) HEAD.getAndSet(heads, PAD + number, EMPTY);
                length += lengthOf(into[number]);
            }
        }
        return length;
    }

    /** Returns a chain and leaves it; any thread may ask. */
    long waiting(int number) {
        return (long) HEAD.getVolatile(heads, PAD + number);
    }

    /** Takes all buffers that are away; {@code null} if there are none. */
    AwayLink takeAllAway() {
        return AWAY.getVolatile(this) == null ? null : (AwayLink) AWAY.getAndSet(this, null);
    }

    /**
     * Returns how many buffers wait, and makes no object. Any thread may ask.
     *
     * @param most where to stop counting those that are away
     */
    int length(int most) {
        int length = 0;
        for (int number = 0; number < CHAINS; number++) {
            length += lengthOf(waiting(number));
        }
        AwayLink link = (AwayLink) AWAY.getVolatile(this);
        for (int count = 0; link != null && count < most; count++) {
            length++;
            link = link.next();
        }
        return length;
    }

    /** Returns the buffers that are away and wait, at most so many. Any thread may ask: the chain may be changing. */
    Stream<SlabByteBuf> waitingAway(int most) {
        return Stream.iterate((AwayLink) AWAY.getVolatile(this), Objects::nonNull, AwayLink::next)
                .limit(most)
                .map(AwayLink::buffer);
    }

    /** Returns the bytes of Java heap that this takes. */
    static long metadataBytes() {
        return ObjectSizes.array(2 * PAD + CHAINS, Long.BYTES);
    }
}
