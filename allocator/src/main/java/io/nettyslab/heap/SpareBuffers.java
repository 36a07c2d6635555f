package io.nettyslab.heap;

import io.nettyslab.buffer.SlabByteBuf;
import io.nettyslab.memory.MemoryKind;
import io.nettyslab.memory.ObjectSizes;
import java.util.Arrays;

/**
 * Buffer objects of one heap and one kind of memory whose span was given back, or whose slot is held in its span and
 * needs none, kept for whatever slot needs one next. Only whoever owns the heap may call, but for
 * {@link #metadataBytes}.
 */
final class SpareBuffers {

    /** More are left to the garbage collector. */
    private static final int MOST = 1024;

    private final MemoryKind kind;
    private SlabByteBuf[] spare = new SlabByteBuf[16];
    private int count;
    private int made; // objects, ever

    SpareBuffers(MemoryKind kind) {
        this.kind = kind;
    }

    SlabByteBuf take() {
        if (count == 0) {
            makeRoomForOneMore();
            return SlabByteBuf.make(kind);
        }
        SlabByteBuf buf = spare[--count];
        spare[count] = null;
        return buf;
    }

    void keep(SlabByteBuf buf) {
        buf.unbind();
        if (count < spare.length) {
            spare[count++] = buf;
        }
    }

    /** Not when one is kept: giving a span back must not fail half-way for want of memory. */
    private void makeRoomForOneMore() {
        if (++made > spare.length && spare.length < MOST) {
            spare = Arrays.copyOf(spare, 2 * spare.length);
        }
    }

    /** Returns the bytes of Java heap taken by what is spare; any thread may ask. */
    long metadataBytes() {
        return ObjectSizes.array(spare.length, ObjectSizes.REFERENCE) + (long) count * SlabByteBuf.OBJECT_BYTES;
    }
}
