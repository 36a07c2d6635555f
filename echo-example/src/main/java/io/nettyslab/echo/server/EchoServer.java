package io.nettyslab.echo.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.net.ServerTls;
import io.nettyslab.echo.net.TransportKind;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

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
    private final ServerThreads threads;
    private final Connections connections;
    private final TrafficCounters counters = new TrafficCounters();
    private final LatencySampler latency = new LatencySampler();
    private final PeakSampler peak;
    private final ChannelGroup listeners = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ServerTls tls; // null for none
    private InetSocketAddress address;
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
        this.tls = settings.tls;
        this.connections = new Connections(settings.maxConnections);
        this.threads = new ServerThreads(settings);
        try {
            listen(settings);
        } catch (Exception e) {
            listeners.close().syncUninterruptibly();
            threads.stop();
            InetSocketAddress address = settings.address;
            throw new EchoFailure("cannot listen on " + address.getHostString() + ":" + address.getPort(), e);
        }
        this.peak = new PeakSampler(threads.serving(), () -> allocator.figures().bytesInUse());
    }

    /** A second listening socket gets the port that the first one has got. */
    private void listen(ServerSettings settings) throws InterruptedException {
        ServerBootstrap bootstrap = bootstrap(settings);
        InetSocketAddress bound = settings.address;
        for (int i = 0; i < Math.max(1, settings.acceptThreads); i++) {
            Channel listener = bootstrap.bind(bound).sync().channel();
            listeners.add(listener);
            bound = (InetSocketAddress) listener.localAddress();
        }
        this.address = bound;
    }

    private ServerBootstrap bootstrap(ServerSettings settings) {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(threads.accepting(), threads.serving())
                .channel(settings.transport.serverChannel())
                .option(ChannelOption.ALLOCATOR, allocator.allocator())
                .option(ChannelOption.SO_REUSEADDR, true) // restart at once, while old connections time out
                .handler(new AcceptFailures())
                .childOption(ChannelOption.ALLOCATOR, allocator.allocator())
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, settings.fixedReads()) // null leaves the default
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true) // see ConnectionEnd: late answers
                .childHandler(new ConnectionInitializer(settings, counters, latency, connections, threads.workers()));
        if (settings.backlog > 0) {
            bootstrap.option(ChannelOption.SO_BACKLOG, settings.backlog);
        }
        if (settings.acceptThreads > 1) {
            bootstrap.option(settings.transport.reusePort(), true); // several sockets on one port
        }
        return bootstrap;
    }

    /** Too many open files is no end: Netty pauses accepting for a second and tries again. */
    @ChannelHandler.Sharable
    private final class AcceptFailures extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            counters.acceptFailed();
            ctx.fireExceptionCaught(cause);
        }
    }

    /**
     * Tells how connections are encrypted.
     *
     * @return empty if they are not
     */
    public Optional<ServerTls> tls() {
        return Optional.ofNullable(tls);
    }

    public InetSocketAddress address() {
        return address;
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
        return new ServerFigures(counters.snapshot(connections.peak()), allocator.figures(), peak.peak());
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
        listeners.close().syncUninterruptibly();
        cutOff = connections.stop(patience);
        peak.stop();
        threads.stop();
        return cutOff;
    }

    @Override
    public void close() {
        stop(PATIENCE);
    }
}
