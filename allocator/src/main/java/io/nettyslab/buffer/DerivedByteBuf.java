package io.nettyslab.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ByteProcessor;
import io.netty.util.IllegalReferenceCountException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.charset.Charset;

/**
 * A view of a slab buffer, its root, with indices of its own. Nothing is read or written past its own end or past the
 * capacity of the root, not even after the root has shrunk: the root checks each access again.
 *
 * <p>There are two kinds of life. What {@code slice()} and {@code duplicate()} return shares the reference count of
 * the buffer it was made from. What {@code retainedSlice()} and {@code retainedDuplicate()} return holds one reference
 * to the root, has a count of its own, and its object is used again after the last release: each root has one of its
 * own, all others wait in a recycler; see docs/decisions/0011-retained-slices.md. Only a root that a leak tracker
 * watches has all its views share its count: the tracker takes the release of a view with a count of its own for the
 * release of the root.
 */
abstract class DerivedByteBuf extends SearchableByteBuf {

    private final CountedByteBuf counted; // whose reference count this buffer shares; itself, if it has its own
    private SlabByteBuf root; // null while in the recycler
    private int start; // where byte 0 is in the root

    /** Makes a view that shares the reference count of {@code counted}. */
    DerivedByteBuf(CountedByteBuf counted, SlabByteBuf root, int start) {
        this.counted = counted;
        this.root = root;
        this.start = start;
    }

    /**
     * Makes an object for views with a count of their own. It is at home.
     *
     * @param root the buffer it belongs to; {@code null} if it is the recycler's
     */
    DerivedByteBuf(SlabByteBuf root) {
        this.counted = this;
        this.root = root;
    }

    /** Makes this object, which is the recycler's and at home, a view of {@code root}. */
    final void hold(SlabByteBuf root) {
        root.retain();
        this.root = root;
    }

    /** Starts a hand-out of this object, which holds a reference to its root. */
    final void handOut(int start) {
        this.start = start;
        clear();
        markReaderIndex();
        markWriterIndex();
        takeFirstReference();
    }

    @Override
    final void sendHome() {
        SlabByteBuf held = root;
        if (belongsToRoot()) {
            held.releaseLent();
        } else {
            root = null;
            recycle(held);
            held.release();
        }
    }

    /** Whether this object, which has a count of its own, is its root's for good. */
    abstract boolean belongsToRoot();

    /** Puts this object, a view of {@code held} till now, into the recycler: touch it no more after. */
    abstract void recycle(SlabByteBuf held);

    /** Returns the root, or {@code null} while this object is in the recycler. */
    final SlabByteBuf rootOrNull() {
        return root;
    }

    @Override
    public final SlabByteBuf unwrap() {
        if (isAtHome()) {
            throw new IllegalReferenceCountException(0);
        }
        return root;
    }

    // ------------------------------------------------------------------------------------------- reference count

    @Override
    public final int refCnt() {
        return counted == this ? super.refCnt() : counted.refCnt();
    }

    @Override
    public final ByteBuf retain() {
        if (counted == this) {
            return super.retain();
        }
        counted.retain();
        return this;
    }

    @Override
    public final ByteBuf retain(int increment) {
        if (counted == this) {
            return super.retain(increment);
        }
        counted.retain(increment);
        return this;
    }

    @Override
    public final boolean release() {
        return counted == this ? super.release() : counted.release();
    }

    @Override
    public final boolean release(int decrement) {
        return counted == this ? super.release(decrement) : counted.release(decrement);
    }

    /** Returns whose reference count a view of this view has to share. */
    final CountedByteBuf counted() {
        return counted;
    }

    // ------------------------------------------------------------------------------------------- what the root is

    @Override
    public final ByteBufAllocator alloc() {
        return unwrap().alloc();
    }

    @Override
    @Deprecated
    public final ByteOrder order() {
        return ByteOrder.BIG_ENDIAN;
    }

    @Override
    public final boolean isDirect() {
        return root != null && root.isDirect();
    }

    @Override
    public final boolean isContiguous() {
        return true;
    }

    /** No array to go past all checks by, as Netty does to write characters, once the root has shrunk below our end. */
    @Override
    public final boolean hasArray() {
        return isWithinRoot() && root.hasArray();
    }

    @Override
    public final byte[] array() {
        return unwrap().array();
    }

    @Override
    public final int arrayOffset() {
        return unwrap().arrayOffset() + start;
    }

    /** No address either. */
    @Override
    public final boolean hasMemoryAddress() {
        return isWithinRoot() && root.hasMemoryAddress();
    }

    @Override
    public final long memoryAddress() {
        return unwrap().memoryAddress() + start;
    }

    private boolean isWithinRoot() {
        return !isAtHome() && start <= root.capacity() - capacity();
    }

    private boolean isAtHome() {
        return counted == this && !isLive();
    }

    // ------------------------------------------------------------------------------------------------ primitives

    @Override
    final byte byteAt(int index) {
        return root._getByte(start + index);
    }

    @Override
    final short shortAt(int index) {
        return root._getShort(start + index);
    }

    @Override
    final short shortLEAt(int index) {
        return root._getShortLE(start + index);
    }

    @Override
    final int unsignedMediumAt(int index) {
        return root._getUnsignedMedium(start + index);
    }

    @Override
    final int unsignedMediumLEAt(int index) {
        return root._getUnsignedMediumLE(start + index);
    }

    @Override
    final int intAt(int index) {
        return root._getInt(start + index);
    }

    @Override
    final int intLEAt(int index) {
        return root._getIntLE(start + index);
    }

    @Override
    final long longAt(int index) {
        return root._getLong(start + index);
    }

    @Override
    final long longLEAt(int index) {
        return root._getLongLE(start + index);
    }

    @Override
    final void putByte(int index, int value) {
        root._setByte(start + index, value);
    }

    @Override
    final void putShort(int index, int value) {
        root._setShort(start + index, value);
    }

    @Override
    final void putShortLE(int index, int value) {
        root._setShortLE(start + index, value);
    }

    @Override
    final void putMedium(int index, int value) {
        root._setMedium(start + index, value);
    }

    @Override
    final void putMediumLE(int index, int value) {
        root._setMediumLE(start + index, value);
    }

    @Override
    final void putInt(int index, int value) {
        root._setInt(start + index, value);
    }

    @Override
    final void putIntLE(int index, int value) {
        root._setIntLE(start + index, value);
    }

    @Override
    final void putLong(int index, long value) {
        root._setLong(start + index, value);
    }

    @Override
    final void putLongLE(int index, long value) {
        root._setLongLE(start + index, value);
    }

    // ------------------------------------------------------------------------------------------------------ bulk

    @Override
    public final ByteBuf getBytes(int index, byte[] dst, int dstIndex, int length) {
        checkIndex(index, length);
        root.getBytes(start + index, dst, dstIndex, length);
        return this;
    }

    @Override
    public final ByteBuf getBytes(int index, ByteBuf dst, int dstIndex, int length) {
        checkIndex(index, length);
        root.getBytes(start + index, dst, dstIndex, length);
        return this;
    }

    @Override
    public final ByteBuf getBytes(int index, ByteBuffer dst) {
        checkIndex(index, dst.remaining());
        root.getBytes(start + index, dst);
        return this;
    }

    @Override
    public final ByteBuf getBytes(int index, OutputStream out, int length) throws IOException {
        checkIndex(index, length);
        root.getBytes(start + index, out, length);
        return this;
    }

    @Override
    public final int getBytes(int index, GatheringByteChannel out, int length) throws IOException {
        checkIndex(index, length);
        return root.getBytes(start + index, out, length);
    }

    @Override
    public final int getBytes(int index, FileChannel out, long position, int length) throws IOException {
        checkIndex(index, length);
        return root.getBytes(start + index, out, position, length);
    }

    @Override
    public final ByteBuf setBytes(int index, byte[] src, int srcIndex, int length) {
        checkIndex(index, length);
        root.setBytes(start + index, src, srcIndex, length);
        return this;
    }

    @Override
    public final ByteBuf setBytes(int index, ByteBuf src, int srcIndex, int length) {
        checkIndex(index, length);
        root.setBytes(start + index, src, srcIndex, length);
        return this;
    }

    @Override
    public final ByteBuf setBytes(int index, ByteBuffer src) {
        checkIndex(index, src.remaining());
        root.setBytes(start + index, src);
        return this;
    }

    @Override
    public final int setBytes(int index, InputStream in, int length) throws IOException {
        checkIndex(index, length);
        return root.setBytes(start + index, in, length);
    }

    @Override
    public final int setBytes(int index, ScatteringByteChannel in, int length) throws IOException {
        checkIndex(index, length);
        return root.setBytes(start + index, in, length);
    }

    @Override
    public final int setBytes(int index, FileChannel in, long position, int length) throws IOException {
        checkIndex(index, length);
        return root.setBytes(start + index, in, position, length);
    }

    @Override
    public final ByteBuf setZero(int index, int length) {
        if (length != 0) { // wherever that is: as Netty does
            checkIndex(index, length);
            root.setZero(start + index, length);
        }
        return this;
    }

    @Override
    public final ByteBuf copy(int index, int length) {
        checkIndex(index, length);
        return root.copy(start + index, length);
    }

    @Override
    public final String toString(int index, int length, Charset charset) {
        if (length != 0) { // no bytes, no harm: Netty answers "" wherever they are not
            checkIndex(index, length);
        }
        return unwrap().toString(start + index, length, charset);
    }

    @Override
    public final int forEachByte(int index, int length, ByteProcessor processor) {
        checkIndex(index, length);
        return ownIndex(root.forEachByte(start + index, length, processor));
    }

    @Override
    public final int forEachByteDesc(int index, int length, ByteProcessor processor) {
        checkIndex(index, length);
        return ownIndex(root.forEachByteDesc(start + index, length, processor));
    }

    @Override
    final int firstIndexOf(byte value, int index, int length) {
        root.check(start + index, length);
        return ownIndex(root.firstIndexOf(value, start + index, length));
    }

    @Override
    final int lastIndexOf(byte value, int index, int length) {
        root.check(start + index, length);
        return ownIndex(root.lastIndexOf(value, start + index, length));
    }

    private int ownIndex(int rootIndex) {
        return rootIndex < 0 ? rootIndex : rootIndex - start;
    }

    // ------------------------------------------------------------------------------------------------- NIO views

    @Override
    public final int nioBufferCount() {
        return 1;
    }

    @Override
    public final ByteBuffer nioBuffer(int index, int length) {
        checkIndex(index, length);
        return root.nioBuffer(start + index, length);
    }

    @Override
    public final ByteBuffer internalNioBuffer(int index, int length) {
        return nioBuffer(index, length);
    }

    @Override
    public final ByteBuffer[] nioBuffers(int index, int length) {
        return new ByteBuffer[] {nioBuffer(index, length)};
    }

    // -------------------------------------------------------------------------------------- views of this view

    @Override
    public final ByteBuf slice(int index, int length) {
        checkIndex(index, length);
        return new SlabSlice(counted(), root, start + index, length);
    }

    @Override
    public final ByteBuf retainedSlice() {
        return retainedSlice(readerIndex(), readableBytes());
    }

    @Override
    public final ByteBuf retainedSlice(int index, int length) {
        checkIndex(index, length);
        return SlabSlice.retained(root, start + index, length);
    }
}
