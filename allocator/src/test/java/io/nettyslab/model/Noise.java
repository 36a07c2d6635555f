package io.nettyslab.model;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Contents that are different for each buffer at every byte: a window onto random bytes, at a place of its own. */
final class Noise {

    private static final int PLACES = 1 << 20;

    private final byte[] bytes;
    private final byte[] read;

    Noise(int largest, SplittableRandom random) {
        bytes = new byte[PLACES + largest];
        read = new byte[largest];
        random.nextBytes(bytes);
    }

    /** Writes what belongs at {@code from} to {@code to} of buffer {@code id}. */
    void set(ByteBuf buffer, long id, int from, int to) {
        buffer.setBytes(from, bytes, placeOf(id) + from, to - from);
    }

    /** Appends what belongs at the writer index of buffer {@code id}. */
    void write(ByteBuf buffer, long id, int length) {
        buffer.writeBytes(bytes, placeOf(id) + buffer.writerIndex(), length);
    }

    /** Returns the first byte below {@code length} that is not what belongs there, or -1. */
    int mismatch(ByteBuf buffer, long id, int length) {
        buffer.getBytes(0, read, 0, length);
        int place = placeOf(id);
        return Arrays.mismatch(read, 0, length, bytes, place, place + length);
    }

    private static int placeOf(long id) {
        return (int) (id * 0x9E3779B97F4A7C15L >>> 44);
    }
}
