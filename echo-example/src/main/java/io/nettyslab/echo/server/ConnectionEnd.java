package io.nettyslab.echo.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.nettyslab.echo.protocol.End;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Stands last in the pipeline and ends the connection, whichever side wants it, once every answer is sent. A client
 * that closes only its sending half still gets all of them.
 */
final class ConnectionEnd extends ChannelInboundHandlerAdapter {

    /** How long a client may take to close after its {@linkplain End#LAST_ANSWER last answer}. */
    static final Duration LINGER = Duration.ofSeconds(2);

    private final TrafficCounters counters;
    private boolean ending;
    private boolean broken;

    ConnectionEnd(TrafficCounters counters) {
        this.counters = counters;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof End end) {
            end(ctx, end);
        } else if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            close(ctx);
        }
    }

    private void close(ChannelHandlerContext ctx) {
        if (inHandshake(ctx)) {
            ctx.close();
        } else {
            afterLastWrite(ctx).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Then nothing was read yet, and nothing can be sent. */
    private static boolean inHandshake(ChannelHandlerContext ctx) {
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        return tls != null && !tls.handshakeFuture().isSuccess();
    }

    private void end(ChannelHandlerContext ctx, End end) {
        if (ending) {
            return;
        }
        ending = true;
        Channel channel = ctx.channel();
        if (inHandshake(ctx)) {
            ctx.close();
            return;
        }
        afterLastWrite(ctx).addListener(written -> {
            if (written.isSuccess() && channel.isActive()) {
                endOutput((DuplexChannel) channel);
            }
        });
        if (end == End.LAST_ANSWER) {
            var cutOff = ctx.executor().schedule(() -> channel.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(closed -> cutOff.cancel(false));
        }
    }

    /** With TLS, the end has a record of its own, without which a client must take it for an attack. */
    private static void endOutput(DuplexChannel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            channel.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(sent -> channel.shutdownOutput());
        }
    }

    /** Writes are done in order, so an empty one marks the end of those before it. */
    private static ChannelFuture afterLastWrite(ChannelHandlerContext ctx) {
        return ctx.writeAndFlush(Unpooled.EMPTY_BUFFER);
    }

    /**
     * A connection that breaks concerns only itself: resets are daily life, and so is a refused buffer. It breaks once,
     * however many of its operations fail then.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!broken) {
            broken = true;
            counters.broke(cause);
        }
        ctx.close();
    }
}
