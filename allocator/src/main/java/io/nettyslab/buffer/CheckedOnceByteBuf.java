package io.nettyslab.buffer;

import io.netty.buffer.AbstractByteBuf;
import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import java.util.Objects;

/**
 * Reads and writes primitives after one check, that of {@link #limit()}.
 *
 * <p>{@code AbstractByteBuf} asks {@code refCnt()} before each of them. That has to be an acquiring read, and compilers
 * move nothing across one: a loop over a buffer then loads everything again at each step, and takes three to eight
 * times as long. See docs/decisions/0010-primitive-access.md.
 *
 * <p>Each method here is the shortest way if all is well, and the superclass's if not: that one says what is wrong. A
 * write without room first asks {@link #ensureWritable(int)}, which knows how to grow; the superclass would ask for no
 * more than it needs.
 */
abstract class CheckedOnceByteBuf extends AbstractByteBuf {

    CheckedOnceByteBuf() {
        super(Integer.MAX_VALUE);
    }

    /** Whether there is a reference, by a plain read: what compilers may keep over a loop. */
    abstract boolean isLive();

    static int positiveIncrement(int increment) {
        if (increment <= 0) {
            throw new IllegalArgumentException("increment: " + increment + " (expected: > 0)");
        }
        return increment;
    }

    static int positiveDecrement(int decrement) {
        if (decrement <= 0) {
            throw new IllegalArgumentException("decrement: " + decrement + " (expected: > 0)");
        }
        return decrement;
    }

    /** Returns how many bytes there are to access: {@code capacity()}, or 0 after the release. A plain read. */
    abstract int limit();

    final boolean reaches(int index, int length) {
        return index >= 0 && index <= limit() - length;
    }

    final boolean isReadableTo(int end) {
        int writerIndex = writerIndex();
        return end >= 0 && end <= writerIndex && writerIndex <= limit();
    }

    /** The superclass writes even before the reader index, where Netty's {@code readString} may have left that. */
    final boolean isWritableTo(int end) {
        return end >= readerIndex() && end <= limit();
    }

    /**
     * Checks a range against the capacity, by plain reads if all is well; {@code length} may be negative or huge.
     * Netty's own check says what is wrong, but does nothing with {@code -Dio.netty.buffer.checkBounds=false}: what is
     * refused here is refused all the same, because beyond it are other buffers' bytes.
     */
    final void checkRange(int index, int length) {
        if (length < 0 || !isLive() || !reaches(index, length)) {
            checkIndex(index, length);
            throw outOfReach(index, length);
        }
    }

    /** As {@code ensureAccessible}, but also with {@code -Dio.netty.buffer.checkAccessible=false}. */
    final void demandLive() {
        if (!isLive()) {
            throw new IllegalReferenceCountException(0);
        }
    }

    final void check(int index, int length) {
        if (!reaches(index, length)) {
            throw outOfReach(index, length);
        }
    }

    /**
     * Returns {@code index} if there is a byte. Compilers know this check and make one comparison of it, not two; what
     * that gains depends on the memory, see docs/decisions/0010-primitive-access.md.
     */
    final int checkedIndex(int index) {
        try {
            return Objects.checkIndex(index, limit());
        } catch (IndexOutOfBoundsException e) {
            throw outOfReach(index, 1);
        }
    }

    private IndexOutOfBoundsException outOfReach(int index, int length) {
        ensureAccessible();
        return new IndexOutOfBoundsException(
                "index: " + index + ", length: " + length + " (expected: range(0, " + limit() + "))");
    }

    @Override
    public byte getByte(int index) {
        return reaches(index, 1) ? byteAt(index) : super.getByte(index);
    }

    @Override
    public ByteBuf setByte(int index, int value) {
        if (!reaches(index, 1)) {
            return super.setByte(index, value);
        }
        putByte(index, value);
        return this;
    }

    @Override
    public final byte readByte() {
        int index = readerIndex();
        int end = index + 1;
        if (!isReadableTo(end)) {
            return super.readByte();
        }
        byte value = byteAt(index);
        readerIndex(end);
        return value;
    }

    @Override
    public final ByteBuf writeByte(int value) {
        int index = writerIndex();
        int end = index + 1;
        if (!isWritableTo(end)) {
            ensureWritable(1);
            return super.writeByte(value);
        }
        putByte(index, value);
        writerIndex(end);
        return this;
    }

    @Override
    protected final byte _getByte(int index) {
        check(index, 1);
        return byteAt(index);
    }

    @Override
    protected final void _setByte(int index, int value) {
        check(index, 1);
        putByte(index, value);
    }

    abstract byte byteAt(int index);

    abstract void putByte(int index, int value);

    @Override
    public final short getShort(int index) {
        return reaches(index, 2) ? shortAt(index) : super.getShort(index);
    }

    @Override
    public final ByteBuf setShort(int index, int value) {
        if (!reaches(index, 2)) {
            return super.setShort(index, value);
        }
        putShort(index, value);
        return this;
    }

    @Override
    public final short readShort() {
        int index = readerIndex();
        int end = index + 2;
        if (!isReadableTo(end)) {
            return super.readShort();
        }
        short value = shortAt(index);
        readerIndex(end);
        return value;
    }

    @Override
    public final ByteBuf writeShort(int value) {
        int index = writerIndex();
        int end = index + 2;
        if (!isWritableTo(end)) {
            ensureWritable(2);
            return super.writeShort(value);
        }
        putShort(index, value);
        writerIndex(end);
        return this;
    }

    @Override
    protected final short _getShort(int index) {
        check(index, 2);
        return shortAt(index);
    }

    @Override
    protected final void _setShort(int index, int value) {
        check(index, 2);
        putShort(index, value);
    }

    abstract short shortAt(int index);

    abstract void putShort(int index, int value);

    @Override
    public final short getShortLE(int index) {
        return reaches(index, 2) ? shortLEAt(index) : super.getShortLE(index);
    }

    @Override
    public final ByteBuf setShortLE(int index, int value) {
        if (!reaches(index, 2)) {
            return super.setShortLE(index, value);
        }
        putShortLE(index, value);
        return this;
    }

    @Override
    public final short readShortLE() {
        int index = readerIndex();
        int end = index + 2;
        if (!isReadableTo(end)) {
            return super.readShortLE();
        }
        short value = shortLEAt(index);
        readerIndex(end);
        return value;
    }

    @Override
    public final ByteBuf writeShortLE(int value) {
        int index = writerIndex();
        int end = index + 2;
        if (!isWritableTo(end)) {
            ensureWritable(2);
            return super.writeShortLE(value);
        }
        putShortLE(index, value);
        writerIndex(end);
        return this;
    }

    @Override
    protected final short _getShortLE(int index) {
        check(index, 2);
        return shortLEAt(index);
    }

    @Override
    protected final void _setShortLE(int index, int value) {
        check(index, 2);
        putShortLE(index, value);
    }

    abstract short shortLEAt(int index);

    abstract void putShortLE(int index, int value);

    @Override
    public final int getUnsignedMedium(int index) {
        return reaches(index, 3) ? unsignedMediumAt(index) : super.getUnsignedMedium(index);
    }

    @Override
    public final ByteBuf setMedium(int index, int value) {
        if (!reaches(index, 3)) {
            return super.setMedium(index, value);
        }
        putMedium(index, value);
        return this;
    }

    @Override
    public final int readUnsignedMedium() {
        int index = readerIndex();
        int end = index + 3;
        if (!isReadableTo(end)) {
            return super.readUnsignedMedium();
        }
        int value = unsignedMediumAt(index);
        readerIndex(end);
        return value;
    }

    @Override
    public final ByteBuf writeMedium(int value) {
        int index = writerIndex();
        int end = index + 3;
        if (!isWritableTo(end)) {
            ensureWritable(3);
            return super.writeMedium(value);
        }
        putMedium(index, value);
        writerIndex(end);
        return this;
    }

    @Override
    protected final int _getUnsignedMedium(int index) {
        check(index, 3);
        return unsignedMediumAt(index);
    }

    @Override
    protected final void _setMedium(int index, int value) {
        check(index, 3);
        putMedium(index, value);
    }

    abstract int unsignedMediumAt(int index);

    abstract void putMedium(int index, int value);

    @Override
    public final int getUnsignedMediumLE(int index) {
        return reaches(index, 3) ? unsignedMediumLEAt(index) : super.getUnsignedMediumLE(index);
    }

    @Override
    public final ByteBuf setMediumLE(int index, int value) {
        if (!reaches(index, 3)) {
            return super.setMediumLE(index, value);
        }
        putMediumLE(index, value);
        return this;
    }

    @Override
    public final int readUnsignedMediumLE() {
        int index = readerIndex();
        int end = index + 3;
        if (!isReadableTo(end)) {
            return super.readUnsignedMediumLE();
        }
        int value = unsignedMediumLEAt(index);
        readerIndex(end);
        return value;
    }

    @Override
    public final ByteBuf writeMediumLE(int value) {
        int index = writerIndex();
        int end = index + 3;
        if (!isWritableTo(end)) {
            ensureWritable(3);
            return super.writeMediumLE(value);
        }
        putMediumLE(index, value);
        writerIndex(end);
        return this;
    }

    @Override
    protected final int _getUnsignedMediumLE(int index) {
        check(index, 3);
        return unsignedMediumLEAt(index);
    }

    @Override
    protected final void _setMediumLE(int index, int value) {
        check(index, 3);
        putMediumLE(index, value);
    }

    abstract int unsignedMediumLEAt(int index);

    abstract void putMediumLE(int index, int value);

    @Override
    public final int getInt(int index) {
        return reaches(index, 4) ? intAt(index) : super.getInt(index);
    }

    @Override
    public final ByteBuf setInt(int index, int value) {
        if (!reaches(index, 4)) {
            return super.setInt(index, value);
        }
        putInt(index, value);
        return this;
    }

    @Override
    public final int readInt() {
        int index = readerIndex();
        int end = index + 4;
        if (!isReadableTo(end)) {
            return super.readInt();
        }
        int value = intAt(index);
        readerIndex(end);
        return value;
    }

    @Override
    public final ByteBuf writeInt(int value) {
        int index = writerIndex();
        int end = index + 4;
        if (!isWritableTo(end)) {
            ensureWritable(4);
            return super.writeInt(value);
        }
        putInt(index, value);
        writerIndex(end);
        return this;
    }

    @Override
    protected final int _getInt(int index) {
        check(index, 4);
        return intAt(index);
    }

    @Override
    protected final void _setInt(int index, int value) {
        check(index, 4);
        putInt(index, value);
    }

    abstract int intAt(int index);

    abstract void putInt(int index, int value);

    @Override
    public final int getIntLE(int index) {
        return reaches(index, 4) ? intLEAt(index) : super.getIntLE(index);
    }

    @Override
    public final ByteBuf setIntLE(int index, int value) {
        if (!reaches(index, 4)) {
            return super.setIntLE(index, value);
        }
        putIntLE(index, value);
        return this;
    }

    @Override
    public final int readIntLE() {
        int index = readerIndex();
        int end = index + 4;
        if (!isReadableTo(end)) {
            return super.readIntLE();
        }
        int value = intLEAt(index);
        readerIndex(end);
        return value;
    }

    @Override
    public final ByteBuf writeIntLE(int value) {
        int index = writerIndex();
        int end = index + 4;
        if (!isWritableTo(end)) {
            ensureWritable(4);
            return super.writeIntLE(value);
        }
        putIntLE(index, value);
        writerIndex(end);
        return this;
    }

    @Override
    protected final int _getIntLE(int index) {
        check(index, 4);
        return intLEAt(index);
    }

    @Override
    protected final void _setIntLE(int index, int value) {
        check(index, 4);
        putIntLE(index, value);
    }

    abstract int intLEAt(int index);

    abstract void putIntLE(int index, int value);

    @Override
    public final long getLong(int index) {
        return reaches(index, 8) ? longAt(index) : super.getLong(index);
    }

    @Override
    public final ByteBuf setLong(int index, long value) {
        if (!reaches(index, 8)) {
            return super.setLong(index, value);
        }
        putLong(index, value);
        return this;
    }

    @Override
    public final long readLong() {
        int index = readerIndex();
        int end = index + 8;
        if (!isReadableTo(end)) {
            return super.readLong();
        }
        long value = longAt(index);
        readerIndex(end);
        return value;
    }

    @Override
    public final ByteBuf writeLong(long value) {
        int index = writerIndex();
        int end = index + 8;
        if (!isWritableTo(end)) {
            ensureWritable(8);
            return super.writeLong(value);
        }
        putLong(index, value);
        writerIndex(end);
        return this;
    }

    @Override
    protected final long _getLong(int index) {
        check(index, 8);
        return longAt(index);
    }

    @Override
    protected final void _setLong(int index, long value) {
        check(index, 8);
        putLong(index, value);
    }

    abstract long longAt(int index);

    abstract void putLong(int index, long value);

    @Override
    public final long getLongLE(int index) {
        return reaches(index, 8) ? longLEAt(index) : super.getLongLE(index);
    }

    @Override
    public final ByteBuf setLongLE(int index, long value) {
        if (!reaches(index, 8)) {
            return super.setLongLE(index, value);
        }
        putLongLE(index, value);
        return this;
    }

    @Override
    public final long readLongLE() {
        int index = readerIndex();
        int end = index + 8;
        if (!isReadableTo(end)) {
            return super.readLongLE();
        }
        long value = longLEAt(index);
        readerIndex(end);
        return value;
    }

    @Override
    public final ByteBuf writeLongLE(long value) {
        int index = writerIndex();
        int end = index + 8;
        if (!isWritableTo(end)) {
            ensureWritable(8);
            return super.writeLongLE(value);
        }
        putLongLE(index, value);
        writerIndex(end);
        return this;
    }

    @Override
    protected final long _getLongLE(int index) {
        check(index, 8);
        return longLEAt(index);
    }

    @Override
    protected final void _setLongLE(int index, long value) {
        check(index, 8);
        putLongLE(index, value);
    }

    abstract long longLEAt(int index);

    abstract void putLongLE(int index, long value);
}
