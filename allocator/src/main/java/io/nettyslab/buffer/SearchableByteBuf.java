package io.nettyslab.buffer;

import io.netty.util.ByteProcessor;

/**
 * Looks for a byte after one check of the whole range, in a loop that knows its memory. {@code AbstractByteBuf} reads
 * word by word through this class, and each word is checked again. See docs/decisions/0010-primitive-access.md.
 *
 * <p>As in {@link CheckedOnceByteBuf}, whatever is not the plain case is left to the superclass.
 */
abstract class SearchableByteBuf extends CheckedOnceByteBuf {

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
        return reaches(index, length) ? forEachByte(index, length, processor) : super.forEachByte(processor);
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
        return reaches(index, length) ? forEachByteDesc(index, length, processor) : super.forEachByteDesc(processor);
    }

    @Override
    public int forEachByteDesc(int index, int length, ByteProcessor processor) {
        int sought = SoughtByte.of(processor);
        return sought != SoughtByte.NONE && length > 0 && reaches(index, length)
                ? lastIndexOf((byte) sought, index, length)
                : super.forEachByteDesc(index, length, processor);
    }
}
