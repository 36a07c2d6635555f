package io.nettyslab.echo.load;

import io.netty.buffer.ByteBuf;

/** The first bytes of a framed reply, put together from however many reads they come in. */
final class ReplyHeader {

    /** Length of all that follows, in a request and in a reply. */
    static final int LENGTH_BYTES = Integer.BYTES;

    /** Transmission id, in a reply only; it counts as part of the length. */
    static final int ID_BYTES = Long.BYTES;

    private static final int BYTES = LENGTH_BYTES + ID_BYTES;

    private int have;
    private int length;
    private long id;

    /** Takes what belongs to the header; returns whether it is complete. */
    boolean read(ByteBuf in) {
        while (have < BYTES && in.isReadable()) {
            int next = in.readUnsignedByte();
            if (have < LENGTH_BYTES) {
                length = length << 8 | next;
            } else {
                id = id << 8 | next;
            }
            have++;
        }
        return have == BYTES;
    }

    /** Returns the bytes that follow the header. */
    long messageLength() {
        return (long) length - ID_BYTES;
    }

    /** Returns the transmission id, 0 if the message says what went wrong. */
    long id() {
        return id;
    }

    void reset() {
        have = 0;
        length = 0;
        id = 0;
    }
}
