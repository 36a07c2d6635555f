package io.nettyslab.echo.testing;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;

/** An echo server that is full at first: it closes the first connections at once. */
public final class RefusingServer extends TestServer {

    public RefusingServer(int refusals) {
        this(new AtomicInteger(refusals));
    }

    private RefusingServer(AtomicInteger left) {
        super("refusing-server", () -> new RefusingHandler(left));
    }

    private static final class RefusingHandler extends ChannelInboundHandlerAdapter {
        private final AtomicInteger left;

        RefusingHandler(AtomicInteger left) {
            this.left = left;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (left.getAndDecrement() > 0) {
                ctx.close();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ctx.writeAndFlush(msg);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
