package io.nettyslab.buffer;

import io.netty.buffer.AbstractByteBuf;
import io.netty.buffer.ByteBuf;
import io.nettyslab.memory.DirectAccess;
import io.nettyslab.memory.DirectSearch;
import io.nettyslab.memory.MemoryKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Access to a slot of direct memory. Primitives, copies and searches go by way of {@link DirectAccess} and
 * {@link DirectSearch}; streams by absolute access to the one {@code ByteBuffer} of the whole slab, whose
 * position nobody moves, so that all threads can share it.
 */
abstract class DirectSlabByteBuf extends SlabByteBuf {

    /** Streams are written by way of an array of at most this many bytes. */
    private static final int STREAM_PIECE = 64 * 1024;

    /** Makes a buffer; in one JVM all are of one class, so that compilers know which. */
    static DirectSlabByteBuf make() {
        return DirectAccess.isByAddress() ? new RawDirectSlabByteBuf() : new SafeDirectSlabByteBuf();
    }

    /** What {@link #place()} is a position in; {@code null} if it is an address. */
    abstract ByteBuffer memory();

    /** Returns the place of byte 0, as {@link DirectAccess} has it. */
    abstract long place();

    /** Returns all of the block that the slot lies in. */
    abstract ByteBuffer block();

    @Override
    final MemoryKind kind() {
        return MemoryKind.DIRECT;
    }

    @Override
    final void copyTo(SlabByteBuf other, int length) {
        DirectSlabByteBuf that = (DirectSlabByteBuf) other;
        DirectAccess.copy(memory(), place(), that.memory(), that.place(), length);
    }

    @Override
    final ByteBuffer newView(int index, int length) {
        return block().slice(at(index), length);
    }

    @Override
    public final boolean isDirect() {
        return true;
    }

    @Override
    public final boolean hasArray() {
        return false;
    }

    @Override
    public final byte[] array() {
        throw new UnsupportedOperationException("direct buffer");
    }

    @Override
    public final int arrayOffset() {
        throw new UnsupportedOperationException("direct buffer");
    }

    // ------------------------------------------------------------------------------------------------ primitives

    @Override
    public final byte getByte(int index) {
        return byteAt(checkedIndex(index));
    }

    @Override
    public final ByteBuf setByte(int index, int value) {
        putByte(checkedIndex(index), value);
        return this;
    }

    @Override
    final byte byteAt(int index) {
        return DirectAccess.getByte(memory(), place() + index);
    }

    @Override
    final short shortAt(int index) {
        return DirectAccess.getShort(memory(), place() + index);
    }

    @Override
    final short shortLEAt(int index) {
        return DirectAccess.getShortLE(memory(), place() + index);
    }

    @Override
    final int intAt(int index) {
        return DirectAccess.getInt(memory(), place() + index);
    }

    @Override
    final int intLEAt(int index) {
        return DirectAccess.getIntLE(memory(), place() + index);
    }

    @Override
    final long longAt(int index) {
        return DirectAccess.getLong(memory(), place() + index);
    }

    @Override
    final long longLEAt(int index) {
        return DirectAccess.getLongLE(memory(), place() + index);
    }

    @Override
    final void putByte(int index, int value) {
        DirectAccess.putByte(memory(), place() + index, (byte) value);
    }

    @Override
    final void putShort(int index, int value) {
        DirectAccess.putShort(memory(), place() + index, (short) value);
    }

    @Override
    final void putShortLE(int index, int value) {
        DirectAccess.putShortLE(memory(), place() + index, (short) value);
    }

    @Override
    final void putInt(int index, int value) {
        DirectAccess.putInt(memory(), place() + index, value);
    }

    @Override
    final void putIntLE(int index, int value) {
        DirectAccess.putIntLE(memory(), place() + index, value);
    }

    @Override
    final void putLong(int index, long value) {
        DirectAccess.putLong(memory(), place() + index, value);
    }

    @Override
    final void putLongLE(int index, long value) {
        DirectAccess.putLongLE(memory(), place() + index, value);
    }

    // ---------------------------------------------------------------------------------------------------- search

    @Override
    final int firstIndexOf(byte value, int index, int length) {
        int found = DirectSearch.first(memory(), place() + index, length, value);
        return found < 0 ? found : index + found;
    }

    @Override
    final int lastIndexOf(byte value, int index, int length) {
        int found = DirectSearch.last(memory(), place() + index, length, value);
        return found < 0 ? found : index + found;
    }

    // ------------------------------------------------------------------------------------------------------ bulk

    @Override
    public final ByteBuf getBytes(int index, byte[] dst, int dstIndex, int length) {
        checkCopyOut(index, length, dstIndex, dst.length);
        DirectAccess.copy(memory(), place() + index, dst, dstIndex, length);
        return this;
    }

    @Override
    public final ByteBuf getBytes(int index, ByteBuf dst, int dstIndex, int length) {
        checkCopyOut(index, length, dstIndex, dst.capacity());
        if (dst instanceof DirectSlabByteBuf that) {
            that.demandLive();
            DirectAccess.copy(memory(), place() + index, that.memory(), that.place() + dstIndex, length);
        } else if (dst instanceof HeapSlabByteBuf that) {
            DirectAccess.copy(memory(), place() + index, that.array(), that.at(dstIndex), length);
        } else if (isNearestByNio(dst)) {
            getBytes(index, dst.nioBuffer(dstIndex, length));
        } else {
            dst.setBytes(dstIndex, this, index, length);
        }
        return this;
    }

    @Override
    public final ByteBuf getBytes(int index, ByteBuffer dst) {
        int position = dst.position(); // once: what is copied must be what was checked
        int length = dst.limit() - position;
        checkRange(index, length);
        if (!DirectAccess.isByAddress() || dst.isReadOnly()) { // put() refuses what is read-only
            dst.put(position, block(), at(index), length);
        } else if (dst.isDirect()) {
            DirectAccess.copyOut(place() + index, dst, position, length);
        } else {
            DirectAccess.copy(memory(), place() + index, dst.array(), dst.arrayOffset() + position, length);
        }
        dst.position(position + length);
        return this;
    }

    @Override
    public final ByteBuf setBytes(int index, byte[] src, int srcIndex, int length) {
        checkCopyIn(index, length, srcIndex, src.length);
        DirectAccess.copy(src, srcIndex, memory(), place() + index, length);
        return this;
    }

    @Override
    public final ByteBuf setBytes(int index, ByteBuf src, int srcIndex, int length) {
        checkCopyIn(index, length, srcIndex, src.capacity());
        if (src instanceof DirectSlabByteBuf that) {
            that.demandLive();
            DirectAccess.copy(that.memory(), that.place() + srcIndex, memory(), place() + index, length);
        } else if (src instanceof HeapSlabByteBuf that) {
            DirectAccess.copy(that.array(), that.at(srcIndex), memory(), place() + index, length);
        } else if (isNearestByNio(src)) {
            setBytes(index, src.nioBuffer(srcIndex, length));
        } else {
            src.getBytes(srcIndex, this, index, length);
        }
        return this;
    }

    @Override
    public final ByteBuf setBytes(int index, ByteBuffer src) {
        int position = src.position(); // once: what is copied must be what was checked
        int length = src.limit() - position;
        checkRange(index, length);
        if (DirectAccess.isByAddress() && src.isDirect()) {
            DirectAccess.copyIn(src, position, place() + index, length);
        } else if (DirectAccess.isByAddress() && src.hasArray()) {
            DirectAccess.copy(src.array(), src.arrayOffset() + position, memory(), place() + index, length);
        } else {
            block().put(at(index), src, position, length);
        }
        src.position(position + length);
        return this;
    }

    /**
     * Whether a copy from or to somebody else's buffer is best made by way of its NIO view, as Netty's pools do where
     * there is no address. Not if it is a view itself: it leads to its root, and that may be a slab's. What is no
     * {@code AbstractByteBuf} may refuse to say so: a {@code ReplayingDecoder}'s input does.
     */
    private static boolean isNearestByNio(ByteBuf other) {
        return !DirectAccess.isByAddress()
                && other instanceof AbstractByteBuf
                && other.unwrap() == null
                && other.nioBufferCount() == 1;
    }

    /** Copies from an array. The caller has checked both ranges, but not that this buffer is live. */
    final void copyFromArray(int index, byte[] src, int srcIndex, int length) {
        demandLive();
        DirectAccess.copy(src, srcIndex, memory(), place() + index, length);
    }

    /** Copies to an array; checked as for {@link #copyFromArray}. */
    final void copyToArray(int index, byte[] dst, int dstIndex, int length) {
        demandLive();
        DirectAccess.copy(memory(), place() + index, dst, dstIndex, length);
    }

    @Override
    public final ByteBuf setZero(int index, int length) {
        if (length == 0) { // wherever that is: as Netty does
            return this;
        }
        checkRange(index, length);
        DirectAccess.setZero(memory(), place() + index, length);
        return this;
    }

    // -------------------------------------------------------------------------------------------------- streams

    @Override
    public final ByteBuf getBytes(int index, OutputStream out, int length) throws IOException {
        checkRange(index, length);
        byte[] piece = new byte[Math.min(length, STREAM_PIECE)];
        for (int left = length; left > 0; left -= Math.min(piece.length, left)) {
            int bytes = Math.min(piece.length, left);
            int from = index + length - left;
            checkRange(from, bytes); // again: a stream may do anything meanwhile
            block().get(at(from), piece, 0, bytes);
            out.write(piece, 0, bytes);
        }
        return this;
    }

    @Override
    public final int setBytes(int index, InputStream in, int length) throws IOException {
        checkRange(index, length);
        byte[] bytes = new byte[length];
        // Once, as everybody does: a second time it might wait, or lose what the first has read.
        int read = believed(in.read(bytes, 0, length), -1, length);
        if (read > 0) {
            setBytes(index, bytes, 0, read); // checked again: a stream may do anything meanwhile
        }
        return read;
    }
}
