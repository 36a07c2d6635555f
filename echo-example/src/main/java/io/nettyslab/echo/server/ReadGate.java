package io.nettyslab.echo.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.nettyslab.echo.protocol.End;
import io.nettyslab.echo.protocol.Refusal;

/**
 * Stands before the protocol and decides what it gets to read.
 *
 * <p>A client that sends but does not read is no danger: while the outbound buffer is above its high water mark,
 * nothing more is read from that client, so that a connection holds little more than the mark and one read.
 *
 * <p>From {@link End} on, what still arrives is dropped until the client has closed too: closing with unread bytes
 * would make the kernel reset the connection and lose answers on their way.
 */
final class ReadGate extends ChannelInboundHandlerAdapter {

    private boolean ending;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (ending) {
            ReferenceCountUtil.release(msg);
            return;
        }
        ending = msg instanceof Refusal; // nothing may come between it and the end
        ctx.fireChannelRead(msg);
        // Large reads alone pass the mark; most of their answers fit into the socket, so try that before pausing.
        if (!ctx.channel().isWritable()) {
            ctx.flush();
            pauseIfFull(ctx.channel());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        ctx.flush();
        pauseIfFull(ctx.channel());
    }

    private void pauseIfFull(Channel channel) {
        if (!channel.isWritable() && !ending) {
            channel.config().setAutoRead(false);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            ctx.channel().config().setAutoRead(true);
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof End) {
            ending = true;
            // Nothing is written any more, so reading on costs no memory and shows when the client is done.
            ctx.channel().config().setAutoRead(true);
        }
        ctx.fireUserEventTriggered(event);
    }
}
