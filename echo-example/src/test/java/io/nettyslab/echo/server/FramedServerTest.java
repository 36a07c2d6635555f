package io.nettyslab.echo.server;

import static io.nettyslab.echo.testing.EchoSocket.randomBytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The framed protocol over real sockets. */
class FramedServerTest {

    private static final int MAX = 1 << 20;

    private final EchoAllocator slabs =
            AllocatorKind.SLAB.create(new SlabSettings(32L << 20, 8 << 20, OverflowPolicy.FAIL));

    @AfterEach
    void nothingIsLeft() {
        assertThat(slabs.figures().buffersInUse()).isZero();
        assertThat(slabs.figures().failedAllocations()).isZero();
        slabs.close();
    }

    private EchoServer start(TransportKind transport) {
        Transports.assumeAvailable(transport);
        return EchoServer.start(new ServerSettings(transport, slabs)
                .protocol(ProtocolKind.FRAMED)
                .eventLoops(2)
                .maxMessage(MAX));
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void everySplit_isReadAsItWasSent_andAnswered(TransportKind transport) throws Exception {
        long sent = 0;
        long id = 0;
        try (EchoServer server = start(transport)) {
            for (FrameSplit split : FrameSplit.values()) {
                try (FramedSocket client = new FramedSocket(server.address())) {
                    for (byte[] part : split.reads()) {
                        client.socket().output().write(part);
                        sent += part.length;
                        long expected = sent;
                        await().pollInterval(Duration.ofMillis(1))
                                .until(() -> server.figures().traffic().bytesRead() == expected);
                    }
                    for (String message : FrameSplit.MESSAGES) {
                        FramedSocket.Reply reply = client.receive();
                        assertThat(reply.message()).as("%s", split).isEqualTo(message.getBytes(US_ASCII));
                        assertThat(reply.id()).isEqualTo(++id);
                    }
                }
            }
            assertThat(server.figures().traffic().otherWrites()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void messagesOfAllSizes_comeBack_underIdsOfTheirOwn(TransportKind transport) throws Exception {
        Set<Long> ids = new HashSet<>();
        try (EchoServer server = start(transport);
                FramedSocket one = new FramedSocket(server.address());
                FramedSocket other = new FramedSocket(server.address())) {
            for (int size : new int[] {1, 100, 65_532, 65_536, 300_000, MAX}) {
                for (FramedSocket client : new FramedSocket[] {one, other}) {
                    client.send(randomBytes(size, size));
                    FramedSocket.Reply reply = client.receive();
                    assertThat(reply.message()).isEqualTo(randomBytes(size, size));
                    assertThat(ids.add(reply.id())).isTrue();
                }
            }
            assertThat(server.figures().traffic().otherReads()).isZero();
            assertThat(server.figures().traffic().otherWrites()).isZero();
        }
        assertThat(ids).hasSize(12).allMatch(id -> id >= 1 && id <= 12);
    }

    /** The client goes on sending: with unread bytes a close would be a reset, which can eat the answers. */
    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void badLength_amidTraffic_answersWhatCameBefore_thenTheError_thenEnds(TransportKind transport) throws Exception {
        try (EchoServer server = start(transport);
                FramedSocket client = new FramedSocket(server.address());
                FramedSocket bystander = new FramedSocket(server.address())) {
            byte[] message = randomBytes(1, 50_000);
            ByteBuffer stream = ByteBuffer.allocate(4 + message.length + 4 + (4 << 20));
            client.socket()
                    .send(stream.put(FrameSplit.frame(message)).putInt(-7).array());

            assertThat(client.receive().message()).isEqualTo(message);
            FramedSocket.Reply error = client.receive();
            assertThat(error.id()).isZero();
            assertThat(new String(error.message(), UTF_8)).isEqualTo("length: -7 (expected: 1 to " + MAX + ")");
            assertThat(client.socket().receiveAll()).isEmpty();

            bystander.send(new byte[10]);
            assertThat(bystander.receive().message()).isEqualTo(new byte[10]);
            client.socket().close();
            assertThat(server.figures().traffic().errors()).isZero();
        }
    }

    /** A client that never closes does not keep its socket for ever. */
    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void refusedClient_thatStays_isCutOff(TransportKind transport) throws Exception {
        try (EchoServer server = start(transport);
                EchoSocket client = new EchoSocket(server.address())) {
            client.output().write(new byte[4]);

            await().atMost(ConnectionEnd.LINGER.plusSeconds(10))
                    .until(() -> server.figures().traffic().closed() == 1);
            assertThat(client.receiveAll()).isNotEmpty();
        }
    }
}
