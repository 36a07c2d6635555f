package io.nettyslab.echo.scale;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.text.KeyValues;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A client process of a run. It reads commands from standard input and ends with it:
 *
 * <pre>
 *   connect n            opens n more connections
 *   pulse messages size  every connection sends that many messages and checks what comes back
 *   half bytes           every connection sends that many bytes and reads no more
 * </pre>
 */
final class ScaleClient implements AutoCloseable {

    /** How long all connections together may take for one command. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Connects under way at once: fewer than the backlog of any server, so that none is dropped and retried. */
    private static final int CONNECTS_AT_ONCE = 64;

    /** Linux has 28,232 ports for each pair of addresses, and those of closed connections stay taken for a minute. */
    private static final int CONNECTIONS_PER_ADDRESS = 10_000;

    private final TransportKind transport;
    private final InetSocketAddress server;
    private final int firstNumber;
    private final EchoAllocator allocator = AllocatorKind.SLAB.create();
    private final EventLoopGroup group;
    private final Pulse.Results results = new Pulse.Results();
    private final List<Channel> channels = new ArrayList<>();

    ScaleClient(TransportKind transport, InetSocketAddress server, int firstNumber) {
        this.transport = transport;
        this.server = server;
        this.firstNumber = firstNumber;
        this.group = transport.newGroup(1, "scale-client");
    }

    /**
     * Runs a client.
     *
     * @param args transport, port of the server, number of the first connection
     * @throws Exception if standard input cannot be read
     */
    public static void main(String[] args) throws Exception {
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        try (ScaleClient client = new ScaleClient(TransportKind.valueOf(args[0]), server, Integer.parseInt(args[2]))) {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                client.answer(line.split(" ")).print(out);
            }
        }
    }

    private KeyValues answer(String[] command) throws InterruptedException, IOException {
        long start = System.nanoTime();
        KeyValues answer = switch (command[0]) {
            case "connect" -> connect(Integer.parseInt(command[1]));
            case "pulse" -> pulse(Integer.parseInt(command[1]), Integer.parseInt(command[2]));
            case "half" -> half(Integer.parseInt(command[1]));
            default -> throw new IllegalArgumentException(command[0]);
        };
        return answer.put("nanos", System.nanoTime() - start)
                .put("errors", results.errors())
                .put("firstError", results.firstError());
    }

    /** A connection that is refused is an error, and the others go on. */
    private KeyValues connect(int count) throws IOException {
        for (int opened = 0; opened < count; opened += CONNECTS_AT_ONCE) {
            List<ChannelFuture> connects = new ArrayList<>();
            for (int i = opened; i < Math.min(opened + CONNECTS_AT_ONCE, count); i++) {
                connects.add(connectOne(firstNumber + channels.size() + connects.size()));
            }
            for (ChannelFuture connect : connects) {
                if (connect.awaitUninterruptibly().isSuccess()) {
                    channels.add(connect.channel());
                } else {
                    results.fail("cannot connect: " + connect.cause());
                }
            }
        }
        return new KeyValues().put("connections", channels.size());
    }

    private ChannelFuture connectOne(int number) throws IOException {
        Bootstrap bootstrap = new Bootstrap()
                .group(group)
                .channel(transport.clientChannel())
                .option(ChannelOption.ALLOCATOR, allocator.allocator())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) PATIENCE.toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new ScaleConnection(results, number));
                    }
                });
        int address = number / CONNECTIONS_PER_ADDRESS;
        return address == 0
                ? bootstrap.connect(server)
                : bootstrap.connect(server, new InetSocketAddress(loopback(address), 0));
    }

    /**
     * Returns an address of this machine: on Linux all of 127.x.x.x are, without further ado. Each process has its own,
     * because closed connections keep the ports of an address taken for a minute, and to find a free one then is slow.
     */
    private static InetAddress loopback(int number) throws IOException {
        long process = ProcessHandle.current().pid();
        return InetAddress.getByAddress(
                new byte[] {127, (byte) (1 + (process >> 8) % 250), (byte) process, (byte) number});
    }

    private KeyValues pulse(int messages, int messageSize) throws InterruptedException {
        Pulse pulse = new Pulse(channels.size(), messages, messageSize);
        channels.forEach(channel -> channel.pipeline().fireUserEventTriggered(pulse));
        long missing = pulse.await(PATIENCE);
        if (missing > 0) {
            results.fail(missing + " connections still miss bytes after " + PATIENCE.toSeconds() + " s");
        }
        Histogram latency = results.takeLatency();
        return new KeyValues()
                .put("messages", latency.getTotalCount())
                .put("p50", latency.getValueAtPercentile(50))
                .put("p99", latency.getValueAtPercentile(99))
                .put("max", latency.getMaxValue());
    }

    private KeyValues half(int bytes) {
        Pulse.Half half = new Pulse.Half(bytes);
        channels.forEach(channel -> channel.pipeline().fireUserEventTriggered(half));
        return new KeyValues();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly(); // closes the channels, too
        allocator.close();
    }
}
