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
 * <p>This class is the view's extent and its access; the subclasses are its two kinds of life. Only a root that a leak
 * tracker watches has all its views share its count: the tracker takes the release of a view with a count of its own
 * for the release of the root.
 */
abstract class DerivedByteBuf extends RangeByteBuf {

    /** In {@code length}: as many as the root has, whatever becomes of it. */
    private static final int ALL = -1;

    private SlabByteBuf root; // null while in the recycler
    private int start; // where byte 0 is in the root
    private int length; // bytes, or ALL

    /** Makes a view without an extent. */
    DerivedByteBuf(SlabByteBuf root) {
        this.root = root;
    }

    /** Starts anew as a slice, whose range the caller has checked. */
    final void becomeSlice(int start, int length) {
        this.start = start;
        this.length = length;
        maxCapacity(length);
        clear();
        markReaderIndex();
        markWriterIndex();
        writerIndex(length);
    }

    /** Starts anew as a duplicate with the indices of {@code indices}. */
    final void becomeDuplicate(ByteBuf indices) {
        this.start = 0;
        this.length = ALL;
        maxCapacity(root.maxCapacity());
        setIndex(indices.readerIndex(), indices.writerIndex());
        markReaderIndex();
        markWriterIndex();
    }

    final SlabByteBuf root() {
        return root;
    }

    final void setRoot(SlabByteBuf root) {
        this.root = root;
    }

    /** Lets go of the root. What capacity it had is all that can be said from here on. */
    final void forgetRoot() {
        length = capacity();
        root = null;
    }

    /** Returns whose references keep this view alive. */
    abstract CheckedOnceByteBuf counted();

    private boolean isSlice() {
        return length != ALL;
    }

    // -------------------------------------------------------------------------------------------------- capacity

    @Override
    final int limit() {
        if (!isLive()) {
            return 0;
        }
        return isSlice() ? length : root.limit();
    }

    @Override
    public final int capacity() {
        return isSlice() ? length : root.capacity();
    }

    @Override
    public final ByteBuf capacity(int newCapacity) {
        if (isSlice()) {
            throw new UnsupportedOperationException("sliced buffer");
        }
        unwrap().capacity(newCapacity);
        return this;
    }

    @Override
    public final SlabByteBuf unwrap() {
        if (isAtHome()) {
            throw new IllegalReferenceCountException(0);
        }
        return root;
    }

    @Override
    public final ByteBuf touch() {
        return this;
    }

    @Override
    public final ByteBuf touch(Object hint) {
        return this;
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

    /**
     * Whether this is without a user, so that its root is nobody's business: a retained view that was released, or a
     * view of one. What shares the root's own references is refused by the root.
     */
    private boolean isAtHome() {
        return counted() != root && !isLive();
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
        checkRange(index, length);
        root.getBytes(start + index, dst, dstIndex, length);
        return this;
    }

    @Override
    public final ByteBuf getBytes(int index, ByteBuf dst, int dstIndex, int length) {
        checkRange(index, length);
        root.getBytes(start + index, dst, dstIndex, length);
        return this;
    }

    @Override
    public final ByteBuf getBytes(int index, ByteBuffer dst) {
        checkRange(index, dst.remaining());
        root.getBytes(start + index, dst);
        return this;
    }

    @Override
    public final ByteBuf getBytes(int index, OutputStream out, int length) throws IOException {
        checkRange(index, length);
        root.getBytes(start + index, out, length);
        return this;
    }

    @Override
    public final int getBytes(int index, GatheringByteChannel out, int length) throws IOException {
        checkRange(index, length);
        return root.getBytes(start + index, out, length);
    }

    @Override
    public final int getBytes(int index, FileChannel out, long position, int length) throws IOException {
        checkRange(index, length);
        return root.getBytes(start + index, out, position, length);
    }

    @Override
    public final ByteBuf setBytes(int index, byte[] src, int srcIndex, int length) {
        checkRange(index, length);
        root.setBytes(start + index, src, srcIndex, length);
        return this;
    }

    @Override
    public final ByteBuf setBytes(int index, ByteBuf src, int srcIndex, int length) {
        checkRange(index, length);
        root.setBytes(start + index, src, srcIndex, length);
        return this;
    }

    @Override
    public final ByteBuf setBytes(int index, ByteBuffer src) {
        checkRange(index, src.remaining());
        root.setBytes(start + index, src);
        return this;
    }

    @Override
    public final int setBytes(int index, InputStream in, int length) throws IOException {
        checkRange(index, length);
        return root.setBytes(start + index, in, length);
    }

    @Override
    public final int setBytes(int index, ScatteringByteChannel in, int length) throws IOException {
        checkRange(index, length);
        return root.setBytes(start + index, in, length);
    }

    @Override
    public final int setBytes(int index, FileChannel in, long position, int length) throws IOException {
        checkRange(index, length);
        return root.setBytes(start + index, in, position, length);
    }

    @Override
    public final ByteBuf setZero(int index, int length) {
        if (length != 0) { // wherever that is: as Netty does
            checkRange(index, length);
            root.setZero(start + index, length);
        }
        return this;
    }

    @Override
    public final ByteBuf copy(int index, int length) {
        checkRange(index, length);
        return root.copy(start + index, length);
    }

    @Override
    public final String toString(int index, int length, Charset charset) {
        if (length == 0) { // no bytes, no harm, and Netty's versions differ
            return super.toString(index, length, charset);
        }
        checkRange(index, length);
        return unwrap().toString(start + index, length, charset);
    }

    @Override
    public final int forEachByte(int index, int length, ByteProcessor processor) {
        checkRange(index, length);
        return ownIndex(root.forEachByte(start + index, length, processor));
    }

    @Override
    public final int forEachByteDesc(int index, int length, ByteProcessor processor) {
        checkRange(index, length);
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
        checkRange(index, length);
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
    public final CharSequence getCharSequence(int index, int length, Charset charset) {
        if (isSlice()) {
            checkRange(index, length); // even of no bytes, as Netty's slices do
        }
        return super.getCharSequence(index, length, charset);
    }

    @Override
    public final ByteBuf slice(int index, int length) {
        checkRange(index, length);
        return SharedView.slice(counted(), root, start + index, length);
    }

    @Override
    public final ByteBuf duplicate() {
        ensureAccessible();
        return isSlice()
                ? slice(0, length).setIndex(readerIndex(), writerIndex())
                : SharedView.duplicate(counted(), root, this);
    }

    @Override
    public final ByteBuf retainedSlice() {
        return retainedSlice(readerIndex(), readableBytes());
    }

    @Override
    public final ByteBuf retainedSlice(int index, int length) {
        checkRange(index, length);
        return RetainedView.slice(counted(), root, start + index, length);
    }

    @Override
    public final ByteBuf retainedDuplicate() {
        ensureAccessible();
        return isSlice() ? withIndices(retainedSlice(0, length)) : RetainedView.duplicate(counted(), root, this);
    }

    /** Netty's {@code readString} leaves a reader index behind the writer index, which no view can be given. */
    private ByteBuf withIndices(ByteBuf view) {
        boolean done = false;
        try {
            view.setIndex(readerIndex(), writerIndex());
            done = true;
            return view;
        } finally {
            if (!done) {
                view.release();
            }
        }
    }
}
