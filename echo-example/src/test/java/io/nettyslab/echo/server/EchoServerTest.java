package io.nettyslab.echo.server;

import static io.nettyslab.echo.testing.EchoSocket.randomBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettyslab.OverflowPolicy;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.net.SlabSettings;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.testing.EchoSocket;
import io.nettyslab.echo.testing.Transports;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EchoServerTest {

    private static final int[] SIZES = {1, 2, 63, 1024, 5000, 65_536, 65_537, 1 << 20};

    private final EchoAllocator allocator =
            AllocatorKind.SLAB.create(new SlabSettings(16L << 20, 4 << 20, OverflowPolicy.FAIL));

    @AfterEach
    void nothingIsLeft() {
        assertThat(allocator.figures().buffersInUse()).isZero();
        assertThat(allocator.figures().failedAllocations()).isZero();
        allocator.close();
    }

    private EchoServer start(TransportKind transport) {
        Transports.assumeAvailable(transport);
        return EchoServer.start(transport, allocator, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2);
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void echo_randomDataOverSeveralConnections_comesBackUnchanged(TransportKind transport) throws Exception {
        try (EchoServer server = start(transport)) {
            List<EchoSocket> sockets = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                sockets.add(new EchoSocket(server.address()));
            }
            for (int size : SIZES) {
                List<CompletableFuture<Void>> sends = new ArrayList<>();
                for (int i = 0; i < sockets.size(); i++) {
                    sends.add(sockets.get(i).send(randomBytes(i, size)));
                }
                for (int i = 0; i < sockets.size(); i++) {
                    assertThat(sockets.get(i).receive(size)).isEqualTo(randomBytes(i, size));
                }
                sends.forEach(CompletableFuture::join);
            }
            for (EchoSocket socket : sockets) {
                socket.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void echo_clientEndsItsOutput_stillGetsEverything(TransportKind transport) throws Exception {
        byte[] message = randomBytes(1, 3 << 20);
        try (EchoServer server = start(transport);
                EchoSocket socket = new EchoSocket(server.address())) {
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> receiveAll(socket));
            socket.send(message).join();
            socket.endOutput();

            assertThat(received.join()).isEqualTo(message);
        }
    }

    private static byte[] receiveAll(EchoSocket socket) {
        try {
            return socket.receiveAll();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void figures_countConnectionsBytesAndErrors() throws Exception {
        EchoServer server = start(TransportKind.NIO);
        try (server;
                EchoSocket socket = new EchoSocket(server.address())) {
            socket.send(randomBytes(1, 1000)).join();
            socket.receive(1000);
        }

        Traffic traffic = server.figures().traffic();
        assertThat(traffic.opened()).isEqualTo(1);
        assertThat(traffic.closed()).isEqualTo(1);
        assertThat(traffic.errors()).isZero();
        assertThat(traffic.bytesRead()).isEqualTo(1000);
        assertThat(traffic.bytesWritten()).isEqualTo(1000);
    }

    @Test
    void start_portInUse_saysSo() {
        try (EchoServer server = start(TransportKind.NIO)) {
            assertThatThrownBy(() -> EchoServer.start(TransportKind.NIO, allocator, server.address(), 1))
                    .isInstanceOf(EchoFailure.class)
                    .hasMessageContaining(String.valueOf(server.address().getPort()))
                    .hasMessageContaining("in use");
        }
    }
}
