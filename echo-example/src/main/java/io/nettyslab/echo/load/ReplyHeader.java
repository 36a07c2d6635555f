package io.nettyslab.echo.load;

import io.netty.buffer.ByteBuf;
import io.nettyslab.echo.protocol.Frames;

/** The header of a framed reply, see {@link Frames}, put together from however many reads it comes in. */
final class ReplyHeader {

    private int have;
    private int length;
    private long id;

    /** Takes what belongs to the header; returns whether it is complete. */
    boolean read(ByteBuf in) {
        while (have < Frames.HEADER_BYTES && in.isReadable()) {
            int next = in.readUnsignedByte();
            if (have < Frames.LENGTH_BYTES) {
                length = length << 8 | next;
            } else {
                id = id << 8 | next;
            }
            have++;
        }
        return have == Frames.HEADER_BYTES;
    }

    /** Returns the bytes that follow the header. */
    long messageLength() {
        return (long) length - Frames.ID_BYTES;
    }

    /** Returns the transmission id. */
    long id() {
        return id;
    }

    void reset() {
        have = 0;
        length = 0;
        id = 0;
    }
}
