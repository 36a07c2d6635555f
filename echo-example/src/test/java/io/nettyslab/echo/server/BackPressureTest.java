package io.nettyslab.echo.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nettyslab.OverflowPolicy;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.SlabSettings;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.testing.EchoSocket;
import io.nettyslab.echo.testing.Transports;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that writes but does not read is held up by TCP, not by the server's memory. */
class BackPressureTest {

    /** More than the kernel's socket buffers take, even where they grow by themselves. */
    private static final int FLOOD = 64 << 20;

    /** The high water mark and one read, 64 KiB each, and as much again for a read under way. */
    private static final long MOST_PER_CONNECTION = 256 << 10;

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void flood_withoutReading_isBounded_andResumesWhenRead(TransportKind transport) throws Exception {
        Transports.assumeAvailable(transport);
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (EchoAllocator slabs =
                AllocatorKind.SLAB.create(new SlabSettings(2L << 20, 1 << 20, OverflowPolicy.FAIL))) {
            EchoServer server = EchoServer.start(transport, slabs, anyPort, 1);
            try (server;
                    SocketChannel client = SocketChannel.open(server.address())) {
                ByteBuffer flood = ByteBuffer.wrap(EchoSocket.randomBytes(1, FLOOD));
                writeUntilStuck(client, flood);

                assertThat(flood.hasRemaining())
                        .as("the server must stop reading")
                        .isTrue();
                assertThat(slabs.figures().bytesInUse()).isBetween(1L, MOST_PER_CONNECTION);
                await().until(() -> server.figures().peakBytesInUse() > 0); // looked at ten times a second
                assertThat(readBack(client, flood)).isEqualTo(ByteBuffer.wrap(EchoSocket.randomBytes(1, FLOOD)));
            }
            assertThat(server.figures().traffic().errors()).isZero();
            assertThat(server.figures().memory().failedAllocations()).isZero();
            assertThat(server.figures().memory().buffersInUse()).isZero();
        }
    }

    private static void writeUntilStuck(SocketChannel client, ByteBuffer flood) throws Exception {
        client.configureBlocking(false);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .during(Duration.ofMillis(300))
                .until(() -> !writeSome(client, flood) || !flood.hasRemaining());
    }

    private static boolean writeSome(SocketChannel client, ByteBuffer flood) throws Exception {
        boolean wrote = false;
        while (client.write(flood) > 0) {
            wrote = true;
        }
        return wrote;
    }

    /** Reads everything back while it writes the rest. */
    private static ByteBuffer readBack(SocketChannel client, ByteBuffer flood) throws Exception {
        ByteBuffer received = ByteBuffer.allocate(FLOOD);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    while (client.write(flood) > 0 | client.read(received) > 0) {
                        // as long as there is something to do
                    }
                    return !received.hasRemaining();
                });
        return received.flip();
    }
}
