package io.nettyslab.echo.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers each message with itself under a transmission id. The message goes out in the memory it was read into; only
 * the header is new.
 */
public final class FramedHandler extends ChannelInboundHandlerAdapter {

    private final AtomicLong transmissions;

    /**
     * Makes a handler for one connection.
     *
     * @param transmissions number of replies so far, shared by all connections of a server
     */
    public FramedHandler(AtomicLong transmissions) {
        this.transmissions = transmissions;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof Refusal refusal) {
            ctx.write(Frames.error(ctx.alloc(), refusal.text()), ctx.voidPromise());
            ctx.pipeline().fireUserEventTriggered(End.LAST_ANSWER);
        } else {
            answer(ctx, (ByteBuf) msg);
        }
    }

    private void answer(ChannelHandlerContext ctx, ByteBuf message) {
        ByteBuf header;
        try {
            header = Frames.replyHeader(ctx.alloc(), transmissions.incrementAndGet(), message.readableBytes());
        } catch (Throwable e) { // no memory
            message.release();
            throw e;
        }
        // No promises: nobody waits for them, and they would be garbage.
        ctx.write(header, ctx.voidPromise());
        ctx.write(message, ctx.voidPromise());
    }
}
