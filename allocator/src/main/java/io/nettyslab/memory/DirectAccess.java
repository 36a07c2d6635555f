package io.nettyslab.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads, writes and copies in direct memory, by the faster of two ways: by native address where Netty has
 * {@code Unsafe} (JDK 17), by position in the buffer where it has not (JDK 25). The decision is a constant for the
 * compiler.
 *
 * <p>Callers name a place by {@link #place} of the first byte they own, plus an index they have checked: nobody checks
 * it here. Places are {@code long}, so that the sum cannot overflow and compilers may take it apart.
 */
public final class DirectAccess {

    private static final boolean RAW = NettyInternals.hasRawAccess();

    private static final VarHandle SHORT = viewOf(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT_LE = viewOf(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = viewOf(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = viewOf(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = viewOf(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_LE = viewOf(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte[] ZEROS = new byte[4096];

    private static final int FEW = 16; // bytes

    private DirectAccess() {}

    private static VarHandle viewOf(Class<?> arrayType, ByteOrder order) {
        return MethodHandles.byteBufferViewVarHandle(arrayType, order);
    }

    /** Returns the place of the byte at {@code offset} of {@code memory}: its address, or the offset itself. */
    public static long place(Memory memory, int offset) {
        return RAW ? memory.address() + offset : offset;
    }

    /** Returns whether places are native addresses, so that whoever has one need not ask for the address. */
    public static boolean isByAddress() {
        return RAW;
    }

    /** Copies between two places, in memory that may be the same. */
    public static void copy(ByteBuffer from, long fromAt, ByteBuffer to, long toAt, int length) {
        if (RAW) {
            NettyInternals.copy(fromAt, toAt, length);
        } else {
            to.put((int) toAt, from, (int) fromAt, length);
        }
    }

    /** Copies from a place to an array; the caller has checked the array's range too. */
    public static void copy(ByteBuffer from, long fromAt, byte[] to, int toIndex, int length) {
        if (RAW) {
            NettyInternals.copy(fromAt, to, toIndex, length);
        } else {
            from.get((int) fromAt, to, toIndex, length);
        }
    }

    /** Copies from an array to a place; the caller has checked the array's range too. */
    public static void copy(byte[] from, int fromIndex, ByteBuffer to, long toAt, int length) {
        if (RAW) {
            NettyInternals.copy(from, fromIndex, toAt, length);
        } else {
            to.put((int) toAt, from, fromIndex, length);
        }
    }

    /**
     * Writes zeros, few by words, which copies take longer to begin than to do, many by copies, which are vectors: four
     * times as fast as words at 16 KiB. See docs/decisions/0010-primitive-access.md.
     */
    public static void setZero(ByteBuffer memory, long at, int length) {
        long end = at + length;
        if (length > FEW) {
            for (long from = at; from < end; from += ZEROS.length) {
                copy(ZEROS, 0, memory, from, (int) Math.min(ZEROS.length, end - from));
            }
            return;
        }
        long from = at;
        for (; from <= end - Long.BYTES; from += Long.BYTES) {
            putLong(memory, from, 0);
        }
        for (; from < end; from++) {
            putByte(memory, from, (byte) 0);
        }
    }

    /** Copies from an address to a position of {@code to}, which is direct and not read-only. */
    public static void copyOut(long from, ByteBuffer to, int position, int length) {
        NettyInternals.copy(from, NettyInternals.addressOf(to) + position, length);
    }

    /** Copies from a position of {@code from}, which is direct, to an address. */
    public static void copyIn(ByteBuffer from, int position, long to, int length) {
        NettyInternals.copy(NettyInternals.addressOf(from) + position, to, length);
    }

    public static byte getByte(ByteBuffer memory, long at) {
        return RAW ? NettyInternals.getByte(at) : memory.get((int) at);
    }

    public static void putByte(ByteBuffer memory, long at, byte value) {
        if (RAW) {
            NettyInternals.putByte(at, value);
        } else {
            memory.put((int) at, value);
        }
    }

    public static short getShort(ByteBuffer memory, long at) {
        return RAW ? ByteOrders.bigEndian(NettyInternals.getShort(at)) : (short) SHORT.get(memory, (int) at);
    }

    public static void putShort(ByteBuffer memory, long at, short value) {
        if (RAW) {
            NettyInternals.putShort(at, ByteOrders.bigEndian(value));
        } else {
            SHORT.set(memory, (int) at, value);
        }
    }

    public static short getShortLE(ByteBuffer memory, long at) {
        return RAW ? ByteOrders.littleEndian(NettyInternals.getShort(at)) : (short) SHORT_LE.get(memory, (int) at);
    }

    public static void putShortLE(ByteBuffer memory, long at, short value) {
        if (RAW) {
            NettyInternals.putShort(at, ByteOrders.littleEndian(value));
        } else {
            SHORT_LE.set(memory, (int) at, value);
        }
    }

    public static int getInt(ByteBuffer memory, long at) {
        return RAW ? ByteOrders.bigEndian(NettyInternals.getInt(at)) : (int) INT.get(memory, (int) at);
    }

    public static void putInt(ByteBuffer memory, long at, int value) {
        if (RAW) {
            NettyInternals.putInt(at, ByteOrders.bigEndian(value));
        } else {
            INT.set(memory, (int) at, value);
        }
    }

    public static int getIntLE(ByteBuffer memory, long at) {
        return RAW ? ByteOrders.littleEndian(NettyInternals.getInt(at)) : (int) INT_LE.get(memory, (int) at);
    }

    public static void putIntLE(ByteBuffer memory, long at, int value) {
        if (RAW) {
            NettyInternals.putInt(at, ByteOrders.littleEndian(value));
        } else {
            INT_LE.set(memory, (int) at, value);
        }
    }

    public static long getLong(ByteBuffer memory, long at) {
        return RAW ? ByteOrders.bigEndian(NettyInternals.getLong(at)) : (long) LONG.get(memory, (int) at);
    }

    public static void putLong(ByteBuffer memory, long at, long value) {
        if (RAW) {
            NettyInternals.putLong(at, ByteOrders.bigEndian(value));
        } else {
            LONG.set(memory, (int) at, value);
        }
    }

    public static long getLongLE(ByteBuffer memory, long at) {
        return RAW ? ByteOrders.littleEndian(NettyInternals.getLong(at)) : (long) LONG_LE.get(memory, (int) at);
    }

    public static void putLongLE(ByteBuffer memory, long at, long value) {
        if (RAW) {
            NettyInternals.putLong(at, ByteOrders.littleEndian(value));
        } else {
            LONG_LE.set(memory, (int) at, value);
        }
    }
}
