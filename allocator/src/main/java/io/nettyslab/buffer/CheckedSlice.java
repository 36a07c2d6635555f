package io.nettyslab.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.SlicedByteBuf;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A slice that never answers past its own end or past the capacity of its root, not even after the root has shrunk.
 * Netty's own slices skip the root's check, and skip all checks in {@code toString(index, length, charset)}.
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

    /** No array to go past all checks by, once the root has shrunk below the end of this slice. */
    @Override
    public boolean hasArray() {
        return isWithinRoot() && super.hasArray();
    }

    /** No address either. */
    @Override
    public boolean hasMemoryAddress() {
        return isWithinRoot() && super.hasMemoryAddress();
    }

    @Override
    public int setCharSequence(int index, CharSequence sequence, Charset charset) {
        return isWithinRoot() ? super.setCharSequence(index, sequence, charset) : setEncoded(index, sequence, charset);
    }

    @Override
    public int writeCharSequence(CharSequence sequence, Charset charset) {
        if (isWithinRoot()) {
            return super.writeCharSequence(sequence, charset);
        }
        int written = setEncoded(writerIndex(), sequence, charset);
        writerIndex(writerIndex() + written);
        return written;
    }

    private boolean isWithinRoot() {
        return start <= unwrap().capacity() - capacity();
    }

    /** Goes the checked way: Netty writes characters by array or address, past the end of a root that has shrunk. */
    private int setEncoded(int index, CharSequence sequence, Charset charset) {
        ensureAccessible();
        if (charset.equals(StandardCharsets.UTF_8)) {
            checkIndex(index, ByteBufUtil.utf8MaxBytes(sequence));
        }
        byte[] bytes = sequence.toString().getBytes(charset);
        setBytes(index, bytes);
        return bytes.length;
    }

    @Override
    public String toString(int index, int length, Charset charset) {
        if (length != 0) { // no bytes, no harm: Netty answers "" wherever they are not
            checkIndex(index, length);
        }
        return unwrap().toString(start + index, length, charset);
    }
}
