package io.nettyslab.memory;

/**
 * What objects of the Java heap weigh in HotSpot, to count what the allocator itself takes there. Estimates: object
 * alignment of 8 bytes, compressed references below 32 GiB of heap, class pointers compressed.
 */
public final class ObjectSizes {

    /** Bytes of a reference in a field or an array. */
    public static final int REFERENCE = Runtime.getRuntime().maxMemory() < 32L << 30 ? 4 : 8;

    private static final int ARRAY_HEADER = 16;

    private ObjectSizes() {}

    /** Returns the bytes of an array of {@code length} elements of {@code elementBytes} bytes each. */
    public static long array(int length, int elementBytes) {
        return ARRAY_HEADER + (long) length * elementBytes;
    }
}
