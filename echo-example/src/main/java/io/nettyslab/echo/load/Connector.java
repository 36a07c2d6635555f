package io.nettyslab.echo.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.nettyslab.echo.net.EchoFailure;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLException;

/** Opens the connections of a load, and opens again those that the server refuses. */
final class Connector {

    /** Connects under way at once: fewer than the backlog of any server, so that none is dropped and retried. */
    private static final int CONNECTS_AT_ONCE = 64;

    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final int MAX_DOUBLINGS = 5; // up to 1.6 s between two attempts

    private final LoadClient client;
    private final LoadSettings settings;
    private final EventLoopGroup group;
    private final SslContext tls; // null for plain bytes
    private final Map<EventLoop, LoopStats> stats = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger retried = new AtomicInteger();
    private boolean stopped; // guarded by this

    Connector(LoadClient client, LoadSettings settings, EventLoopGroup group) {
        this.client = client;
        this.settings = settings;
        this.group = group;
        this.tls = settings.wire().tls() ? trustEverybody() : null;
    }

    private static SslContext trustEverybody() {
        try {
            return SslContextBuilder.forClient()
                    .trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null) // the certificate was made for nobody in particular
                    .build();
        } catch (SSLException e) {
            throw new EchoFailure("TLS is not available here", e);
        }
    }

    /** Opens all connections; the caller waits until the last is open. */
    void connectAll(LoadClient.Watcher watcher) {
        long start = System.nanoTime();
        for (int number = 0; number < settings.connections(); number++) {
            long due = start + settings.ramp().multipliedBy(number).toNanos();
            awaitTime(due, watcher);
            awaitUnderWay(CONNECTS_AT_ONCE - 1, watcher);
            underWay.incrementAndGet();
            connect(number, 0);
        }
        awaitUnderWay(0, watcher);
    }

    private void awaitTime(long due, LoadClient.Watcher watcher) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            watcher.watch();
            client.run(Duration.ofNanos(Math.min(left, LoadRun.SHORTEST_STEP.toNanos())));
        }
    }

    /** Waits in steps of a millisecond: a burst of connects takes longer than that. */
    private void awaitUnderWay(int most, LoadClient.Watcher watcher) {
        while (underWay.get() > most) {
            watcher.watch();
            client.run(Duration.ofMillis(1));
        }
        client.run(Duration.ZERO); // throws what has gone wrong meanwhile
    }

    /** A retry may come due on one event loop while another one is ending: see {@link #stop}. */
    private synchronized void connect(int number, int attempt) {
        if (stopped || client.isOver()) {
            return;
        }
        bootstrap().connect(settings.address()).addListener((ChannelFuture connected) -> {
            if (!connected.isSuccess()) {
                failed("cannot connect to ", number, attempt, plain(connected.cause()));
            } else if (tls == null) {
                opened(connected.channel(), number, attempt);
            } else {
                awaitHandshake(connected.channel(), number, attempt);
            }
        });
    }

    /** The transports word a refusal each in its own way, and only this program knows what helps. */
    private static Throwable plain(Throwable cause) {
        return cause instanceof ConnectException && !(cause instanceof ConnectTimeoutException)
                ? new ConnectException("connection refused; is a server running there?")
                : cause;
    }

    private static Throwable plainTls(Throwable cause) {
        return cause instanceof SSLException
                ? new SSLException(cause.getMessage() + "; does the server speak TLS?", cause)
                : cause;
    }

    private void awaitHandshake(Channel channel, int number, int attempt) {
        channel.pipeline().get(SslHandler.class).handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                opened(channel, number, attempt);
            } else {
                failed("no TLS with ", number, attempt, plainTls(done.cause()));
            }
        });
    }

    /** Runs on the event loop of the channel before anything can be read from it. */
    private void opened(Channel channel, int number, int attempt) {
        if (tls != null) {
            channel.pipeline().remove(Handshaking.class);
        }
        LoopStats loop = stats.computeIfAbsent(channel.eventLoop(), key -> new LoopStats());
        channel.pipeline().addLast(new LoadConnection(client, settings, loop, number, attempt));
        client.opened(number, channel);
        underWay.decrementAndGet();
    }

    private void failed(String what, int number, int attempt, Throwable cause) {
        if (attempt < settings.retries() && !(cause instanceof SSLException)) {
            reconnectLater(number, attempt);
        } else {
            client.fail(new EchoFailure(what + settings.target(), cause));
        }
    }

    /** Begins no attempt any more, and waits until none is just begun: the event loops may end after that. */
    synchronized void stop() {
        stopped = true;
    }

    /** Tries once more after a connection that had been opened was closed; returns whether it may. */
    boolean retry(int number, int attempt) {
        if (attempt >= settings.retries()) {
            return false;
        }
        underWay.incrementAndGet();
        reconnectLater(number, attempt);
        return true;
    }

    private synchronized void reconnectLater(int number, int attempt) {
        if (stopped || client.isOver()) {
            return;
        }
        retried.incrementAndGet();
        long delay = FIRST_RETRY.toMillis() << Math.min(attempt, MAX_DOUBLINGS);
        group.schedule(() -> connect(number, attempt + 1), delay, TimeUnit.MILLISECONDS);
    }

    /** Hears what goes wrong in a handshake, so that Netty does not log it: the handshake's future tells of it. */
    private static final class Handshaking extends ChannelInboundHandlerAdapter {

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private Bootstrap bootstrap() {
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(settings.transport().clientChannel())
                .option(ChannelOption.ALLOCATOR, settings.allocator().allocator())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.timeout().toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()), new Handshaking());
                        }
                    }
                });
        int readBuffer = settings.wire().readBuffer();
        return readBuffer == 0
                ? bootstrap
                : bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(readBuffer));
    }

    /** Returns the results of each event loop that has a connection. */
    Map<EventLoop, LoopStats> stats() {
        return stats;
    }

    /** Returns how often a connection was tried again. */
    int retried() {
        return retried.get();
    }
}
