package io.nettyslab.bound;

import io.netty.buffer.ByteBuf;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.SlabExhaustedError;
import io.nettyslab.testing.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Buffers of one allocator, held until it is full. */
final class Stock {

    private final SlabByteBufAllocator allocator;
    private final Kind kind;
    private final List<ByteBuf> buffers = new ArrayList<>();

    Stock(SlabByteBufAllocator allocator, Kind kind) {
        this.allocator = allocator;
        this.kind = kind;
    }

    /** Takes buffers until one is refused; returns how many it got. */
    int fill(int capacity) {
        int before = buffers.size();
        try {
            for (; ; ) {
                buffers.add(kind.allocate(allocator, capacity));
            }
        } catch (SlabExhaustedError full) {
            return buffers.size() - before;
        }
    }

    void releaseAll() {
        buffers.forEach(ByteBuf::release);
        buffers.clear();
    }

    /** Releases each buffer with the given probability. */
    void releaseSome(double share, SplittableRandom random) {
        buffers.removeIf(buffer -> random.nextDouble() < share && buffer.release());
    }

    List<ByteBuf> buffers() {
        return buffers;
    }
}
