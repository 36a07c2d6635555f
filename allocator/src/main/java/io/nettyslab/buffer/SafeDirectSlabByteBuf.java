package io.nettyslab.buffer;

import io.nettyslab.memory.Memory;
import java.nio.ByteBuffer;

/** Direct memory by position in its block, where Netty has no {@code Unsafe}. */
final class SafeDirectSlabByteBuf extends DirectSlabByteBuf {

    private ByteBuffer block;
    private int position; // of byte 0

    @Override
    void bindMemory(Memory memory, int offset) {
        block = memory.buffer();
        position = offset;
    }

    @Override
    void unbindMemory() {
        block = null;
    }

    @Override
    void swapMemory(SlabByteBuf other) {
        SafeDirectSlabByteBuf that = (SafeDirectSlabByteBuf) other;
        ByteBuffer mine = block;
        block = that.block;
        that.block = mine;
        int myPosition = position;
        position = that.position;
        that.position = myPosition;
    }

    @Override
    ByteBuffer memory() {
        return block;
    }

    @Override
    long place() {
        return position;
    }

    @Override
    long address() {
        Memory memory = home().memoryOf(handle()); // gone, perhaps, where nobody has this buffer
        long base = memory == null ? 0 : memory.address();
        return base == 0 ? 0 : base + position;
    }

    @Override
    ByteBuffer block() {
        return block;
    }

    @Override
    int at(int index) {
        return position + index;
    }
}
