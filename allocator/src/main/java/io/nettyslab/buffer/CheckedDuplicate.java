package io.nettyslab.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DuplicatedByteBuf;
import java.nio.charset.Charset;

/**
 * A duplicate of a composite buffer that never answers past the capacity of its root. Netty's own duplicates skip all
 * checks in {@code toString(index, length, charset)}.
 *
 * <p>It shares the reference count of the root, as every duplicate made by {@code duplicate()} does.
 */
@SuppressWarnings("deprecation") // the only duplicate of Netty's that can be extended
final class CheckedDuplicate extends DuplicatedByteBuf {

    /**
     * Makes a duplicate.
     *
     * @param root the buffer to share, itself not a slice or duplicate
     * @param indices whose reader and writer index to start with
     */
    CheckedDuplicate(ByteBuf root, ByteBuf indices) {
        super(root);
        setIndex(indices.readerIndex(), indices.writerIndex());
        markReaderIndex();
        markWriterIndex();
    }

    @Override
    public ByteBuf duplicate() {
        ensureAccessible();
        return new CheckedDuplicate(unwrap(), this);
    }

    @Override
    public String toString(int index, int length, Charset charset) {
        return unwrap().toString(index, length, charset);
    }
}
