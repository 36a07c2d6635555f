package io.nettyslab.memory;

/**
 * Looks for a byte in heap memory. As with {@link HeapAccess}, the caller has checked the range; nothing outside of it
 * is read.
 *
 * <p>Forwards first word by word, since what is sought is mostly near, then by blocks and steps of several words with
 * one decision each; backwards word by word. The bytes that fill no word are looked at as part of the eight at the end
 * that is reached last, of which the others are known not to match.
 *
 * <p>{@link DirectSearch} is its twin: one loop over both kinds of memory would be a call for each word. Change both.
 */
public final class HeapSearch {

    private HeapSearch() {}

    /** Returns where the first {@code value} is among {@code length} bytes from {@code at} on, 0 or more, or -1. */
    public static int first(byte[] memory, int at, int length, byte value) {
        if (length < Long.BYTES) {
            return firstOfFew(memory, at, length, value);
        }
        long pattern = BytePattern.of(value);
        long marks = BytePattern.marks(word(memory, at) ^ pattern);
        if (BytePattern.isFound(marks)) {
            return BytePattern.first(marks);
        }
        if (length >= 2 * Long.BYTES) {
            marks = BytePattern.marks(word(memory, at + Long.BYTES) ^ pattern);
            if (BytePattern.isFound(marks)) {
                return Long.BYTES + BytePattern.first(marks);
            }
            int near = Math.min(length, BytePattern.NEAR) & -Long.BYTES;
            for (int done = 2 * Long.BYTES; done < near; done += Long.BYTES) {
                marks = BytePattern.marks(word(memory, at + done) ^ pattern);
                if (BytePattern.isFound(marks)) {
                    return done + BytePattern.first(marks);
                }
            }
            if (length > BytePattern.NEAR) {
                return firstFrom(near, memory, at, length, pattern);
            }
        }
        int done = length - Long.BYTES;
        marks = BytePattern.marks(word(memory, at + done) ^ pattern);
        return BytePattern.isFound(marks) ? done + BytePattern.first(marks) : -1;
    }

    /** Goes on with {@link #first} from byte {@code from} on, a multiple of 8, where at least one more is left. */
    private static int firstFrom(int from, byte[] memory, int at, int length, long pattern) {
        int done = from;
        for (; done <= length - BytePattern.BLOCK; done += BytePattern.BLOCK) {
            int block = at + done;
            long marks = 0;
            for (int i = 0; i < BytePattern.BLOCK; i += Long.BYTES) {
                marks |= BytePattern.marks(word(memory, block + i) ^ pattern);
            }
            if (BytePattern.isFound(marks)) {
                break;
            }
        }
        for (; done <= length - BytePattern.STEP; done += BytePattern.STEP) {
            long marks = BytePattern.marks(word(memory, at + done) ^ pattern)
                    | BytePattern.marks(word(memory, at + done + 8) ^ pattern)
                    | BytePattern.marks(word(memory, at + done + 16) ^ pattern)
                    | BytePattern.marks(word(memory, at + done + 24) ^ pattern);
            if (BytePattern.isFound(marks)) {
                break;
            }
        }
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            long marks = BytePattern.marks(word(memory, at + done) ^ pattern);
            if (BytePattern.isFound(marks)) {
                return done + BytePattern.first(marks);
            }
        }
        done = length - Long.BYTES;
        long marks = BytePattern.marks(word(memory, at + done) ^ pattern);
        return BytePattern.isFound(marks) ? done + BytePattern.first(marks) : -1;
    }

    /** Returns where the last {@code value} is among {@code length} bytes from {@code at} on, 0 or more, or -1. */
    public static int last(byte[] memory, int at, int length, byte value) {
        if (length < Long.BYTES) {
            return lastOfFew(memory, at, length, value);
        }
        long pattern = BytePattern.of(value);
        int left = length;
        for (; left >= Long.BYTES; left -= Long.BYTES) {
            long difference = word(memory, at + left - Long.BYTES) ^ pattern;
            if (BytePattern.isFound(BytePattern.marks(difference))) {
                return left - Long.BYTES + BytePattern.last(difference);
            }
        }
        if (left == 0) {
            return -1;
        }
        long difference = word(memory, at) ^ pattern;
        return BytePattern.isFound(BytePattern.marks(difference)) ? BytePattern.last(difference) : -1;
    }

    private static int firstOfFew(byte[] memory, int at, int length, byte value) {
        for (int i = 0; i < length; i++) {
            if (memory[at + i] == value) {
                return i;
            }
        }
        return -1;
    }

    private static int lastOfFew(byte[] memory, int at, int length, byte value) {
        for (int i = length - 1; i >= 0; i--) {
            if (memory[at + i] == value) {
                return i;
            }
        }
        return -1;
    }

    private static long word(byte[] memory, int at) {
        return HeapAccess.getLongLE(memory, at);
    }
}
