package io.nettyslab.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ByteProcessor;

/**
 * Searches a range of bytes, copies it, skips it or cuts it out, after one check of all of it. {@code AbstractByteBuf}
 * asks {@code refCnt()} first, an acquiring read, or several times, and searches word by word through this class, where
 * each word is checked again. See docs/decisions/0010-primitive-access.md and 0013-many-views.md.
 *
 * <p>As in {@link CheckedOnceByteBuf}, whatever is not the plain case is left to the superclass: ranges that are empty,
 * too, because they are within reach of a buffer that has been released. {@link #readBytes(int)} alone is whole here.
 */
abstract class RangeByteBuf extends CheckedOnceByteBuf {

    /** Returns the first index of {@code value} in a range that is checked and not empty, or -1. */
    abstract int firstIndexOf(byte value, int index, int length);

    /** Returns the last index of {@code value} in a range that is checked and not empty, or -1. */
    abstract int lastIndexOf(byte value, int index, int length);

    @Override
    public final int indexOf(int fromIndex, int toIndex, byte value) {
        if (fromIndex <= toIndex) {
            int from = Math.max(fromIndex, 0);
            int length = toIndex - from;
            if (length > 0 && reaches(from, length)) {
                return firstIndexOf(value, from, length);
            }
        } else { // backwards: fromIndex is the end, exclusive
            int end = Math.min(fromIndex, limit());
            int length = end - toIndex;
            if (length > 0 && reaches(toIndex, length)) {
                return lastIndexOf(value, toIndex, length);
            }
        }
        return super.indexOf(fromIndex, toIndex, value);
    }

    @Override
    public final int forEachByte(ByteProcessor processor) {
        int index = readerIndex();
        int length = writerIndex() - index;
        return length >= 0 && reaches(index, length)
                ? forEachByte(index, length, processor)
                : super.forEachByte(processor);
    }

    /** Looks for the byte itself where that is all the processor does, as Netty's line decoder does. */
    @Override
    public int forEachByte(int index, int length, ByteProcessor processor) {
        int sought = SoughtByte.of(processor);
        return sought != SoughtByte.NONE && length > 0 && reaches(index, length)
                ? firstIndexOf((byte) sought, index, length)
                : super.forEachByte(index, length, processor);
    }

    @Override
    public final int forEachByteDesc(ByteProcessor processor) {
        int index = readerIndex();
        int length = writerIndex() - index;
        return length >= 0 && reaches(index, length)
                ? forEachByteDesc(index, length, processor)
                : super.forEachByteDesc(processor);
    }

    @Override
    public int forEachByteDesc(int index, int length, ByteProcessor processor) {
        int sought = SoughtByte.of(processor);
        return sought != SoughtByte.NONE && length > 0 && reaches(index, length)
                ? lastIndexOf((byte) sought, index, length)
                : super.forEachByteDesc(index, length, processor);
    }

    private boolean isNextReadable(int length) {
        return length > 0 && isReadableTo(readerIndex() + length);
    }

    private boolean isNextWritable(int length) {
        return length > 0 && isWritableTo(writerIndex() + length);
    }

    @Override
    public final ByteBuf writeBytes(byte[] src, int srcIndex, int length) {
        if (!isNextWritable(length)) {
            return super.writeBytes(src, srcIndex, length);
        }
        int index = writerIndex();
        setBytes(index, src, srcIndex, length);
        writerIndex(index + length);
        return this;
    }

    @Override
    public final ByteBuf writeBytes(ByteBuf src, int srcIndex, int length) {
        if (!isNextWritable(length)) {
            return super.writeBytes(src, srcIndex, length);
        }
        int index = writerIndex();
        setBytes(index, src, srcIndex, length);
        writerIndex(index + length);
        return this;
    }

    @Override
    public final ByteBuf writeZero(int length) {
        if (!isNextWritable(length)) {
            return super.writeZero(length);
        }
        int index = writerIndex();
        setZero(index, length);
        writerIndex(index + length);
        return this;
    }

    @Override
    public final ByteBuf readBytes(byte[] dst, int dstIndex, int length) {
        if (!isNextReadable(length)) {
            return super.readBytes(dst, dstIndex, length);
        }
        int index = readerIndex();
        getBytes(index, dst, dstIndex, length);
        readerIndex(index + length);
        return this;
    }

    @Override
    public final ByteBuf readBytes(ByteBuf dst, int dstIndex, int length) {
        if (!isNextReadable(length)) {
            return super.readBytes(dst, dstIndex, length);
        }
        int index = readerIndex();
        getBytes(index, dst, dstIndex, length);
        readerIndex(index + length);
        return this;
    }

    @Override
    public final ByteBuf skipBytes(int length) {
        return isNextReadable(length) ? readerIndex(readerIndex() + length) : super.skipBytes(length);
    }

    /** Loses no buffer if the copy fails, as it does where the root has become shorter than this view. */
    @Override
    public final ByteBuf readBytes(int length) {
        checkReadableBytes(length);
        if (length == 0) {
            return Unpooled.EMPTY_BUFFER;
        }
        ByteBuf copy = alloc().buffer(length, maxCapacity());
        int index = readerIndex();
        return readAs(filled(copy, this, index, length), index + length);
    }

    /** Moves the reader index behind what was read, or releases that: then another thread has moved the indices. */
    private ByteBuf readAs(ByteBuf result, int end) {
        boolean done = false;
        try {
            if (isReadableTo(end)) {
                readerIndex(end);
            } else { // the writer index lies behind the capacity of a root that has shrunk, or the indices have moved
                super.skipBytes(end - readerIndex());
            }
            done = true;
            return result;
        } finally {
            if (!done) {
                result.release();
            }
        }
    }

    /** Writes bytes of {@code from} into {@code copy} and returns that; releases it if they are not to be had. */
    static ByteBuf filled(ByteBuf copy, ByteBuf from, int index, int length) {
        boolean done = false;
        try {
            copy.writeBytes(from, index, length);
            done = true;
            return copy;
        } finally {
            if (!done) {
                copy.release();
            }
        }
    }

    @Override
    public final ByteBuf readSlice(int length) {
        if (!isNextReadable(length)) {
            return super.readSlice(length);
        }
        int index = readerIndex();
        ByteBuf slice = slice(index, length);
        readerIndex(index + length);
        return slice;
    }

    @Override
    public final ByteBuf readRetainedSlice(int length) {
        if (!isNextReadable(length)) {
            return super.readRetainedSlice(length);
        }
        int index = readerIndex();
        return readAs(retainedSlice(index, length), index + length);
    }
}
