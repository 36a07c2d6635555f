package io.nettyslab.echo.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.nettyslab.echo.net.EchoFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Keeps several connections to an echo server busy. The life of a client:
 *
 * <pre>{@code
 * client.start();           // traffic begins
 * client.run(warmUp);
 * client.beginMeasuring();
 * client.run(duration);
 * LoadReport report = client.endMeasuring();
 * client.pause();           // everything under way comes back and is checked
 * }</pre>
 *
 * <p>and again from {@code start()}, or {@code close()}. One thread drives a client. The first thing that goes wrong on
 * any connection ends the run: every method that waits then throws it as an {@link EchoFailure}.
 */
public final class LoadClient implements AutoCloseable {

    /** How long a connect may take, and how long the last messages may take to come back. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Connects under way at once: fewer than the backlog of any server, so that none is dropped and retried. */
    private static final int CONNECTS_AT_ONCE = 64;

    private final LoadSettings settings;
    private final EventLoopGroup group;
    private final List<Channel> channels = new ArrayList<>();
    private final Map<EventLoop, LoopStats> stats = new ConcurrentHashMap<>();
    private final LongAdder echoedMessages = new LongAdder();
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private volatile boolean closing;
    private volatile IdleWatch idleWatch;
    private long measuringSince;

    /** Waits until no connection has anything under way; each reports at least once per pause. */
    private static final class IdleWatch {
        private final CompletableFuture<Void> allIdle = new CompletableFuture<>();
        private final BitSet busy = new BitSet();

        IdleWatch(int connections) {
            busy.set(0, connections);
        }

        synchronized void idle(int connection) {
            busy.clear(connection);
            if (busy.isEmpty()) {
                allIdle.complete(null);
            }
        }

        synchronized int busyConnections() {
            return busy.cardinality();
        }
    }

    /**
     * Opens all connections.
     *
     * @param settings what to do
     * @return a client that is connected and silent
     * @throws EchoFailure if a connection cannot be opened
     */
    public static LoadClient connect(LoadSettings settings) {
        LoadClient client = new LoadClient(settings);
        try {
            client.openConnections();
            return client;
        } catch (Throwable e) {
            client.close();
            throw e;
        }
    }

    private LoadClient(LoadSettings settings) {
        this.settings = settings;
        this.group = settings.transport().newGroup(settings.eventLoops(), "echo-load");
    }

    private void openConnections() {
        for (int first = 0; first < settings.connections(); first += CONNECTS_AT_ONCE) {
            List<ChannelFuture> connects = new ArrayList<>();
            int end = Math.min(first + CONNECTS_AT_ONCE, settings.connections());
            for (int number = first; number < end; number++) {
                connects.add(bootstrap(number).connect(settings.address()));
            }
            connects.forEach(this::finishConnect);
        }
    }

    private void finishConnect(ChannelFuture connect) {
        connect.awaitUninterruptibly();
        if (!connect.isSuccess()) {
            String target = settings.address().getHostString() + ":"
                    + settings.address().getPort();
            throw new EchoFailure("cannot connect to " + target, connect.cause());
        }
        channels.add(connect.channel());
    }

    private Bootstrap bootstrap(int number) {
        return new Bootstrap()
                .group(group)
                .channel(settings.transport().clientChannel())
                .option(ChannelOption.ALLOCATOR, settings.allocator().allocator())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) PATIENCE.toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        LoopStats loop = stats.computeIfAbsent(channel.eventLoop(), key -> new LoopStats());
                        channel.pipeline().addLast(new LoadConnection(LoadClient.this, settings, loop, number));
                    }
                });
    }

    /** Begins to send on all connections. */
    public void start() {
        idleWatch = null;
        tell(LoadConnection.Command.SEND);
    }

    /** Forgets what was measured so far. */
    public void beginMeasuring() {
        onEachLoop(LoopStats::reset);
        measuringSince = System.nanoTime();
    }

    /**
     * Reports what was measured; traffic goes on.
     *
     * @return the report since {@link #beginMeasuring()}
     */
    public LoadReport endMeasuring() {
        Histogram all = LoopStats.newHistogram();
        long nanos = System.nanoTime() - measuringSince;
        onEachLoop(loop -> {
            synchronized (all) {
                all.add(loop.copy());
            }
        });
        return LoadReport.of(nanos, settings.messageSize(), all, settings.openLoop());
    }

    /**
     * Lets the traffic run for a while.
     *
     * @param duration how long
     * @throws EchoFailure as soon as a connection fails
     */
    public void run(Duration duration) {
        await(failure, duration);
    }

    /**
     * Begins no further message and waits until all those under way have come back.
     *
     * @throws EchoFailure if a connection fails, or if bytes are still missing after ten seconds
     */
    public void pause() {
        IdleWatch watch = new IdleWatch(channels.size());
        idleWatch = watch;
        tell(LoadConnection.Command.PAUSE);
        if (!await(CompletableFuture.anyOf(failure, watch.allIdle), PATIENCE)) {
            throw new EchoFailure(
                    watch.busyConnections() + " connections still miss bytes after " + PATIENCE.toSeconds() + " s");
        }
        await(failure, Duration.ZERO); // a failure may have come together with the last message
    }

    /** Returns whether the event came in time. */
    private static boolean await(CompletableFuture<?> event, Duration time) {
        try {
            event.get(time.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw (EchoFailure) e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EchoFailure("interrupted");
        }
    }

    private void tell(LoadConnection.Command command) {
        channels.forEach(channel -> channel.pipeline().fireUserEventTriggered(command));
    }

    private void onEachLoop(Consumer<LoopStats> task) {
        List<Future<?>> tasks = new ArrayList<>();
        stats.forEach((loop, its) -> tasks.add(loop.submit(() -> task.accept(its))));
        tasks.forEach(Future::syncUninterruptibly);
    }

    /**
     * Counts the messages that came back since the client was made, also outside of a measurement.
     *
     * @return messages
     */
    public long echoedMessages() {
        return echoedMessages.sum();
    }

    /** Called by connections. */
    void echoed(long messages) {
        echoedMessages.add(messages);
    }

    /** Called by connections; only the first failure counts, the others follow from it. */
    void fail(String message) {
        if (!closing) {
            failure.completeExceptionally(new EchoFailure(message));
        }
    }

    /** Called by connections that are paused and have nothing under way. */
    void idle(int connection) {
        IdleWatch watch = idleWatch;
        if (watch != null) {
            watch.idle(connection);
        }
    }

    /** Closes all connections, whatever is under way, and ends the event loops. */
    @Override
    public void close() {
        closing = true;
        channels.forEach(Channel::close);
        channels.forEach(channel -> channel.closeFuture().awaitUninterruptibly());
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
