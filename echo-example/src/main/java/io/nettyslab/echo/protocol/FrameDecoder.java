package io.nettyslab.echo.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;

/**
 * Cuts what was read into messages, however the reads split them. A message is a retained slice of the buffer that was
 * read; one that took several reads is a slice of a composite of them. After a length out of range it emits a
 * {@link Refusal} and drops everything that follows.
 */
public final class FrameDecoder extends LengthFieldBasedFrameDecoder implements Unfinished {

    private final int minLength;
    private final int maxLength;
    private boolean refused;

    /**
     * Makes a decoder for one connection. A server expects 1 to its largest message, a client
     * {@link Frames#ID_BYTES} more.
     *
     * @param minLength smallest length allowed in front of a frame
     * @param maxLength largest length allowed, at most {@link Frames#MOST_MAX_MESSAGE} + {@link Frames#ID_BYTES}
     */
    public FrameDecoder(int minLength, int maxLength) {
        super(Frames.LENGTH_BYTES + maxLength, 0, Frames.LENGTH_BYTES, 0, Frames.LENGTH_BYTES);
        this.minLength = minLength;
        this.maxLength = maxLength;
        setCumulator(FrameDecoder::append);
    }

    /**
     * Strings buffers together without copying, except for little data in a large buffer: there the bytes are kept and
     * the buffer given back. Else a client that sends its message byte by byte would hold a whole buffer for each.
     *
     * <p>What was read goes first. The base class would do that as well, but never finds the time: after each read the
     * answers still hold the buffer, and by the next read, when they are gone, it only appends.
     */
    private static ByteBuf append(ByteBufAllocator allocator, ByteBuf waiting, ByteBuf read) {
        boolean wellFilled = read.readableBytes() >= read.capacity() / 2;
        if (waiting.refCnt() == 1 && (waiting instanceof CompositeByteBuf || !wellFilled)) {
            waiting.discardSomeReadBytes();
        }
        return (wellFilled ? COMPOSITE_CUMULATOR : MERGE_CUMULATOR).cumulate(allocator, waiting, read);
    }

    @Override
    protected Object decode(ChannelHandlerContext ctx, ByteBuf in) throws Exception {
        if (!refused && in.readableBytes() >= Frames.LENGTH_BYTES) {
            int length = in.getInt(in.readerIndex());
            if (length >= minLength && length <= maxLength) {
                return super.decode(ctx, in);
            }
            refused = true;
            in.skipBytes(in.readableBytes());
            return new Refusal("length: " + length + " (expected: " + minLength + " to " + maxLength + ")");
        }
        if (refused) {
            in.skipBytes(in.readableBytes());
        }
        return null;
    }

    @Override
    public int unfinishedBytes() {
        return actualReadableBytes();
    }
}
