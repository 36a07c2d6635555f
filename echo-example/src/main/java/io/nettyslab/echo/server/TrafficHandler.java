package io.nettyslab.echo.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.function.Predicate;

/**
 * Counts what passes between the socket and the pipeline. It stands first in the pipeline, so it sees the very buffers
 * that the transport reads into and writes from.
 */
final class TrafficHandler extends ChannelDuplexHandler {

    private final TrafficCounters counters;
    private final Predicate<ByteBuf> isFromSlab;
    private final LatencySampler latency;
    private boolean timing; // a read is being timed, and nothing has been written since
    private long readAt; // System.nanoTime(), if timing

    TrafficHandler(TrafficCounters counters, LatencySampler latency, Predicate<ByteBuf> isFromSlab) {
        this.counters = counters;
        this.latency = latency;
        this.isFromSlab = isFromSlab;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        counters.opened();
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        counters.closed();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof ByteBuf buffer) {
            counters.read(buffer.readableBytes(), isFromSlab.test(buffer));
            if (timing || latency.isMyTurn()) {
                timing = true;
                readAt = System.nanoTime(); // of the last read, if an answer takes several
            }
        }
        ctx.fireChannelRead(msg);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        // Empty buffers only mark a place in the order of writes; they have no memory to come from.
        if (msg instanceof ByteBuf buffer && buffer.isReadable()) {
            counters.written(buffer.readableBytes(), isFromSlab.test(buffer));
            if (timing) {
                timing = false;
                ctx.write(msg, timed(promise));
                return;
            }
        }
        ctx.write(msg, promise);
    }

    private ChannelPromise timed(ChannelPromise promise) {
        long from = readAt;
        return promise.unvoid().addListener(written -> {
            if (written.isSuccess()) {
                latency.record(System.nanoTime() - from);
            }
        });
    }
}
