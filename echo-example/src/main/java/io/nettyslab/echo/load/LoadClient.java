package io.nettyslab.echo.load;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.text.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Keeps several connections to an echo server busy. The life of a client:
 *
 * <pre>{@code
 * client.connect(watcher);
 * client.start(rate);       // traffic begins; before connect() if each connection is to send once it is open
 * client.run(duration);
 * client.pause();           // everything under way comes back and is checked
 * }</pre>
 *
 * <p>and again from {@code start()}, or {@code close()}; {@link LoadRun} measures meanwhile. One thread drives a
 * client. The first thing that goes wrong on any connection ends the run: every method that waits then throws it as an
 * {@link EchoFailure}.
 */
public final class LoadClient implements AutoCloseable {

    /** Looks at a client now and then while somebody waits for it. */
    @FunctionalInterface
    public interface Watcher {
        void watch();
    }

    private static final Duration LOOK_FOR_BYTES = Duration.ofMillis(20);

    private final LoadSettings settings;
    private final EventLoopGroup group;
    private final Connector connector;
    private final AtomicReferenceArray<Channel> channels;
    private final LongAdder opened = new LongAdder();
    private final LongAdder begun = new LongAdder();
    private final LongAdder echoed = new LongAdder();
    private final LongAdder received = new LongAdder(); // bytes, also of messages that are not complete
    private final CompletableFuture<Void> failure = new CompletableFuture<>();
    private volatile boolean closing;
    private volatile boolean sending;
    private volatile double rate; // messages per second of all connections, 0 in a closed loop
    private volatile long pausedAt;
    private volatile IdleWatch idleWatch;

    /** Waits until no connection has anything under way; each reports at least once after it has stopped to send. */
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
     * Makes a client that has no connection yet.
     *
     * @param settings what to do
     * @throws EchoFailure if the transport is not available
     */
    public LoadClient(LoadSettings settings) {
        this.settings = settings;
        this.channels = new AtomicReferenceArray<>(settings.connections());
        this.idleWatch = new IdleWatch(settings.connections());
        this.group = settings.transport().newGroup(settings.eventLoops(), settings.connections(), "echo-load");
        this.connector = new Connector(this, settings, group);
    }

    /**
     * Opens all connections.
     *
     * @param watcher called now and then meanwhile
     * @throws EchoFailure if a connection cannot be opened
     */
    public void connect(Watcher watcher) {
        connector.connectAll(watcher);
    }

    /**
     * Begins to send on all connections, those included that are opened later.
     *
     * @param messagesPerSecond over all connections, on a timetable; 0 sends whenever a message is back
     */
    public void start(double messagesPerSecond) {
        rate = messagesPerSecond;
        sending = true;
        idleWatch = new IdleWatch(channels.length()); // after that: see nothingUnderWay
        tellAll();
    }

    /**
     * Lets the traffic run for a while.
     *
     * @param duration how long at most
     * @return {@code true} as soon as every connection has sent all its messages and got them back
     * @throws EchoFailure as soon as a connection fails
     */
    public boolean run(Duration duration) {
        return await(CompletableFuture.anyOf(failure, idleWatch.allIdle), duration);
    }

    /**
     * Begins no further message and waits until all those under way have come back.
     *
     * @throws EchoFailure if a connection fails, if bytes are missing and none came for as long as the timeout says, or
     *     if a transmission id came twice
     */
    public void pause() {
        IdleWatch watch = idleWatch;
        pausedAt = System.nanoTime();
        sending = false;
        tellAll();
        Silence silence = new Silence(this);
        while (!await(CompletableFuture.anyOf(failure, watch.allIdle), LOOK_FOR_BYTES)) {
            if (silence.isTooLong()) {
                throw new EchoFailure(watch.busyConnections() + " connections still miss bytes, and none came for "
                        + Units.duration(settings.timeout()));
            }
        }
        await(failure, Duration.ZERO); // a failure may have come together with the last message
        if (settings.wire().protocol() == LoadProtocol.FRAMED) {
            requireUniqueIds();
        }
    }

    /** Each event loop has looked at its own ids already. */
    private void requireUniqueIds() {
        Roaring64Bitmap all = new Roaring64Bitmap();
        onEachLoop(loop -> {
            Roaring64Bitmap its = loop.ids();
            synchronized (all) {
                if (Roaring64Bitmap.intersects(all, its)) {
                    fail(new EchoFailure("a transmission id came on two connections"));
                }
                all.or(its);
            }
        });
        await(failure, Duration.ZERO);
    }

    /** Returns whether the event came in time. */
    private static boolean await(CompletableFuture<?> event, Duration time) {
        try {
            event.get(Math.max(0, time.toNanos()), TimeUnit.NANOSECONDS);
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

    private void tellAll() {
        for (int number = 0; number < channels.length(); number++) {
            Channel channel = channels.get(number);
            if (channel != null) {
                channel.pipeline().fireUserEventTriggered(LoadConnection.Command.LOOK);
            }
        }
    }

    private void onEachLoop(Consumer<LoopStats> task) {
        List<Future<?>> tasks = new ArrayList<>();
        connector.stats().forEach((loop, its) -> tasks.add(loop.submit(() -> task.accept(its))));
        tasks.forEach(Future::syncUninterruptibly);
    }

    /**
     * Returns what this client does.
     *
     * @return the settings
     */
    public LoadSettings settings() {
        return settings;
    }

    /**
     * Counts the connections opened so far; one that is tried again counts once.
     *
     * @return connections
     */
    public int openedConnections() {
        return opened.intValue();
    }

    /**
     * Counts how often a connection was tried again because it was refused.
     *
     * @return attempts
     */
    public int retriedConnections() {
        return connector.retried();
    }

    /**
     * Counts the messages that have come back, also outside of a measurement.
     *
     * @return messages
     */
    public long echoedMessages() {
        return echoed.sum();
    }

    /**
     * Counts the bytes of messages that have come back, those of messages included that are not complete yet.
     *
     * @return bytes
     */
    long receivedBytes() {
        return received.sum();
    }

    /** Returns the messages on their way; a little less or more while they travel. */
    long messagesUnderWay() {
        return begun.sum() - echoed.sum();
    }

    /** Adds the latencies recorded since the last call, in nanoseconds. */
    void drainLatencies(Histogram target) {
        connector.stats().values().forEach(loop -> loop.drainTo(target));
    }

    /** Returns the messages that an open loop owed when it paused. */
    long unsentMessages() {
        return connector.stats().values().stream().mapToLong(LoopStats::unsent).sum();
    }

    /** Returns the bytes of messages that have come back. */
    long echoedBytes() {
        return connector.stats().values().stream().mapToLong(LoopStats::bytes).sum();
    }

    // What follows is called by connections, on their event loops.

    /** Returns whether nothing more is to be begun. */
    boolean isOver() {
        return closing || failure.isDone();
    }

    boolean isSending() {
        return sending;
    }

    double rate() {
        return rate;
    }

    /** Returns up to when messages were due, as {@code System.nanoTime()} counts. Only while nothing is to be begun. */
    long pausedAt() {
        return pausedAt;
    }

    Timetable timetable(int connection) {
        return new Timetable(rate, channels.length(), connection, System.nanoTime());
    }

    /** Either tellAll() finds the channel, or the channel looks after the flag has changed. */
    void opened(int connection, Channel channel) {
        if (channels.getAndSet(connection, channel) == null) {
            opened.increment();
        }
        channel.pipeline().fireUserEventTriggered(LoadConnection.Command.LOOK);
    }

    void begun() {
        begun.increment();
    }

    void echoed() {
        echoed.increment();
    }

    void received(int bytes) {
        received.add(bytes);
    }

    /**
     * Notes that a connection is idle, unless it has more messages and is to send, but has not been told yet. Whoever
     * finds that it is not to send has looked at the watch before {@link #start} put a new one in its place.
     */
    void nothingUnderWay(int connection, boolean hasMore) {
        IdleWatch watch = idleWatch;
        if (!hasMore || !sending) {
            watch.idle(connection);
        }
    }

    /** Tries a connection again that the server has closed before it sent anything, if it may be. */
    void closedUnanswered(int connection, int attempt, long begunMessages, String what) {
        if (closing) {
            return;
        }
        if (connector.retry(connection, attempt)) {
            begun.add(-begunMessages);
        } else {
            fail(connection, what);
        }
    }

    void fail(int connection, String what) {
        fail(new EchoFailure("connection " + connection + ": " + what));
    }

    /** Only the first failure counts, the others follow from it. */
    void fail(EchoFailure what) {
        if (!closing) {
            failure.completeExceptionally(what);
        }
    }

    /** Closes all connections, whatever is under way, and ends the event loops. */
    @Override
    public void close() {
        closing = true;
        connector.stop();
        List<Channel> open = new ArrayList<>();
        for (int number = 0; number < channels.length(); number++) {
            if (channels.get(number) != null) {
                open.add(channels.get(number));
            }
        }
        open.forEach(Channel::close);
        open.forEach(channel -> channel.closeFuture().awaitUninterruptibly());
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
