package io.nettyslab.echo.server;

import static io.nettyslab.echo.testing.EchoSocket.randomBytes;
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
import io.nettyslab.echo.testing.EchoSocket;
import io.nettyslab.echo.testing.FrameSplit;
import io.nettyslab.echo.testing.FramedSocket;
import io.nettyslab.echo.testing.TlsClient;
import io.nettyslab.echo.testing.Transports;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients do to servers. Whatever it is: others are served, and no buffer stays out. */
class RobustnessTest {

    private static final int WORKERS = 3;

    private final EchoAllocator slabs =
            AllocatorKind.SLAB.create(new SlabSettings(32L << 20, 8 << 20, OverflowPolicy.FAIL));
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void nothingIsLeft() {
        threads.shutdownNow();
        assertThat(slabs.figures().buffersInUse()).isZero();
        assertThat(slabs.figures().failedAllocations()).isZero();
        slabs.close();
    }

    private ServerSettings framed(TransportKind transport, int workers) {
        Transports.assumeAvailable(transport);
        return new ServerSettings(transport, slabs)
                .protocol(ProtocolKind.FRAMED)
                .eventLoops(2)
                .workers(workers);
    }

    private static void assertServes(EchoServer server) throws IOException {
        try (FramedSocket client = new FramedSocket(server.address())) {
            client.send(randomBytes(1, 1000));
            assertThat(client.receive().message()).isEqualTo(randomBytes(1, 1000));
        }
    }

    private static void awaitClosed(EchoServer server, int connections) {
        await().untilAsserted(() -> assertThat(server.figures().traffic().closed())
                .as("%s", server.figures().traffic())
                .isEqualTo(connections));
    }

    static Stream<Arguments> transportsAndWorkers() {
        return Arrays.stream(TransportKind.values())
                .flatMap(transport -> Stream.of(0, WORKERS).map(workers -> Arguments.of(transport, workers)));
    }

    @ParameterizedTest
    @MethodSource("transportsAndWorkers")
    void clientsKilledInTheMiddle_leaveNothing(TransportKind transport, int workers) throws Exception {
        int clients = 20;
        // On io_uring Netty may not see the reset (docs/protocols.md); the timeout is what ends such connections.
        try (EchoServer server = EchoServer.start(framed(transport, workers).receiveTimeout(Duration.ofMillis(500)))) {
            byte[] frame = FrameSplit.frame(randomBytes(1, 200_000));
            for (int i = 0; i < clients; i++) {
                EchoSocket client = new EchoSocket(server.address());
                client.output().write(frame); // the answer stays unread
                client.output().write(frame, 0, 1 + i * 9999);
                client.kill();
            }
            assertServes(server);
            awaitClosed(server, clients + 1);
            assertThat(slabs.figures().buffersInUse()).isZero();
        }
    }

    static Stream<Arguments> protocolsAndTls() {
        return Arrays.stream(ProtocolKind.values())
                .flatMap(protocol -> Stream.of(false, true).map(tls -> Arguments.of(protocol, tls)));
    }

    @ParameterizedTest
    @MethodSource("protocolsAndTls")
    void garbage_concernsOnlyItsSender(ProtocolKind protocol, boolean tls) throws Exception {
        ServerSettings settings = new ServerSettings(TransportKind.best(), slabs)
                .protocol(protocol)
                .tls(tls ? ServerTls.selfSigned(TlsEngine.JDK) : null)
                .eventLoops(2);
        int clients = 30;
        try (EchoServer server = EchoServer.start(settings)) {
            for (int i = 0; i < clients; i++) {
                try (EchoSocket client = new EchoSocket(server.address())) {
                    CompletableFuture<Void> sent = client.send(randomBytes(i, 1 + 300 * i));
                    sent.handle((nothing, reset) -> null).join();
                }
            }
            awaitClosed(server, clients);
            assertThat(slabs.figures().buffersInUse()).isZero();
            try (EchoSocket good = tls
                    ? TlsClient.connect(server.address(), server.tls().orElseThrow())
                    : new EchoSocket(server.address())) {
                good.output().write(FrameSplit.frame(new byte[] {'a', 'b', '\n'}));
                assertThat(good.receive(6)).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void halfOpenConnections_holdLittle_andDoNotKeepTheServer(TransportKind transport) throws Exception {
        int clients = 300;
        try (EchoServer server = EchoServer.start(framed(transport, 0))) {
            List<EchoSocket> halfOpen = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                EchoSocket client = new EchoSocket(server.address());
                client.output().write(FrameSplit.stream(), 0, i % 10);
                halfOpen.add(client);
            }
            assertServes(server);
            awaitClosed(server, 1);
            assertThat(slabs.figures().bytesInUse()).isLessThanOrEqualTo(clients * 2048L);

            assertThat(server.stop(SHORT)).isEqualTo(clients);
            for (EchoSocket client : halfOpen) {
                client.close();
            }
        }
    }

    private static final Duration SHORT = Duration.ofMillis(100);

    /** How a stream of messages is served. */
    enum Service {
        PLAIN,
        WORKERS,
        TLS,
        TLS_AND_WORKERS;

        boolean tls() {
            return this == TLS || this == TLS_AND_WORKERS;
        }

        int workers() {
            return this == WORKERS || this == TLS_AND_WORKERS ? RobustnessTest.WORKERS : 0;
        }
    }

    static Stream<Arguments> transportsAndServices() {
        return Arrays.stream(TransportKind.values())
                .flatMap(transport -> Arrays.stream(Service.values()).map(service -> Arguments.of(transport, service)));
    }

    /** Each client gets whole replies in order up to the end of the stream, and every reply the server has made. */
    @ParameterizedTest
    @MethodSource("transportsAndServices")
    void stopUnderLoad_losesNoReply(TransportKind transport, Service service) throws Exception {
        EchoServer server = EchoServer.start(
                framed(transport, service.workers()).tls(service.tls() ? ServerTls.selfSigned(TlsEngine.JDK) : null));
        List<StreamingClient> clients = new ArrayList<>();
        try (server) {
            for (int i = 0; i < 3; i++) {
                clients.add(new StreamingClient(server));
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> clients.stream().allMatch(client -> client.replies > 200));

            assertThat(server.stop(Duration.ofSeconds(30))).isZero();
        }
        long replies = 0;
        long lastId = 0;
        for (StreamingClient client : clients) {
            assertThat(client.reader)
                    .as("%s", server.figures().traffic())
                    .succeedsWithin(Duration.ofSeconds(10)); // throws if a reply was wrong or the stream broke off
            replies += client.replies;
            lastId = Math.max(lastId, client.lastId);
        }
        assertThat(server.figures().traffic().errors()).isZero();
        assertThat(lastId).as("every id given out has arrived").isEqualTo(replies);
    }

    /** Sends messages of growing sizes without end, and checks what comes back. */
    private final class StreamingClient {
        private final Socket socket;
        private final CompletableFuture<Void> reader;
        private volatile long replies; // written by the reader alone
        private volatile long lastId;

        StreamingClient(EchoServer server) throws IOException {
            socket = server.tls().isPresent()
                    ? TlsClient.socket(server.address(), server.tls().get())
                    : new Socket(server.address().getAddress(), server.address().getPort());
            socket.setSoTimeout(30_000);
            threads.execute(this::write);
            reader = CompletableFuture.runAsync(this::read, threads);
        }

        private byte[] message(long number) {
            byte[] message = new byte[(int) (1 + number * 37 % 5000)];
            Arrays.fill(message, (byte) number);
            return message;
        }

        private void write() {
            try {
                OutputStream out = socket.getOutputStream();
                for (long number = 0; true; number++) {
                    out.write(FrameSplit.frame(message(number)));
                }
            } catch (IOException e) {
                // The socket was closed in the middle, as it should be.
            }
        }

        private void read() {
            try (socket) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                while (true) {
                    int first = in.read();
                    if (first < 0) {
                        return;
                    }
                    int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
                    long id = in.readLong();
                    byte[] message = in.readNBytes(length - 8);
                    assertThat(id).isGreaterThan(lastId);
                    assertThat(message).isEqualTo(message(replies));
                    lastId = id;
                    replies++;
                }
            } catch (EOFException e) {
                throw new AssertionError("a reply was cut off", e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
