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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stop in full traffic: what the server has read it sends back, then it ends the stream. */
class GracefulStopTest {

    private static final int CLIENTS = 4;
    private static final int STREAM = 32 << 20;
    private static final byte[] BYTES = EchoSocket.randomBytes(7, STREAM);

    private final EchoAllocator slabs =
            AllocatorKind.SLAB.create(new SlabSettings(16L << 20, 4 << 20, OverflowPolicy.FAIL));
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void nothingIsLeft() {
        threads.shutdownNow();
        assertThat(slabs.figures().buffersInUse()).isZero();
        slabs.close();
    }

    private EchoServer start(TransportKind transport) {
        Transports.assumeAvailable(transport);
        return EchoServer.start(transport, slabs, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2);
    }

    /** Sends without end and reads up to the server's end of stream; only then it closes. */
    private final class Client implements AutoCloseable {
        private final Socket socket;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final CompletableFuture<Void> reader;

        Client(EchoServer server) throws IOException {
            socket = new Socket(server.address().getAddress(), server.address().getPort());
            socket.setSoTimeout(30_000);
            threads.execute(this::write);
            reader = CompletableFuture.runAsync(this::read, threads);
        }

        private void write() {
            try {
                socket.getOutputStream().write(BYTES);
            } catch (IOException e) {
                // The socket was closed in the middle, as it should be.
            }
        }

        private void read() {
            try (socket) {
                InputStream in = socket.getInputStream();
                byte[] part = new byte[64 << 10];
                for (int n = in.read(part); n >= 0; n = in.read(part)) {
                    received.write(part, 0, n);
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e); // a reset loses echoes
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void stop_inFullTraffic_losesNoEcho(TransportKind transport) throws Exception {
        EchoServer server = start(transport);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(new Client(server));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> clients.stream().allMatch(c -> c.received.size() > 100_000));

        int cutOff = server.stop(Duration.ofSeconds(30));

        long received = 0;
        for (Client client : clients) {
            client.reader.join();
            byte[] bytes = client.received.toByteArray();
            received += bytes.length;
            assertThat(Arrays.equals(bytes, 0, bytes.length, BYTES, 0, bytes.length))
                    .isTrue();
        }
        assertThat(cutOff).isZero();
        assertThat(received).isEqualTo(server.figures().traffic().bytesWritten());
        assertThat(server.figures().traffic().errors()).isZero();
    }

    @Test
    void stop_clientThatDoesNotClose_isCutOff() throws Exception {
        EchoServer server = start(TransportKind.NIO);
        try (EchoSocket socket = new EchoSocket(server.address())) {
            socket.send(EchoSocket.randomBytes(1, 10)).join();
            assertThat(socket.receive(10)).isEqualTo(EchoSocket.randomBytes(1, 10));

            assertThat(server.stop(Duration.ofMillis(50))).isEqualTo(1);
            assertThat(socket.receiveAll()).isEmpty();
        }
    }

    @Test
    void stop_twice_isOnce() {
        EchoServer server = start(TransportKind.NIO);

        assertThat(server.stop(Duration.ofSeconds(1))).isZero();
        assertThat(server.stop(Duration.ofSeconds(1))).isZero();
        server.close();
    }
}
