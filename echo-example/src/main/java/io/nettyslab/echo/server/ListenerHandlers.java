package io.nettyslab.echo.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.nettyslab.echo.protocol.Line;
import io.nettyslab.echo.protocol.Unfinished;

/** Where a listener listens in a pipeline: before the protocol, and between its decoder and its answer. */
final class ListenerHandlers {

    private ListenerHandlers() {}

    static ChannelHandler beforeProtocol(ServerListener listener, Session session, Unfinished unfinished) {
        return new BeforeProtocol(listener, session, unfinished);
    }

    static ChannelHandler beforeAnswer(ServerListener listener, Session session) {
        return new BeforeAnswer(listener, session);
    }

    private static final class BeforeProtocol extends ChannelDuplexHandler {
        private final ServerListener listener;
        private final Session session;
        private final Unfinished unfinished;

        BeforeProtocol(ServerListener listener, Session session, Unfinished unfinished) {
            this.listener = listener;
            this.session = session;
            this.unfinished = unfinished;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            listener.connected(session);
            ctx.fireChannelActive();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            ctx.fireChannelInactive();
            listener.disconnected(session);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof ByteBuf bytes) {
                listener.received(session, bytes);
            }
            ctx.fireChannelRead(msg);
            int waiting = unfinished.unfinishedBytes();
            if (waiting > 0) {
                listener.unfinished(session, waiting);
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            listener.reading(session, ctx.channel().isWritable());
            ctx.fireChannelWritabilityChanged();
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
            if (msg instanceof ByteBuf bytes && bytes.isReadable()) {
                listener.sent(session, bytes);
            }
            ctx.write(msg, promise);
        }
    }

    private static final class BeforeAnswer extends ChannelInboundHandlerAdapter {
        private final ServerListener listener;
        private final Session session;
        private long messages;

        BeforeAnswer(ServerListener listener, Session session) {
            this.listener = listener;
            this.session = session;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof ByteBuf message) {
                listener.message(session, ++messages, message, false);
            } else if (msg instanceof Line line) {
                listener.message(session, line.number(), line.text(), line.secure());
            }
            ctx.fireChannelRead(msg);
        }
    }
}
