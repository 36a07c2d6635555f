package io.nettyslab.comparison;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.nettyslab.testing.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Buffers in the slots next to those under test, filled with a pattern to the last byte of the slot. */
final class Neighbours {

    private static final int MAX_BYTES_PER_CLASS = 1 << 18;
    private static final int MAX_PAIRS_PER_CLASS = 64;

    private final List<ByteBuf> buffers = new ArrayList<>();

    private Neighbours() {}

    /** Fills slots for each capacity and leaves every other one free, which the next requests will take. */
    static Neighbours around(ByteBufAllocator allocator, Kind kind, int... capacities) {
        Neighbours neighbours = new Neighbours();
        for (int capacity : capacities) {
            neighbours.settle(allocator, kind, capacity);
        }
        return neighbours;
    }

    private void settle(ByteBufAllocator allocator, Kind kind, int capacity) {
        int pairs = Math.max(1, Math.min(MAX_PAIRS_PER_CLASS, MAX_BYTES_PER_CLASS / Math.max(1, capacity)));
        List<ByteBuf> holes = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            holes.add(kind.allocate(allocator, capacity));
            buffers.add(filled(kind.allocate(allocator, capacity)));
        }
        holes.forEach(ByteBuf::release);
    }

    private static ByteBuf filled(ByteBuf buffer) {
        return buffer.writeBytes(pattern(buffer.maxFastWritableBytes()));
    }

    void demandUnharmed() {
        for (ByteBuf buffer : buffers) {
            byte[] content = new byte[buffer.writerIndex()];
            buffer.getBytes(0, content);
            int at = Arrays.mismatch(content, pattern(content.length));
            if (at >= 0) {
                throw new AssertionError("byte " + at + " of a neighbour was overwritten: " + buffer);
            }
        }
    }

    void release() {
        buffers.forEach(ByteBuf::release);
    }

    private static byte[] pattern(int length) {
        byte[] pattern = new byte[length];
        for (int i = 0; i < length; i++) {
            pattern[i] = (byte) (0xC5 + 31 * i);
        }
        return pattern;
    }
}
