package io.nettyslab.buffer;

import io.nettyslab.memory.DirectAccess;
import io.nettyslab.memory.Memory;
import java.nio.ByteBuffer;

/** Direct memory by native address, where Netty has {@code Unsafe}. Its block is asked for where that is no use. */
final class RawDirectSlabByteBuf extends DirectSlabByteBuf {

    private long address; // of byte 0

    @Override
    void bindMemory(Memory memory, int offset) {
        address = DirectAccess.place(memory, offset);
    }

    @Override
    void unbindMemory() {
        // It keeps nothing reachable.
    }

    @Override
    void swapMemory(SlabByteBuf other) {
        RawDirectSlabByteBuf that = (RawDirectSlabByteBuf) other;
        long mine = address;
        address = that.address;
        that.address = mine;
    }

    @Override
    ByteBuffer memory() {
        return null;
    }

    @Override
    long place() {
        return address;
    }

    @Override
    long address() {
        return address;
    }

    @Override
    ByteBuffer block() {
        return ownMemory().buffer();
    }

    @Override
    int at(int index) {
        return (int) (address - ownMemory().address()) + index;
    }
}
