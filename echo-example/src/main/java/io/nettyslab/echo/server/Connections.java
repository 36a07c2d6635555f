package io.nettyslab.echo.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.nettyslab.echo.protocol.End;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The open connections of a server: no more than allowed, and a stop reaches each of them. */
final class Connections {

    private final int most;
    private final AtomicInteger admitted = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();

    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private volatile boolean stopping;

    /** Allows at most so many connections at once. */
    Connections(int most) {
        this.most = most;
    }

    /** Counts a connection in until it closes, unless as many as allowed are open. */
    boolean admit(Channel channel) {
        int now = admitted.incrementAndGet();
        if (now > most) {
            admitted.decrementAndGet();
            return false;
        }
        peak.accumulateAndGet(now, Math::max);
        channel.closeFuture().addListener(closed -> admitted.decrementAndGet());
        return true;
    }

    int peak() {
        return peak.get();
    }

    /** Makes the handler that enters its channel. */
    ChannelHandler newMember() {
        return new Member();
    }

    private final class Member extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            open.add(ctx.channel());
            ctx.fireChannelActive();
            // Either stop() finds the channel in the group, or the channel finds the flag here.
            if (stopping) {
                ctx.pipeline().fireUserEventTriggered(End.STOP);
            }
        }
    }

    /**
     * Ends each connection in order.
     *
     * @param patience how long clients may take to receive their last answers and to close
     * @return connections that took longer and were cut off
     */
    int stop(Duration patience) {
        stopping = true;
        open.forEach(channel -> channel.pipeline().fireUserEventTriggered(End.STOP));
        awaitEmpty(patience);
        int cutOff = open.size();
        open.close().syncUninterruptibly();
        return cutOff;
    }

    /** A connection accepted at the last moment may join the group while we wait, hence the loop. */
    private void awaitEmpty(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        long left = patience.toNanos();
        while (!open.isEmpty() && left > 0) {
            open.newCloseFuture().awaitUninterruptibly(left, TimeUnit.NANOSECONDS);
            left = deadline - System.nanoTime();
        }
    }
}
