package io.nettyslab.buffer;

import io.netty.buffer.ByteBuf;
import io.nettyslab.memory.HeapAccess;
import io.nettyslab.memory.HeapSearch;
import io.nettyslab.memory.Memory;
import io.nettyslab.memory.MemoryKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Access to a slot of heap memory: the {@code byte[]} of the whole slab. */
final class HeapSlabByteBuf extends SlabByteBuf {

    private byte[] memory;
    private int offset; // of byte 0 in it

    @Override
    MemoryKind kind() {
        return MemoryKind.HEAP;
    }

    @Override
    void bindMemory(Memory memory, int offset) {
        this.memory = memory.array();
        this.offset = memory.start() + offset;
    }

    @Override
    void unbindMemory() {
        memory = null;
    }

    @Override
    void swapMemory(SlabByteBuf other) {
        HeapSlabByteBuf that = (HeapSlabByteBuf) other;
        byte[] mine = memory;
        memory = that.memory;
        that.memory = mine;
        int myOffset = offset;
        offset = that.offset;
        that.offset = myOffset;
    }

    @Override
    int at(int index) {
        return offset + index;
    }

    @Override
    void copyTo(SlabByteBuf other, int length) {
        HeapSlabByteBuf that = (HeapSlabByteBuf) other;
        System.arraycopy(memory, at(0), that.memory, that.at(0), length);
    }

    @Override
    ByteBuffer newView(int index, int length) {
        return ByteBuffer.wrap(memory, at(index), length).slice();
    }

    @Override
    public boolean isDirect() {
        return false;
    }

    @Override
    long address() {
        return 0;
    }

    @Override
    public boolean hasArray() {
        return true;
    }

    /** Returns the array of the whole slab: use only what {@link #arrayOffset()} and {@link #capacity()} enclose. */
    @Override
    public byte[] array() {
        demandLive();
        return memory;
    }

    @Override
    public int arrayOffset() {
        return at(0);
    }

    // ------------------------------------------------------------------------------------------------ primitives

    @Override
    byte byteAt(int index) {
        return memory[at(index)];
    }

    @Override
    short shortAt(int index) {
        return HeapAccess.getShort(memory, at(index));
    }

    @Override
    short shortLEAt(int index) {
        return HeapAccess.getShortLE(memory, at(index));
    }

    @Override
    int intAt(int index) {
        return HeapAccess.getInt(memory, at(index));
    }

    @Override
    int intLEAt(int index) {
        return HeapAccess.getIntLE(memory, at(index));
    }

    @Override
    long longAt(int index) {
        return HeapAccess.getLong(memory, at(index));
    }

    @Override
    long longLEAt(int index) {
        return HeapAccess.getLongLE(memory, at(index));
    }

    @Override
    void putByte(int index, int value) {
        memory[at(index)] = (byte) value;
    }

    @Override
    void putShort(int index, int value) {
        HeapAccess.putShort(memory, at(index), (short) value);
    }

    @Override
    void putShortLE(int index, int value) {
        HeapAccess.putShortLE(memory, at(index), (short) value);
    }

    @Override
    void putInt(int index, int value) {
        HeapAccess.putInt(memory, at(index), value);
    }

    @Override
    void putIntLE(int index, int value) {
        HeapAccess.putIntLE(memory, at(index), value);
    }

    @Override
    void putLong(int index, long value) {
        HeapAccess.putLong(memory, at(index), value);
    }

    @Override
    void putLongLE(int index, long value) {
        HeapAccess.putLongLE(memory, at(index), value);
    }

    // ---------------------------------------------------------------------------------------------------- search

    @Override
    int firstIndexOf(byte value, int index, int length) {
        int found = HeapSearch.first(memory, at(index), length, value);
        return found < 0 ? found : index + found;
    }

    @Override
    int lastIndexOf(byte value, int index, int length) {
        int found = HeapSearch.last(memory, at(index), length, value);
        return found < 0 ? found : index + found;
    }

    // ------------------------------------------------------------------------------------------------------ bulk

    @Override
    public ByteBuf getBytes(int index, byte[] dst, int dstIndex, int length) {
        checkCopyOut(index, length, dstIndex, dst.length);
        System.arraycopy(memory, at(index), dst, dstIndex, length);
        return this;
    }

    @Override
    public ByteBuf getBytes(int index, ByteBuf dst, int dstIndex, int length) {
        checkCopyOut(index, length, dstIndex, dst.capacity());
        if (dst instanceof HeapSlabByteBuf that) {
            that.demandLive();
            System.arraycopy(memory, at(index), that.memory, that.at(dstIndex), length);
        } else if (dst instanceof DirectSlabByteBuf that) {
            that.copyFromArray(dstIndex, memory, at(index), length);
        } else { // its array is not for us: a slice may reach further than its root, which has shrunk since
            dst.setBytes(dstIndex, memory, at(index), length);
        }
        return this;
    }

    @Override
    public ByteBuf getBytes(int index, ByteBuffer dst) {
        int length = dst.remaining();
        checkRange(index, length);
        dst.put(memory, at(index), length);
        return this;
    }

    @Override
    public ByteBuf setBytes(int index, byte[] src, int srcIndex, int length) {
        checkCopyIn(index, length, srcIndex, src.length);
        System.arraycopy(src, srcIndex, memory, at(index), length);
        return this;
    }

    @Override
    public ByteBuf setBytes(int index, ByteBuf src, int srcIndex, int length) {
        checkCopyIn(index, length, srcIndex, src.capacity());
        if (src instanceof HeapSlabByteBuf that) {
            that.demandLive();
            System.arraycopy(that.memory, that.at(srcIndex), memory, at(index), length);
        } else if (src instanceof DirectSlabByteBuf that) {
            that.copyToArray(srcIndex, memory, at(index), length);
        } else {
            src.getBytes(srcIndex, memory, at(index), length);
        }
        return this;
    }

    @Override
    public ByteBuf setBytes(int index, ByteBuffer src) {
        int length = src.remaining();
        checkRange(index, length);
        src.get(memory, at(index), length);
        return this;
    }

    @Override
    public ByteBuf setZero(int index, int length) {
        if (length == 0) { // wherever that is: as Netty does
            return this;
        }
        checkRange(index, length);
        HeapAccess.setZero(memory, at(index), length);
        return this;
    }

    // --------------------------------------------------------------------------------------------------- streams

    @Override
    public ByteBuf getBytes(int index, OutputStream out, int length) throws IOException {
        checkRange(index, length);
        out.write(memory, at(index), length);
        return this;
    }

    @Override
    public int setBytes(int index, InputStream in, int length) throws IOException {
        checkRange(index, length);
        return believed(in.read(memory, at(index), length), -1, length);
    }
}
