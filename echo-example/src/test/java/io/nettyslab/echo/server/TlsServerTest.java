package io.nettyslab.echo.server;

import static io.nettyslab.echo.testing.EchoSocket.randomBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nettyslab.OverflowPolicy;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.ServerTls;
import io.nettyslab.echo.net.SlabSettings;
import io.nettyslab.echo.net.TlsEngine;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.protocol.ProtocolKind;
import io.nettyslab.echo.testing.EchoSocket;
import io.nettyslab.echo.testing.FramedSocket;
import io.nettyslab.echo.testing.TlsClient;
import io.nettyslab.echo.testing.Transports;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every engine on every transport, with a client that checks the certificate. */
class TlsServerTest {

    private final EchoAllocator slabs =
            AllocatorKind.SLAB.create(new SlabSettings(16L << 20, 4 << 20, OverflowPolicy.FAIL));

    @AfterEach
    void nothingIsLeft() {
        assertThat(slabs.figures().buffersInUse()).isZero();
        assertThat(slabs.figures().failedAllocations()).isZero();
        slabs.close();
    }

    private EchoServer start(TransportKind transport, TlsEngine engine, ProtocolKind protocol) {
        Transports.assumeAvailable(transport);
        engine.unavailability().ifPresent(reason -> assumeTrue(false, engine + " is not available: " + reason));
        return EchoServer.start(new ServerSettings(transport, slabs)
                .protocol(protocol)
                .eventLoops(2)
                .tls(ServerTls.selfSigned(engine)));
    }

    private static EchoSocket connect(EchoServer server) throws Exception {
        return TlsClient.connect(server.address(), server.tls().orElseThrow());
    }

    static Stream<Arguments> transportsAndEngines() {
        return Arrays.stream(TransportKind.values())
                .flatMap(transport -> Arrays.stream(TlsEngine.values()).map(engine -> Arguments.of(transport, engine)));
    }

    @ParameterizedTest
    @MethodSource("transportsAndEngines")
    void raw_comesBack_throughRecordsFromSlabs_andEndsInOrder(TransportKind transport, TlsEngine engine)
            throws Exception {
        byte[] message = randomBytes(1, 3 << 20);
        EchoServer server = start(transport, engine, ProtocolKind.RAW);
        try (server;
                EchoSocket client = connect(server)) {
            CompletableFuture<Void> sent = client.send(message);
            assertThat(client.receive(message.length)).isEqualTo(message);
            sent.join();
            CompletableFuture<Integer> stopped = CompletableFuture.supplyAsync(() -> server.stop(EchoServer.PATIENCE));

            assertThat(client.receiveAll()).isEmpty(); // throws if the end of the stream is not signed
            client.endOutput();
            assertThat(stopped.join()).isZero();
        }
        assertThat(server.figures().traffic().otherReads()).isZero();
        assertThat(server.figures().traffic().otherWrites()).isZero();
        assertThat(server.figures().traffic().errors()).isZero();
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void framed_answersEachMessage_andTheErrorBeforeTheEnd(TlsEngine engine) throws Exception {
        try (EchoServer server = start(TransportKind.best(), engine, ProtocolKind.FRAMED);
                FramedSocket client = new FramedSocket(connect(server))) {
            for (int size : new int[] {1, 16_000, 17_000, 300_000}) {
                client.send(randomBytes(size, size));
                assertThat(client.receive().message()).isEqualTo(randomBytes(size, size));
            }
            client.socket().output().write(new byte[4]);

            assertThat(client.receive().id()).isZero();
            assertThat(client.socket().receiveAll()).isEmpty();
        }
    }

    /** TLS 1.3 knows half-closed connections. */
    @Test
    void clientEndsItsOutput_stillGetsEverything() throws Exception {
        byte[] message = randomBytes(1, 100_000);
        try (EchoServer server = start(TransportKind.NIO, TlsEngine.JDK, ProtocolKind.RAW);
                EchoSocket client = connect(server)) {
            client.send(message).join();
            client.endOutput();

            assertThat(client.receiveAll()).isEqualTo(message);
        }
    }

    @ParameterizedTest
    @EnumSource(TlsEngine.class)
    void clientsWithoutTls_orThatStopInTheHandshake_concernOnlyThemselves(TlsEngine engine) throws Exception {
        EchoServer server = start(TransportKind.NIO, engine, ProtocolKind.RAW);
        try (server;
                EchoSocket silent = new EchoSocket(server.address());
                EchoSocket plain = new EchoSocket(server.address());
                EchoSocket good = connect(server)) {
            plain.send(randomBytes(1, 1000)).join();
            silent.output().write(new byte[] {22, 3, 1}); // the beginning of a handshake
            await().until(() -> server.figures().traffic().errors() == 1);

            good.send(randomBytes(2, 1000)).join();
            assertThat(good.receive(1000)).isEqualTo(randomBytes(2, 1000));
        }
        assertThat(server.figures().traffic().closed()).isEqualTo(3);
    }

    @Test
    void clientThatTrustsAnotherCertificate_doesNotConnect() {
        try (EchoServer server = start(TransportKind.NIO, TlsEngine.JDK, ProtocolKind.RAW)) {
            ServerTls other = ServerTls.selfSigned(TlsEngine.JDK);
            assertThat(other.fingerprint())
                    .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}")
                    .isNotEqualTo(server.tls().orElseThrow().fingerprint());

            assertThatThrownBy(() -> {
                        try (EchoSocket client = TlsClient.connect(server.address(), other)) {
                            client.receive(1);
                        }
                    })
                    .isInstanceOf(SSLException.class);
        }
    }
}
