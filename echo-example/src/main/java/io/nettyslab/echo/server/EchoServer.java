package io.nettyslab.echo.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.net.TransportKind;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * An echo server on one transport and one allocator.
 *
 * <p>{@link #stop} may be called from any thread but the event loops'; the first call stops the server, further ones do
 * nothing. The allocator stays open: whoever made it closes it.
 */
public final class EchoServer implements AutoCloseable {

    /** How long {@link #close()} waits for clients to take their last echoes. */
    public static final Duration PATIENCE = Duration.ofSeconds(5);

    private final EchoAllocator allocator;
    private final EventLoopGroup group;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final TrafficCounters counters = new TrafficCounters();
    private final LatencySampler latency = new LatencySampler();
    private final PeakSampler peak;
    private final Channel listener;
    private volatile boolean stopping;
    private int cutOff = -1; // connections that were not drained in time; -1 before the stop

    /**
     * Starts a server.
     *
     * @param transport how bytes travel
     * @param allocator where the memory of all its channels comes from
     * @param address where to listen; port 0 takes a free one
     * @param eventLoops threads that accept and serve
     * @return the listening server
     * @throws EchoFailure if the transport is not available or the address cannot be bound
     */
    public static EchoServer start(
            TransportKind transport, EchoAllocator allocator, InetSocketAddress address, int eventLoops) {
        return new EchoServer(transport, allocator, address, eventLoops);
    }

    private EchoServer(TransportKind transport, EchoAllocator allocator, InetSocketAddress address, int eventLoops) {
        this.allocator = allocator;
        // One group both accepts and serves: accepting is rare, and a thread less matters on small machines.
        this.group = transport.newGroup(eventLoops, "echo-server");
        try {
            this.listener = bootstrap(transport).bind(address).sync().channel();
        } catch (Exception e) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
            throw new EchoFailure("cannot listen on " + address.getHostString() + ":" + address.getPort(), e);
        }
        this.peak = new PeakSampler(group, () -> allocator.figures().bytesInUse());
    }

    private ServerBootstrap bootstrap(TransportKind transport) {
        return new ServerBootstrap()
                .group(group)
                .channel(transport.serverChannel())
                .option(ChannelOption.ALLOCATOR, allocator.allocator())
                .option(ChannelOption.SO_REUSEADDR, true) // restart at once, while old connections time out
                .childOption(ChannelOption.ALLOCATOR, allocator.allocator())
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true) // see EchoHandler: late echoes
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new TrafficHandler(counters, latency, allocator::isFromSlab),
                                        new Registration(),
                                        new EchoHandler());
                    }
                });
    }

    /** Keeps the set of open connections, so that a stop reaches each of them. */
    private final class Registration extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            connections.add(ctx.channel());
            ctx.fireChannelActive();
            // Either stop() finds the channel in the group, or the channel finds the flag here.
            if (stopping) {
                ctx.pipeline().fireUserEventTriggered(EchoHandler.STOP);
            }
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /**
     * Returns where to ask how long the server takes to answer.
     *
     * @return the same each time; it gives samples as long as the server runs
     */
    public LatencySampler latency() {
        return latency;
    }

    /**
     * Tells what the server has done so far, also after it has stopped.
     *
     * @return the figures of this moment
     */
    public ServerFigures figures() {
        return new ServerFigures(counters.snapshot(), allocator.figures(), peak.peak());
    }

    /**
     * Stops accepting, sends back everything that was read, ends each connection and stops the event loops.
     *
     * @param patience how long clients may take to receive their last echoes and to close
     * @return connections that took longer and were cut off
     */
    public synchronized int stop(Duration patience) {
        if (cutOff >= 0) {
            return cutOff;
        }
        stopping = true;
        listener.close().syncUninterruptibly();
        connections.forEach(channel -> channel.pipeline().fireUserEventTriggered(EchoHandler.STOP));
        awaitEmpty(patience);
        cutOff = connections.size();
        connections.close().syncUninterruptibly();
        peak.stop();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        return cutOff;
    }

    /** A connection accepted at the last moment may join the group while we wait, hence the loop. */
    private void awaitEmpty(Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        long left = patience.toNanos();
        while (!connections.isEmpty() && left > 0) {
            connections.newCloseFuture().awaitUninterruptibly(left, TimeUnit.NANOSECONDS);
            left = deadline - System.nanoTime();
        }
    }

    @Override
    public void close() {
        stop(PATIENCE);
    }
}
