package io.nettyslab.echo.protocol;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** The raw protocol: the buffer that was read is the buffer that is written, no byte is copied. */
public final class EchoHandler extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof Refusal) {
            // Any text would be taken for an echo.
            ctx.pipeline().fireUserEventTriggered(End.LAST_ANSWER);
            return;
        }
        // No promise: nobody waits for it, and it would be the only garbage of an echo.
        ctx.write(msg, ctx.voidPromise());
    }
}
