package io.nettyslab.echo.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
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
    private final Connections connections = new Connections();
    private final TrafficCounters counters = new TrafficCounters();
    private final LatencySampler latency = new LatencySampler();
    private final PeakSampler peak;
    private final Channel listener;
    private int cutOff = -1; // connections that were not drained in time; -1 before the stop

    /**
     * Starts a server with the raw protocol.
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
        return start(new ServerSettings(transport, allocator).address(address).eventLoops(eventLoops));
    }

    /**
     * Starts a server.
     *
     * @param settings read once
     * @return the listening server
     * @throws EchoFailure if the transport is not available or the address cannot be bound
     */
    public static EchoServer start(ServerSettings settings) {
        return new EchoServer(settings);
    }

    private EchoServer(ServerSettings settings) {
        this.allocator = settings.allocator;
        // One group both accepts and serves: accepting is rare, and a thread less matters on small machines.
        this.group = settings.transport.newGroup(settings.eventLoops, "echo-server");
        InetSocketAddress address = settings.address;
        try {
            this.listener = bootstrap(settings).bind(address).sync().channel();
        } catch (Exception e) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
            throw new EchoFailure("cannot listen on " + address.getHostString() + ":" + address.getPort(), e);
        }
        this.peak = new PeakSampler(group, () -> allocator.figures().bytesInUse());
    }

    private ServerBootstrap bootstrap(ServerSettings settings) {
        return new ServerBootstrap()
                .group(group)
                .channel(settings.transport.serverChannel())
                .option(ChannelOption.ALLOCATOR, allocator.allocator())
                .option(ChannelOption.SO_REUSEADDR, true) // restart at once, while old connections time out
                .childOption(ChannelOption.ALLOCATOR, allocator.allocator())
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, settings.fixedReads()) // null leaves the default
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true) // see ConnectionEnd: late answers
                .childHandler(new ConnectionInitializer(settings, counters, latency, connections));
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
     * Stops accepting, answers everything that was read, ends each connection and stops the event loops.
     *
     * @param patience how long clients may take to receive their last answers and to close
     * @return connections that took longer and were cut off
     */
    public synchronized int stop(Duration patience) {
        if (cutOff >= 0) {
            return cutOff;
        }
        listener.close().syncUninterruptibly();
        cutOff = connections.stop(patience);
        peak.stop();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        return cutOff;
    }

    @Override
    public void close() {
        stop(PATIENCE);
    }
}
