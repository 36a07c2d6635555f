package io.nettyslab.echo.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;

/**
 * Sends every buffer back as it came: the buffer that was read is the buffer that is written, no byte is copied.
 *
 * <p>A client that sends but does not read is no danger: while the outbound buffer is above its high water mark,
 * nothing more is read from that client, so that a connection holds little more than the mark and one read.
 *
 * <p>Every byte that was read is sent back before the connection ends, whichever side ends it first. A client that
 * closes only its sending half still gets all its echoes. When the server {@linkplain #STOP stops}, the handler sends
 * what is left, then its own end of stream, and drops what still arrives until the client has closed too: closing
 * with unread bytes would make the kernel reset the connection and lose echoes on their way.
 */
final class EchoHandler extends ChannelInboundHandlerAdapter {

    /** User event: send what is left and end the connection. */
    static final Object STOP = new Object() {
        @Override
        public String toString() {
            return "STOP";
        }
    };

    private boolean stopping;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (stopping) {
            ReferenceCountUtil.release(msg);
            return;
        }
        // No promise: nobody waits for it, and it would be the only garbage of an echo.
        ctx.write(msg, ctx.voidPromise());
        Channel channel = ctx.channel();
        if (!channel.isWritable()) {
            // Large reads alone pass the mark; most of them fit into the socket, so try that before pausing.
            ctx.flush();
            channel.config().setAutoRead(channel.isWritable());
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.flush();
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
        if (event == STOP) {
            stop(ctx);
        } else if (event instanceof ChannelInputShutdownEvent) {
            afterLastWrite(ctx).addListener(ChannelFutureListener.CLOSE);
        }
        ctx.fireUserEventTriggered(event);
    }

    private void stop(ChannelHandlerContext ctx) {
        if (stopping) {
            return;
        }
        stopping = true;
        // Nothing is written any more, so reading on costs no memory and shows when the client is done.
        ctx.channel().config().setAutoRead(true);
        afterLastWrite(ctx).addListener((ChannelFuture written) -> {
            if (written.isSuccess() && written.channel().isActive()) {
                ((DuplexChannel) written.channel()).shutdownOutput();
            }
        });
    }

    /** Writes are done in order, so an empty one marks the end of those before it. */
    private static ChannelFuture afterLastWrite(ChannelHandlerContext ctx) {
        return ctx.writeAndFlush(Unpooled.EMPTY_BUFFER);
    }

    /** A connection that breaks concerns only itself: resets are daily life, and so is a refused buffer. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
