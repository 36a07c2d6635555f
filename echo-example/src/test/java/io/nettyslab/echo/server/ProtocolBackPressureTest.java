package io.nettyslab.echo.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nettyslab.OverflowPolicy;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.ServerTls;
import io.nettyslab.echo.net.SlabSettings;
import io.nettyslab.echo.net.TlsEngine;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.protocol.ProtocolKind;
import io.nettyslab.echo.testing.FrameSplit;
import io.nettyslab.echo.testing.TlsClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that writes and never reads: no protocol lets it take more than its share of memory. */
class ProtocolBackPressureTest {

    /** Marks, a read under way, what slices hold of reads, and records. */
    private static final long MOST = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "FRAMED, 0, false",
        "FRAMED, 3, false",
        "FRAMED, 0, true",
        "FRAMED, 3, true",
        "LINE, 0, false",
        "RAW, 0, true"
    })
    void flood_withoutReading_isBounded(ProtocolKind protocol, int workers, boolean encrypted) throws Exception {
        ServerTls tls = encrypted ? ServerTls.selfSigned(TlsEngine.JDK) : null;
        try (EchoAllocator slabs =
                AllocatorKind.SLAB.create(new SlabSettings(8L << 20, 4 << 20, OverflowPolicy.FAIL))) {
            EchoServer server = EchoServer.start(new ServerSettings(TransportKind.best(), slabs)
                    .protocol(protocol)
                    .workers(workers)
                    .tls(tls)
                    .eventLoops(1));
            try (server;
                    Socket client = encrypted
                            ? TlsClient.socket(server.address(), tls)
                            : new Socket(
                                    server.address().getAddress(),
                                    server.address().getPort())) {
                AtomicLong sent = new AtomicLong();
                Thread flood = new Thread(() -> flood(client, protocol, sent), "flood");
                flood.start();
                await().until(() -> sent.get() > 0);
                AtomicLong before = new AtomicLong(-1);
                await().atMost(Duration.ofSeconds(30))
                        .pollInterval(Duration.ofMillis(20))
                        .during(Duration.ofMillis(300))
                        .until(() -> before.getAndSet(sent.get()) == sent.get());
                assertThat(slabs.figures().bytesInUse())
                        .as("%s", server.figures())
                        .isBetween(1L, MOST);

                assertThat(flood.isAlive()).as("stuck, not broken").isTrue();
                readSome(client, 4 << 20, server);
                await().until(() -> sent.get() > before.get());
                client.setSoLinger(true, 0);
            }
            assertThat(slabs.figures().buffersInUse()).isZero();
            assertThat(slabs.figures().failedAllocations()).isZero();
        }
    }

    private static void flood(Socket client, ProtocolKind protocol, AtomicLong sent) {
        byte[] message = protocol == ProtocolKind.LINE
                ? ("x".repeat(4000) + "\n").getBytes(US_ASCII)
                : FrameSplit.frame(new byte[7000]);
        try {
            while (true) {
                client.getOutputStream().write(message);
                sent.addAndGet(message.length);
            }
        } catch (IOException e) {
            // The end of the test.
        }
    }

    private static void readSome(Socket client, int bytes, EchoServer server) throws IOException {
        InputStream in = client.getInputStream();
        int read = in.readNBytes(bytes).length;
        assertThat(read).as("%s", server.figures()).isEqualTo(bytes);
    }
}
