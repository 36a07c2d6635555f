package io.nettyslab.echo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.echo.load.LoadClient;
import io.nettyslab.echo.load.LoadSettings;
import io.nettyslab.echo.load.LoadTraffic;
import io.nettyslab.echo.load.LoadWire;
import io.nettyslab.echo.load.MessageSizes;
import io.nettyslab.echo.net.AllocatorFigures;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.SlabSettings;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.testing.DirectMemory;
import io.nettyslab.echo.testing.Transports;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The promise of the project: no read and no write of the server uses memory from outside the slabs. */
class SlabsOnlyTest {

    private static final int SLAB_SIZE = 16 << 20;
    private static final int CONNECTIONS = 6;
    private static final int DEPTH = 3;
    private static final int[] MESSAGE_SIZES = {1, 100, 1024, 70_000, 1 << 20};

    private static EchoAllocator slabs(OverflowPolicy overflow) {
        return AllocatorKind.SLAB.create(new SlabSettings((long) SLAB_SIZE, SLAB_SIZE, overflow));
    }

    private static EchoServer start(TransportKind transport, EchoAllocator allocator) {
        return EchoServer.start(transport, allocator, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2);
    }

    private static LoadClient connect(EchoServer server, TransportKind transport, EchoAllocator allocator, int size) {
        LoadClient client = new LoadClient(new LoadSettings(
                transport,
                allocator,
                server.address(),
                1,
                CONNECTIONS,
                Duration.ZERO,
                0,
                Duration.ofSeconds(10),
                LoadWire.PLAIN,
                new LoadTraffic(MessageSizes.fixed(size), DEPTH, 0, 0, 0, 42)));
        client.connect(() -> {});
        return client;
    }

    /** Sends at least this many messages, and waits until all have come back and are checked. */
    private static void echo(LoadClient client, long count) {
        long end = client.echoedMessages() + count;
        client.start(0);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            client.run(Duration.ofMillis(1)); // throws if anything is wrong
            return client.echoedMessages() >= end;
        });
        client.pause();
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void load_everyReadAndWriteIsFromSlabs_andNothingElseIsTaken(TransportKind transport) {
        Transports.assumeAvailable(transport);
        try (EchoAllocator serverSlabs = slabs(OverflowPolicy.FAIL);
                EchoAllocator clientSlabs = slabs(OverflowPolicy.FAIL)) {
            EchoServer server = start(transport, serverSlabs);
            Map<Integer, LoadClient> clients = new LinkedHashMap<>();
            try {
                for (int size : MESSAGE_SIZES) {
                    clients.put(size, connect(server, transport, clientSlabs, size));
                }
                // The first pass loads classes and lets event loops take what they need once.
                echoAllSizes(clients);
                long before = DirectMemory.settled();
                echoAllSizes(clients);
                assertThat(DirectMemory.counted())
                        .as("no more; other threads' buffers may go")
                        .isLessThanOrEqualTo(before);
            } finally {
                clients.values().forEach(LoadClient::close);
                server.close();
            }
            assertOnlySlabs(server.figures());
            assertThat(clientSlabs.figures().unpooledAllocations()).isZero();
            assertThat(clientSlabs.figures().buffersInUse()).isZero();
        }
    }

    private static void echoAllSizes(Map<Integer, LoadClient> clients) {
        clients.forEach((size, client) -> echo(client, size < 10_000 ? 500 : 30));
    }

    private static void assertOnlySlabs(ServerFigures figures) {
        Traffic traffic = figures.traffic();
        assertThat(traffic.slabReads()).isPositive();
        assertThat(traffic.otherReads()).isZero();
        assertThat(traffic.slabWrites()).isEqualTo(traffic.slabReads());
        assertThat(traffic.otherWrites()).isZero();
        assertThat(traffic.bytesWritten()).isEqualTo(traffic.bytesRead());
        AllocatorFigures memory = figures.memory();
        assertThat(memory.slabAllocations()).isGreaterThanOrEqualTo(traffic.slabReads());
        assertThat(memory.unpooledAllocations()).isZero();
        assertThat(memory.failedAllocations()).isZero();
        assertThat(memory.reservedBytes()).isEqualTo(SLAB_SIZE);
        assertThat(memory.buffersInUse()).isZero();
    }

    private static void echoOnce(EchoServer server, EchoAllocator clientAllocator, int size) {
        try (LoadClient client = connect(server, TransportKind.NIO, clientAllocator, size)) {
            echo(client, 50);
        }
    }

    /** The counters above are worth nothing if they cannot tell. */
    @Test
    void counters_slabsFull_seeUnpooledMemory() {
        try (EchoAllocator serverSlabs = slabs(OverflowPolicy.UNPOOLED);
                EchoAllocator client = AllocatorKind.POOLED.create()) {
            List<ByteBuf> everything = new ArrayList<>();
            while (serverSlabs.figures().unpooledAllocations() == 0) {
                everything.add(serverSlabs.allocator().directBuffer(4096));
            }
            EchoServer server = start(TransportKind.NIO, serverSlabs);
            try (server) {
                echoOnce(server, client, 65_536);
            }
            everything.forEach(ByteBuf::release);

            assertThat(server.figures().traffic().otherReads()).isPositive();
            assertThat(server.figures().traffic().otherWrites())
                    .isEqualTo(server.figures().traffic().otherReads());
            assertThat(server.figures().memory().buffersInUse()).isZero();
        }
    }

    @Test
    void counters_otherAllocator_seeNoSlabs() {
        try (EchoAllocator pooled = AllocatorKind.POOLED.create()) {
            EchoServer server = start(TransportKind.NIO, pooled);
            try (server) {
                echoOnce(server, pooled, 1024);
            }

            assertThat(server.figures().traffic().slabReads()).isZero();
            assertThat(server.figures().traffic().otherReads()).isPositive();
        }
    }
}
