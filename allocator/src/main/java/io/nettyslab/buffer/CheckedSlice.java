package io.nettyslab.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.SlicedByteBuf;
import java.nio.charset.Charset;

/**
 * A slice of a composite buffer that never answers past its own end or past the capacity of its root, not even after
 * the root has shrunk. Netty's own slices skip the root's check, and skip all checks in
 * {@code toString(index, length, charset)}.
 *
 * <p>It shares the reference count of the root, as every slice made by {@code slice()} does.
 */
@SuppressWarnings(
        "deprecation") // the only slice of Netty's that can be extended, and that CompositeByteBuf sees through
final class CheckedSlice extends SlicedByteBuf {

    private final int start;

    /**
     * Makes a slice.
     *
     * @param root the buffer to slice, itself not a slice or duplicate
     * @param start its first byte in {@code root}
     * @param length its bytes
     * @throws IndexOutOfBoundsException if they are not all within the capacity of {@code root}
     */
    CheckedSlice(ByteBuf root, int start, int length) {
        super(root, start, length);
        this.start = start;
    }

    /** No array to go past all checks by, as Netty does to write characters, once the root has shrunk below our end. */
    @Override
    public boolean hasArray() {
        return isWithinRoot() && super.hasArray();
    }

    /** No address either. */
    @Override
    public boolean hasMemoryAddress() {
        return isWithinRoot() && super.hasMemoryAddress();
    }

    private boolean isWithinRoot() {
        return start <= unwrap().capacity() - capacity();
    }

    @Override
    public String toString(int index, int length, Charset charset) {
        if (length == 0) { // no bytes, no harm, and Netty's versions differ
            return super.toString(index, length, charset);
        }
        checkIndex(index, length);
        return unwrap().toString(start + index, length, charset);
    }
}
