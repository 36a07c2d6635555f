package io.nettyslab.echo.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.SlabSettings;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.protocol.ProtocolKind;
import io.nettyslab.echo.testing.EchoSocket;
import io.nettyslab.echo.testing.FrameSplit;
import io.nettyslab.echo.testing.FramedSocket;
import io.nettyslab.echo.testing.Transports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many connections, for how long, and on which threads. */
class LimitsTest {

    private static final Duration SHORT = Duration.ofMillis(150);

    private final EchoAllocator slabs =
            AllocatorKind.SLAB.create(new SlabSettings(8L << 20, 4 << 20, OverflowPolicy.FAIL));

    @AfterEach
    void nothingIsLeft() {
        assertThat(slabs.figures().buffersInUse()).isZero();
        slabs.close();
    }

    private ServerSettings settings(TransportKind transport, ProtocolKind protocol) {
        Transports.assumeAvailable(transport);
        return new ServerSettings(transport, slabs).protocol(protocol).eventLoops(2);
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void connectionsAboveTheMost_areClosedCleanly_andThereIsRoomAgainLater(TransportKind transport) throws Exception {
        EchoServer server = EchoServer.start(
                settings(transport, ProtocolKind.RAW).maxConnections(2).backlog(16));
        try (server;
                EchoSocket first = new EchoSocket(server.address());
                EchoSocket second = new EchoSocket(server.address())) {
            first.assertServed();
            second.assertServed();
            try (EchoSocket third = new EchoSocket(server.address())) {
                third.output().write(new byte[1000]); // unread bytes would turn the close into a reset
                assertThat(third.receiveAll()).isEmpty();
            }
            first.endOutput();
            await().until(() -> server.figures().traffic().closed() == 1);
            try (EchoSocket fourth = new EchoSocket(server.address())) {
                fourth.assertServed();
            }
            second.assertServed();
        }
        assertThat(server.figures().traffic().refused()).isEqualTo(1);
        assertThat(server.figures().traffic().opened()).isEqualTo(3);
        assertThat(server.figures().traffic().peakConnections()).isEqualTo(2);
        assertThat(server.figures().traffic().errors()).isZero();
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void acceptThreads_shareThePort(TransportKind transport) throws Exception {
        EchoServer server =
                EchoServer.start(settings(transport, ProtocolKind.RAW).acceptThreads(2));
        try (server) {
            List<EchoSocket> sockets = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                sockets.add(new EchoSocket(server.address()));
            }
            for (EchoSocket socket : sockets) {
                socket.assertServed();
                socket.close();
            }
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> thread.getName().startsWith("echo-accept"))
                    .hasSize(2);
        }
        assertThat(server.figures().traffic().opened()).isEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void receiveTimeout_inTheMiddleOfAMessage_isToldAndEnds(TransportKind transport) throws Exception {
        try (EchoServer server = EchoServer.start(
                        settings(transport, ProtocolKind.FRAMED).receiveTimeout(SHORT));
                FramedSocket client = new FramedSocket(server.address());
                FramedSocket idle = new FramedSocket(server.address())) {
            client.send(new byte[10]);
            assertThat(client.receive().id()).isEqualTo(1);
            client.socket().output().write(Arrays.copyOf(FrameSplit.stream(), 9));

            FramedSocket.Reply error = client.receive();
            assertThat(error.id()).isZero();
            assertThat(new String(error.message(), UTF_8))
                    .isEqualTo("receive timeout: no byte for 0.15 s, 9 bytes of a message wait for the rest");
            assertThat(client.socket().receiveAll()).isEmpty();

            idle.send(new byte[10]); // idle for longer, but between messages
            assertThat(idle.receive().id()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolKind.class)
    void idleTimeout_ends(ProtocolKind protocol) throws Exception {
        try (EchoServer server =
                        EchoServer.start(settings(TransportKind.NIO, protocol).idleTimeout(SHORT));
                EchoSocket client = new EchoSocket(server.address())) {
            String last = new String(client.receiveAll(), UTF_8);

            if (protocol == ProtocolKind.RAW) {
                assertThat(last).isEmpty();
            } else {
                assertThat(last).contains("idle timeout: nothing received or sent for 0.15 s");
            }
        }
    }

    @Test
    void listener_hearsEverything() throws Exception {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        try (EchoServer server = EchoServer.start(settings(TransportKind.NIO, ProtocolKind.FRAMED)
                        .workers(1)
                        .listener(new Recorder(heard)));
                FramedSocket client = new FramedSocket(server.address())) {
            client.send(new byte[3]);
            client.receive();
            client.socket().close();
            await().until(() -> heard.contains("disconnected 1"));
        }
        assertThat(heard)
                .containsSubsequence(
                        "connected 1", "received 7", "message 1 of 3", "working 1", "sent 15", "disconnected 1");
    }

    private record Recorder(List<String> heard) implements ServerListener {
        @Override
        public void connected(Session session) {
            heard.add("connected " + session.id());
        }

        @Override
        public void disconnected(Session session) {
            heard.add("disconnected " + session.id());
        }

        @Override
        public void received(Session session, ByteBuf bytes) {
            heard.add("received " + bytes.readableBytes());
        }

        @Override
        public void sent(Session session, ByteBuf bytes) {
            heard.add("sent " + bytes.readableBytes());
        }

        @Override
        public void message(Session session, long number, ByteBuf message, boolean secure) {
            heard.add("message " + number + " of " + message.readableBytes());
        }

        @Override
        public void working(Session session, long number) {
            heard.add("working " + number);
        }
    }
}
