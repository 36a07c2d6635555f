package io.nettyslab.echo.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.nettyslab.echo.protocol.End;

/** Stands first in the pipeline of a connection that is one too many, and ends it: no byte, but no reset either. */
final class RefusedConnection extends ChannelInboundHandlerAdapter {

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        ctx.fireChannelActive();
        ctx.pipeline().fireUserEventTriggered(End.LAST_ANSWER);
    }
}
