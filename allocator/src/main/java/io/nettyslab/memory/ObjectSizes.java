package io.nettyslab.memory;

/**
 * What objects of the Java heap weigh in HotSpot, to count what the allocator itself takes there. Estimates: object
 * alignment of 8 bytes, class pointers compressed.
 */
public final class ObjectSizes {

    /**
     * Bytes of a reference in a field or an array. HotSpot names the way it compresses them in a system property, and
     * has none where it does not: with ZGC, and with heaps of 32 GiB and more.
     */
    public static final int REFERENCE = System.getProperty("java.vm.compressedOopsMode") != null ? 4 : 8;

    private static final int HEADER = 12;
    private static final int ARRAY_HEADER = 16;
    private static final int ALIGNMENT = 8;

    private ObjectSizes() {}

    /** Returns the bytes of an object with so many bytes of primitive fields, and so many references. */
    public static int object(int primitiveBytes, int references) {
        int bytes = HEADER + primitiveBytes + references * REFERENCE;
        return bytes + ALIGNMENT - 1 & -ALIGNMENT;
    }

    /** Returns the bytes of an array of {@code length} elements of {@code elementBytes} bytes each. */
    public static long array(int length, int elementBytes) {
        return ARRAY_HEADER + (long) length * elementBytes;
    }
}
