package io.nettyslab.echo.testing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** An echo server that lets its clients wait. */
public final class SlowServer extends TestServer {

    /** Says when a part of what came is to be sent back, given the time since the first byte came. */
    @FunctionalInterface
    public interface Pace {
        Duration delayOf(int part, Duration sinceFirstByte);
    }

    private SlowServer(int parts, Pace pace) {
        super("slow-server", () -> new SlowHandler(parts, pace));
    }

    /** Answers at once, but from a certain time on not before another one. */
    public static SlowServer stalling(Duration from, Duration until) {
        return new SlowServer(
                1, (part, since) -> since.compareTo(from) < 0 ? Duration.ZERO : max(until.minus(since), Duration.ZERO));
    }

    /** Sends what it reads in so many parts, one each time. */
    public static SlowServer dribbling(int parts, Duration each) {
        return new SlowServer(parts, (part, since) -> each.multipliedBy(part));
    }

    private static Duration max(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static final class SlowHandler extends SimpleChannelInboundHandler<ByteBuf> {
        private final int parts;
        private final Pace pace;
        private final Queue<ByteBuf> waiting = new ArrayDeque<>();
        private long firstByte;

        SlowHandler(int parts, Pace pace) {
            this.parts = parts;
            this.pace = pace;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf read) {
            long now = System.nanoTime();
            firstByte = firstByte == 0 ? now : firstByte;
            int all = read.readableBytes();
            for (int part = 1; part <= parts; part++) {
                waiting.add(read.readRetainedSlice(part < parts ? all / parts : read.readableBytes()));
                Duration delay = pace.delayOf(part, Duration.ofNanos(now - firstByte));
                ctx.executor().schedule(() -> sendNext(ctx), delay.toNanos(), TimeUnit.NANOSECONDS);
            }
        }

        /** Whichever task comes first: bytes keep their order. */
        private void sendNext(ChannelHandlerContext ctx) {
            ByteBuf next = waiting.poll();
            if (next != null) { // or the connection is gone
                ctx.writeAndFlush(next);
            }
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext ctx) {
            waiting.forEach(ByteBuf::release);
            waiting.clear();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
