package io.nettyslab.echo.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/**
 * The framed protocol, for both of its sides. All numbers are signed and big-endian.
 *
 * <pre>
 * request   length (4) | message (length)
 * reply     length (4) | transmission id (8) | message (length - 8)
 * </pre>
 *
 * <p>A reply with the id {@link #ERROR_ID} carries a text in UTF-8 that says what was wrong, and is the last one.
 */
public final class Frames {

    /** Bytes of the length in front of each frame. */
    public static final int LENGTH_BYTES = 4;

    /** Bytes of the transmission id in front of each message in a reply. */
    public static final int ID_BYTES = 8;

    /** What stands in a reply before the message. */
    public static final int HEADER_BYTES = LENGTH_BYTES + ID_BYTES;

    /** The id of replies that are no echo; those of echoes start at 1. */
    public static final long ERROR_ID = 0;

    /** Largest message in bytes that a server takes unless told otherwise. */
    public static final int DEFAULT_MAX_MESSAGE = 1 << 20;

    /** Largest message in bytes that a server can be told to take. */
    public static final int MOST_MAX_MESSAGE = 1 << 30;

    private Frames() {}

    /**
     * Makes what stands before the message in a reply.
     *
     * @param allocator where the header's memory comes from
     * @param transmissionId number of this reply
     * @param messageLength bytes of the message, at least 0
     * @return a new direct buffer of {@link #HEADER_BYTES} bytes
     */
    public static ByteBuf replyHeader(ByteBufAllocator allocator, long transmissionId, int messageLength) {
        return writeReplyHeader(allocator.directBuffer(HEADER_BYTES, HEADER_BYTES), transmissionId, messageLength);
    }

    static ByteBuf writeReplyHeader(ByteBuf buffer, long transmissionId, int messageLength) {
        return buffer.writeInt(ID_BYTES + messageLength).writeLong(transmissionId);
    }

    static ByteBuf error(ByteBufAllocator allocator, String text) {
        int length = ByteBufUtil.utf8Bytes(text);
        ByteBuf frame = allocator.directBuffer(HEADER_BYTES + length, HEADER_BYTES + length);
        ByteBufUtil.reserveAndWriteUtf8(writeReplyHeader(frame, ERROR_ID, length), text, length);
        return frame;
    }
}
