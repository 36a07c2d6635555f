package io.nettyslab.buffer;

import io.netty.buffer.ByteBuf;
import io.nettyslab.memory.Memory;
import io.nettyslab.memory.MemoryKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Access to a slot of direct memory: absolute reads and writes on the one {@code ByteBuffer} of the whole slab, which
 * nobody ever moves the position of, so that all threads share it.
 */
public final class DirectSlabByteBuf extends SlabByteBuf {

    /** Streams are served by way of an array of at most this many bytes. */
    private static final int STREAM_CHUNK = 64 * 1024;

    private static final byte[] ZEROS = new byte[4096];

    private ByteBuffer memory;

    @Override
    MemoryKind kind() {
        return MemoryKind.DIRECT;
    }

    @Override
    void bindMemory(Memory memory) {
        this.memory = memory.buffer();
    }

    @Override
    void unbindMemory() {
        memory = null;
    }

    @Override
    void swapMemory(SlabByteBuf other) {
        DirectSlabByteBuf that = (DirectSlabByteBuf) other;
        ByteBuffer mine = memory;
        memory = that.memory;
        that.memory = mine;
    }

    @Override
    void copyTo(SlabByteBuf other, int length) {
        DirectSlabByteBuf that = (DirectSlabByteBuf) other;
        that.memory.put(that.at(0), memory, at(0), length);
    }

    @Override
    ByteBuffer newView(int index, int length) {
        return memory.slice(at(index), length);
    }

    @Override
    public boolean isDirect() {
        return true;
    }

    @Override
    public boolean hasArray() {
        return false;
    }

    @Override
    public byte[] array() {
        throw new UnsupportedOperationException("direct buffer");
    }

    @Override
    public int arrayOffset() {
        throw new UnsupportedOperationException("direct buffer");
    }

    // ------------------------------------------------------------------------------------------------ primitives

    @Override
    protected byte _getByte(int index) {
        return memory.get(at(index, 1));
    }

    @Override
    protected short _getShort(int index) {
        return memory.getShort(at(index, 2));
    }

    @Override
    protected short _getShortLE(int index) {
        return Short.reverseBytes(memory.getShort(at(index, 2)));
    }

    @Override
    protected int _getInt(int index) {
        return memory.getInt(at(index, 4));
    }

    @Override
    protected int _getIntLE(int index) {
        return Integer.reverseBytes(memory.getInt(at(index, 4)));
    }

    @Override
    protected long _getLong(int index) {
        return memory.getLong(at(index, 8));
    }

    @Override
    protected long _getLongLE(int index) {
        return Long.reverseBytes(memory.getLong(at(index, 8)));
    }

    @Override
    protected void _setByte(int index, int value) {
        memory.put(at(index, 1), (byte) value);
    }

    @Override
    protected void _setShort(int index, int value) {
        memory.putShort(at(index, 2), (short) value);
    }

    @Override
    protected void _setShortLE(int index, int value) {
        memory.putShort(at(index, 2), Short.reverseBytes((short) value));
    }

    @Override
    protected void _setInt(int index, int value) {
        memory.putInt(at(index, 4), value);
    }

    @Override
    protected void _setIntLE(int index, int value) {
        memory.putInt(at(index, 4), Integer.reverseBytes(value));
    }

    @Override
    protected void _setLong(int index, long value) {
        memory.putLong(at(index, 8), value);
    }

    @Override
    protected void _setLongLE(int index, long value) {
        memory.putLong(at(index, 8), Long.reverseBytes(value));
    }

    // ------------------------------------------------------------------------------------------------------ bulk

    @Override
    public ByteBuf getBytes(int index, byte[] dst, int dstIndex, int length) {
        checkDstIndex(index, length, dstIndex, dst.length);
        memory.get(at(index), dst, dstIndex, length);
        return this;
    }

    @Override
    public ByteBuf getBytes(int index, ByteBuf dst, int dstIndex, int length) {
        checkDstIndex(index, length, dstIndex, dst.capacity());
        if (dst instanceof DirectSlabByteBuf) {
            DirectSlabByteBuf that = (DirectSlabByteBuf) dst;
            that.ensureAccessible();
            that.memory.put(that.at(dstIndex), memory, at(index), length);
        } else {
            dst.setBytes(dstIndex, this, index, length);
        }
        return this;
    }

    @Override
    public ByteBuf getBytes(int index, ByteBuffer dst) {
        int length = dst.remaining();
        checkIndex(index, length);
        dst.put(dst.position(), memory, at(index), length);
        dst.position(dst.position() + length);
        return this;
    }

    @Override
    public ByteBuf setBytes(int index, byte[] src, int srcIndex, int length) {
        checkSrcIndex(index, length, srcIndex, src.length);
        memory.put(at(index), src, srcIndex, length);
        return this;
    }

    @Override
    public ByteBuf setBytes(int index, ByteBuf src, int srcIndex, int length) {
        checkSrcIndex(index, length, srcIndex, src.capacity());
        if (src instanceof DirectSlabByteBuf) {
            DirectSlabByteBuf that = (DirectSlabByteBuf) src;
            that.ensureAccessible();
            memory.put(at(index), that.memory, that.at(srcIndex), length);
        } else {
            src.getBytes(srcIndex, this, index, length);
        }
        return this;
    }

    @Override
    public ByteBuf setBytes(int index, ByteBuffer src) {
        int length = src.remaining();
        checkIndex(index, length);
        memory.put(at(index), src, src.position(), length);
        src.position(src.position() + length);
        return this;
    }

    @Override
    public ByteBuf setZero(int index, int length) {
        if (length == 0) { // wherever that is: as Netty does
            return this;
        }
        checkIndex(index, length);
        for (int left = length; left > 0; left -= Math.min(ZEROS.length, left)) {
            memory.put(at(index + length - left), ZEROS, 0, Math.min(ZEROS.length, left));
        }
        return this;
    }

    // -------------------------------------------------------------------------------------------------- streams

    @Override
    public ByteBuf getBytes(int index, OutputStream out, int length) throws IOException {
        checkIndex(index, length);
        byte[] chunk = new byte[Math.min(length, STREAM_CHUNK)];
        for (int left = length; left > 0; left -= Math.min(chunk.length, left)) {
            int bytes = Math.min(chunk.length, left);
            memory.get(at(index + length - left), chunk, 0, bytes);
            out.write(chunk, 0, bytes);
        }
        return this;
    }

    @Override
    public int setBytes(int index, InputStream in, int length) throws IOException {
        checkIndex(index, length);
        byte[] chunk = new byte[Math.min(length, STREAM_CHUNK)];
        int done = 0;
        for (; ; ) {
            int wanted = Math.min(chunk.length, length - done);
            int bytes = in.read(chunk, 0, wanted);
            if (bytes < 0) {
                return done == 0 ? bytes : done;
            }
            memory.put(at(index + done), chunk, 0, bytes);
            done += bytes;
            if (done == length || bytes < wanted) {
                return done;
            }
        }
    }
}
