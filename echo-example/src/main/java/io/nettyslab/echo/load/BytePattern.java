package io.nettyslab.echo.load;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The endless byte stream of one connection. Any part of it can be written and checked knowing only its position.
 *
 * <p>The stream is a sequence of 64-bit words, big-endian; word {@code i} is {@code start + i * STEP}. The step is odd,
 * so no word comes twice in a stream, and streams of other connections start elsewhere at random: bytes that are lost,
 * doubled, swapped, changed or taken from another connection cannot match. It costs one addition for eight bytes, so
 * that the client spends its time on sockets.
 */
final class BytePattern {

    /** 2^64 divided by the golden ratio, odd: neighbouring words differ in about half of their bits. */
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long start;

    /**
     * Makes the stream of a connection.
     *
     * @param seed of the whole run
     * @param connection number of the connection
     */
    BytePattern(long seed, int connection) {
        this.start = mix(seed + mix(connection));
    }

    /** The finisher of SplitMix64: spreads small numbers over all 64 bits. */
    static long mix(long value) {
        long x = value + STEP;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    private long wordAt(long position) {
        return start + (position >>> 3) * STEP;
    }

    byte byteAt(long position) {
        return (byte) (wordAt(position) >>> (56 - ((position & 7) << 3)));
    }

    /**
     * Appends a part of the stream to a buffer that has the room for it.
     *
     * @param target buffer of one piece
     * @param position of the first byte in the stream
     * @param length number of bytes
     */
    void write(ByteBuf target, long position, int length) {
        // One view for all of it: a bounds check per part instead of one per word, and no garbage.
        ByteBuffer view = target.internalNioBuffer(target.writerIndex(), length);
        int index = view.position();
        int end = index + length;
        long at = position;
        while (index < end && (at & 7) != 0) {
            view.put(index++, byteAt(at++));
        }
        for (long word = wordAt(at); index <= end - Long.BYTES; index += Long.BYTES, at += Long.BYTES, word += STEP) {
            WORD.set(view, index, word);
        }
        while (index < end) {
            view.put(index++, byteAt(at++));
        }
        target.writerIndex(target.writerIndex() + length);
    }

    /**
     * Compares the first readable bytes of a buffer with the stream.
     *
     * @param source what was received
     * @param length number of bytes to compare
     * @param position where the first of them belongs in the stream
     * @return index of the first byte that differs, counted from the first readable one; -1 if there is none
     */
    int firstDifference(ByteBuf source, int length, long position) {
        ByteBuffer view = source.nioBufferCount() == 1
                ? source.internalNioBuffer(source.readerIndex(), length)
                : source.nioBuffer(
                        source.readerIndex(),
                        length); // a buffer of many pieces is not what transports read, but stays correct
        int begin = view.position();
        int end = begin + length;
        int aligned = Math.min(end, begin + (int) (-position & 7));
        int different = compareBytes(view, begin, aligned, position);
        if (different < 0) {
            int index = skipEqualWords(view, aligned, end, position + (aligned - begin));
            // What is left is shorter than a word, or begins with the word that differs.
            different = compareBytes(view, index, end, position + (index - begin));
        }
        return different < 0 ? -1 : different - begin;
    }

    private int skipEqualWords(ByteBuffer view, int from, int to, long position) {
        int index = from;
        long word = wordAt(position);
        while (index <= to - Long.BYTES && (long) WORD.get(view, index) == word) {
            index += Long.BYTES;
            word += STEP;
        }
        return index;
    }

    /** Returns the index of the first differing byte within [from, to), -1 if there is none. */
    private int compareBytes(ByteBuffer view, int from, int to, long position) {
        for (int index = from; index < to; index++) {
            if (view.get(index) != byteAt(position + (index - from))) {
                return index;
            }
        }
        return -1;
    }
}
