package io.nettyslab.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads and writes primitives in direct memory, by the faster of two ways: by native address where Netty has
 * {@code Unsafe} (JDK 17), by position in the buffer where it has not (JDK 25). The decision is a constant for the
 * compiler.
 *
 * <p>Callers name a place by {@link #place} of the first byte they own, plus an index they have checked: nobody checks
 * it here. Places are {@code long}, so that the sum cannot overflow and compilers may take it apart.
 */
public final class DirectAccess {

    private static final boolean RAW = NettyInternals.hasRawAccess();
    private static final boolean NATIVE_IS_BIG = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private static final VarHandle SHORT = viewOf(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORT_LE = viewOf(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = viewOf(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT_LE = viewOf(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = viewOf(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_LE = viewOf(long[].class, ByteOrder.LITTLE_ENDIAN);

    private DirectAccess() {}

    private static VarHandle viewOf(Class<?> arrayType, ByteOrder order) {
        return MethodHandles.byteBufferViewVarHandle(arrayType, order);
    }

    /** Returns the place of the byte at {@code offset} of {@code memory}: its address, or the offset itself. */
    public static long place(Memory memory, int offset) {
        return RAW ? memory.address() + offset : offset;
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
        return RAW ? bigEndian(NettyInternals.getShort(at)) : (short) SHORT.get(memory, (int) at);
    }

    public static void putShort(ByteBuffer memory, long at, short value) {
        if (RAW) {
            NettyInternals.putShort(at, bigEndian(value));
        } else {
            SHORT.set(memory, (int) at, value);
        }
    }

    public static short getShortLE(ByteBuffer memory, long at) {
        return RAW ? littleEndian(NettyInternals.getShort(at)) : (short) SHORT_LE.get(memory, (int) at);
    }

    public static void putShortLE(ByteBuffer memory, long at, short value) {
        if (RAW) {
            NettyInternals.putShort(at, littleEndian(value));
        } else {
            SHORT_LE.set(memory, (int) at, value);
        }
    }

    public static int getInt(ByteBuffer memory, long at) {
        return RAW ? bigEndian(NettyInternals.getInt(at)) : (int) INT.get(memory, (int) at);
    }

    public static void putInt(ByteBuffer memory, long at, int value) {
        if (RAW) {
            NettyInternals.putInt(at, bigEndian(value));
        } else {
            INT.set(memory, (int) at, value);
        }
    }

    public static int getIntLE(ByteBuffer memory, long at) {
        return RAW ? littleEndian(NettyInternals.getInt(at)) : (int) INT_LE.get(memory, (int) at);
    }

    public static void putIntLE(ByteBuffer memory, long at, int value) {
        if (RAW) {
            NettyInternals.putInt(at, littleEndian(value));
        } else {
            INT_LE.set(memory, (int) at, value);
        }
    }

    public static long getLong(ByteBuffer memory, long at) {
        return RAW ? bigEndian(NettyInternals.getLong(at)) : (long) LONG.get(memory, (int) at);
    }

    public static void putLong(ByteBuffer memory, long at, long value) {
        if (RAW) {
            NettyInternals.putLong(at, bigEndian(value));
        } else {
            LONG.set(memory, (int) at, value);
        }
    }

    public static long getLongLE(ByteBuffer memory, long at) {
        return RAW ? littleEndian(NettyInternals.getLong(at)) : Long.reverseBytes((long) LONG.get(memory, (int) at));
    }

    public static void putLongLE(ByteBuffer memory, long at, long value) {
        if (RAW) {
            NettyInternals.putLong(at, littleEndian(value));
        } else {
            LONG_LE.set(memory, (int) at, value);
        }
    }

    private static short bigEndian(short value) {
        return NATIVE_IS_BIG ? value : Short.reverseBytes(value);
    }

    private static short littleEndian(short value) {
        return NATIVE_IS_BIG ? Short.reverseBytes(value) : value;
    }

    private static int bigEndian(int value) {
        return NATIVE_IS_BIG ? value : Integer.reverseBytes(value);
    }

    private static int littleEndian(int value) {
        return NATIVE_IS_BIG ? Integer.reverseBytes(value) : value;
    }

    private static long bigEndian(long value) {
        return NATIVE_IS_BIG ? value : Long.reverseBytes(value);
    }

    private static long littleEndian(long value) {
        return NATIVE_IS_BIG ? Long.reverseBytes(value) : value;
    }
}
