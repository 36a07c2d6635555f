package io.nettyslab.memory;

/**
 * Looks for one byte in eight at a time. Words are read in little-endian order: byte 0 is in the lowest bits.
 *
 * <p>A word is compared by {@code word ^ pattern}, which is 0 where the bytes are equal; a "difference" below.
 */
final class BytePattern {

    /** Bytes within which most searches end: so far they go word by word. */
    static final int NEAR = 64;

    /** Bytes in a loop of its own, for compilers that make vector instructions of it. */
    static final int BLOCK = 256;

    /** Bytes of four words, behind the last block. */
    static final int STEP = 4 * Long.BYTES;

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private BytePattern() {}

    /** Returns the word whose eight bytes all are {@code value}. */
    static long of(byte value) {
        return (value & 0xff) * ONES;
    }

    /**
     * Returns what has a high bit in some byte exactly if {@code difference} has a byte that is 0. The lowest such bit
     * marks the first 0; those above it may be wrong. The other bits mean nothing, so that several of these can be put
     * together by "or" before one call to {@link #isFound}.
     */
    static long marks(long difference) {
        return difference - ONES & ~difference;
    }

    /** Returns whether {@code marks}, of one word or several, tell of a byte that is 0. */
    static boolean isFound(long marks) {
        return (marks & HIGH_BITS) != 0;
    }

    /** Returns which byte is the first 0, by the marks of one word that has one. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks & HIGH_BITS) >>> 3;
    }

    /** Returns which byte of {@code difference} is the last 0; it has one. */
    static int last(long difference) {
        long low = difference & ~HIGH_BITS;
        long zeros = ~(low + ~HIGH_BITS | difference | ~HIGH_BITS); // a high bit for each 0, and no other
        return 7 - (Long.numberOfLeadingZeros(zeros) >>> 3);
    }
}
