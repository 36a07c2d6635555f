package io.nettyslab.memory;

import java.nio.ByteOrder;

/** Turns what raw access reads and writes, in this machine's byte order, into a given one, and back. */
final class ByteOrders {

    private static final boolean NATIVE_IS_BIG = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private ByteOrders() {}

    static short bigEndian(short value) {
        return NATIVE_IS_BIG ? value : Short.reverseBytes(value);
    }

    static short littleEndian(short value) {
        return NATIVE_IS_BIG ? Short.reverseBytes(value) : value;
    }

    static int bigEndian(int value) {
        return NATIVE_IS_BIG ? value : Integer.reverseBytes(value);
    }

    static int littleEndian(int value) {
        return NATIVE_IS_BIG ? Integer.reverseBytes(value) : value;
    }

    static long bigEndian(long value) {
        return NATIVE_IS_BIG ? value : Long.reverseBytes(value);
    }

    static long littleEndian(long value) {
        return NATIVE_IS_BIG ? Long.reverseBytes(value) : value;
    }
}
