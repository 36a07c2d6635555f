package io.nettyslab.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads and writes primitives in heap memory, by the faster of two ways: without a check of the index where Netty has
 * {@code Unsafe} (JDK 17), by view VarHandles where it has not (JDK 25). The decision is a constant for the compiler.
 *
 * <p>Callers name a place by its index in the array, which they have checked: nobody checks it here.
 */
public final class HeapAccess {

    private static final boolean RAW = NettyInternals.hasRawAccess();

    private static final VarHandle SHORT = viewOf(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT_LE = viewOf(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = viewOf(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = viewOf(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = viewOf(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_LE = viewOf(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int FEW = 64; // bytes

    private HeapAccess() {}

    private static VarHandle viewOf(Class<?> arrayType, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(arrayType, order);
    }

    /** Writes zeros, few by words, as {@link DirectAccess#setZero} does. */
    public static void setZero(byte[] memory, int at, int length) {
        int end = at + length;
        if (length > FEW) {
            Arrays.fill(memory, at, end, (byte) 0);
            return;
        }
        int from = at;
        for (; from <= end - Long.BYTES; from += Long.BYTES) {
            putLong(memory, from, 0);
        }
        for (; from < end; from++) {
            memory[from] = 0;
        }
    }

    public static short getShort(byte[] memory, int at) {
        return RAW ? ByteOrders.bigEndian(NettyInternals.getShort(memory, at)) : (short) SHORT.get(memory, at);
    }

    public static void putShort(byte[] memory, int at, short value) {
        if (RAW) {
            NettyInternals.putShort(memory, at, ByteOrders.bigEndian(value));
        } else {
            SHORT.set(memory, at, value);
        }
    }

    public static short getShortLE(byte[] memory, int at) {
        return RAW ? ByteOrders.littleEndian(NettyInternals.getShort(memory, at)) : (short) SHORT_LE.get(memory, at);
    }

    public static void putShortLE(byte[] memory, int at, short value) {
        if (RAW) {
            NettyInternals.putShort(memory, at, ByteOrders.littleEndian(value));
        } else {
            SHORT_LE.set(memory, at, value);
        }
    }

    public static int getInt(byte[] memory, int at) {
        return RAW ? ByteOrders.bigEndian(NettyInternals.getInt(memory, at)) : (int) INT.get(memory, at);
    }

    public static void putInt(byte[] memory, int at, int value) {
        if (RAW) {
            NettyInternals.putInt(memory, at, ByteOrders.bigEndian(value));
        } else {
            INT.set(memory, at, value);
        }
    }

    public static int getIntLE(byte[] memory, int at) {
        return RAW ? ByteOrders.littleEndian(NettyInternals.getInt(memory, at)) : (int) INT_LE.get(memory, at);
    }

    public static void putIntLE(byte[] memory, int at, int value) {
        if (RAW) {
            NettyInternals.putInt(memory, at, ByteOrders.littleEndian(value));
        } else {
            INT_LE.set(memory, at, value);
        }
    }

    public static long getLong(byte[] memory, int at) {
        return RAW ? ByteOrders.bigEndian(NettyInternals.getLong(memory, at)) : (long) LONG.get(memory, at);
    }

    public static void putLong(byte[] memory, int at, long value) {
        if (RAW) {
            NettyInternals.putLong(memory, at, ByteOrders.bigEndian(value));
        } else {
            LONG.set(memory, at, value);
        }
    }

    public static long getLongLE(byte[] memory, int at) {
        return RAW ? ByteOrders.littleEndian(NettyInternals.getLong(memory, at)) : (long) LONG_LE.get(memory, at);
    }

    public static void putLongLE(byte[] memory, int at, long value) {
        if (RAW) {
            NettyInternals.putLong(memory, at, ByteOrders.littleEndian(value));
        } else {
            LONG_LE.set(memory, at, value);
        }
    }
}
