package io.nettyslab.echo.scale;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.echo.net.AllocatorFigures;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.SlabSettings;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.process.MemoryFigures;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/**
 * One step without sockets, in a JVM of its own: many channels in one place, and echoes through one after the other,
 * drawn at random. All of it happens on one real event loop, where Netty's pools use what they keep per thread.
 */
final class EmbeddedWorker {

    private static final long MAX_MEMORY = 512L << 20;
    private static final int SLAB_SIZE = 16 << 20;
    private static final int MEASUREMENTS = 3;
    private static final int ECHOES_BETWEEN_LOOKS = 256; // at the clock

    private final EchoAllocator allocator;
    private final EmbeddedChannel[] channels;
    private final Duration duration;
    private long random = 1; // state of xorshift; the same draws for every allocator
    private long echoes;
    private boolean holding;

    private EmbeddedWorker(EchoAllocator allocator, int channels, Duration duration) {
        this.allocator = allocator;
        this.channels = new EmbeddedChannel[channels];
        this.duration = duration;
    }

    /**
     * Runs a step and prints its result.
     *
     * @param args allocator, number of channels, milliseconds of each measurement
     * @throws Exception if any byte comes back wrong
     */
    public static void main(String[] args) throws Exception {
        AllocatorKind kind = AllocatorKind.valueOf(args[0]);
        int channels = Integer.parseInt(args[1]);
        Duration duration = Duration.ofMillis(Long.parseLong(args[2]));
        EventLoopGroup group = TransportKind.NIO.newGroup(1, "scale-embedded");
        try (EchoAllocator allocator = kind.create(new SlabSettings(MAX_MEMORY, SLAB_SIZE, OverflowPolicy.FAIL))) {
            EmbeddedWorker worker = new EmbeddedWorker(allocator, channels, duration);
            EmbeddedResult result = group.submit(worker::run).get();
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
            result.keyValues().print(new PrintWriter(System.out, false, StandardCharsets.UTF_8));
        }
    }

    private EmbeddedResult run() {
        open().finishAndReleaseAll(); // what the first one loads and takes is not what a channel costs
        long heapBefore = collectedHeap();
        for (int i = 0; i < channels.length; i++) {
            channels[i] = open();
        }
        double idleNanos = measure();
        long heapIdle = collectedHeap();
        requireNothingOut();

        tellAll(EmbeddedEcho.HOLD);
        for (EmbeddedChannel channel : channels) {
            send(channel);
        }
        double holdingNanos = measure();
        long heapHolding = collectedHeap();
        double reserved = allocator.figures().reservedBytes();
        tellAll(EmbeddedEcho.LET_GO);
        requireNothingOut();
        double count = channels.length;
        return new EmbeddedResult(
                allocator.kind(),
                channels.length,
                idleNanos,
                holdingNanos,
                (heapIdle - heapBefore) / count,
                (heapHolding - heapIdle) / count,
                reserved / count);
    }

    /** Opens a channel and uses it: one that never was is smaller. */
    private EmbeddedChannel open() {
        EmbeddedChannel channel = new EmbeddedChannel(new EmbeddedEcho());
        channel.config().setAllocator(allocator.allocator());
        echo(channel);
        return channel;
    }

    private void tellAll(Object event) {
        holding = event == EmbeddedEcho.HOLD;
        for (EmbeddedChannel channel : channels) {
            channel.pipeline().fireUserEventTriggered(event);
        }
    }

    /** Returns nanoseconds per echo: the median of several measurements after a warm-up. */
    private double measure() {
        measureOnce();
        return DoubleStream.generate(this::measureOnce)
                .limit(MEASUREMENTS)
                .sorted()
                .skip(MEASUREMENTS / 2)
                .findFirst()
                .orElseThrow();
    }

    private double measureOnce() {
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        long count = 0;
        long now;
        do {
            for (int i = 0; i < ECHOES_BETWEEN_LOOKS; i++) {
                echo(channels[nextIndex()]);
            }
            count += ECHOES_BETWEEN_LOOKS;
            now = System.nanoTime();
        } while (now < end);
        return (double) (now - start) / count;
    }

    private int nextIndex() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) ((random >>> 33) * channels.length >>> 31);
    }

    private void echo(EmbeddedChannel channel) {
        send(channel);
        ByteBuf answer = channel.readOutbound();
        boolean right = holding ? answer.getLong(0) < echoes : answer.getLong(0) == echoes;
        if (!right || answer.readableBytes() != EmbeddedSettings.MESSAGE_SIZE) {
            throw new IllegalStateException("echo " + echoes + " came back wrong: " + answer);
        }
        answer.release();
    }

    private void send(EmbeddedChannel channel) {
        ByteBuf message = channel.alloc().ioBuffer(EmbeddedSettings.MESSAGE_SIZE);
        message.writeLong(++echoes).writerIndex(EmbeddedSettings.MESSAGE_SIZE);
        channel.writeInbound(message);
    }

    private void requireNothingOut() {
        AllocatorFigures figures = allocator.figures();
        if (!figures.everythingReturned()) {
            throw new IllegalStateException("buffers still out: " + figures);
        }
    }

    private static long collectedHeap() {
        System.gc();
        return MemoryFigures.now().heapBytes();
    }
}
