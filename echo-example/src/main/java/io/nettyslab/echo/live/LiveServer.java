package io.nettyslab.echo.live;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.server.EchoServer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Serves the live page of an echo server: {@code /}, {@code /live.json}, {@code /slabs.json} and {@code /metrics}.
 *
 * <p>It has one event loop of its own, so that no echo ever waits for a page. Its memory is neither the allocator it
 * shows nor a pool: its own buffers would be part of the picture, and when slabs are full, which is when one most wants
 * to look, it could not answer. A few requests a second need no pool.
 */
public final class LiveServer implements AutoCloseable {

    private static final int MAX_BODY = 1024; // nobody needs any: more is refused before it is kept
    private static final int BACKLOG = 64;
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final EventLoopGroup group;
    private final LiveData data;
    private final Channel listener;

    /**
     * Starts the page.
     *
     * @param address where to listen; port 0 takes a free one
     * @param server what to show
     * @param allocator the server's
     * @param notes what else to say of the server, a few words each
     * @return the listening page; close it before the allocator
     * @throws EchoFailure if the address cannot be bound
     */
    public static LiveServer start(
            InetSocketAddress address, EchoServer server, EchoAllocator allocator, List<String> notes) {
        return new LiveServer(address, new LiveData(server, allocator, notes));
    }

    private LiveServer(InetSocketAddress address, LiveData data) {
        if (address.isUnresolved()) {
            throw new EchoFailure("cannot serve the live page on " + address.getHostString() + ": unknown host");
        }
        this.data = data;
        this.group = TransportKind.NIO.newGroup(1, "echo-live");
        try {
            this.listener = bootstrap(new HostCheck(address.getAddress()))
                    .bind(address)
                    .sync()
                    .channel();
        } catch (Exception e) {
            close();
            throw new EchoFailure(
                    "cannot serve the live page on " + address.getHostString() + ":" + address.getPort(), e);
        }
        EventLoop loop = group.next();
        schedule(loop, data::askForLatency, Sampler.LATENCY_INTERVAL);
        schedule(loop, data::sample, Sampler.INTERVAL);
    }

    private static void schedule(EventLoop loop, Runnable task, Duration interval) {
        loop.scheduleAtFixedRate(task, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private ServerBootstrap bootstrap(HostCheck hosts) {
        LiveHandler handler = new LiveHandler(data, hosts);
        return new ServerBootstrap()
                .group(group)
                .channel(TransportKind.NIO.serverChannel())
                .option(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, UnpooledByteBufAllocator.DEFAULT)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        initialize(channel.pipeline(), handler);
                    }
                });
    }

    private static void initialize(ChannelPipeline pipeline, LiveHandler handler) {
        pipeline.addLast(
                new ReadTimeoutHandler(IDLE.toSeconds(), TimeUnit.SECONDS),
                new HttpServerCodec(),
                new HttpServerKeepAliveHandler(),
                new HttpObjectAggregator(MAX_BODY),
                handler);
    }

    /**
     * Returns where the page listens.
     *
     * @return an address with the port that was taken
     */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Ends all connections and the thread. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        data.close();
    }
}
