package io.nettyslab.echo.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.protocol.ProtocolKind;
import io.nettyslab.echo.server.EchoServer;
import io.nettyslab.echo.server.ServerSettings;
import io.nettyslab.echo.testing.EchoSocket;
import io.nettyslab.echo.testing.FrameSplit;
import io.nettyslab.echo.testing.FramedSocket;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchTest {

    private final StringWriter text = new StringWriter();

    private ServerSettings settings(EchoAllocator slabs, ProtocolKind protocol, Set<WatchTopic> topics) {
        return new ServerSettings(TransportKind.NIO, slabs)
                .protocol(protocol)
                .eventLoops(1)
                .listener(new Watch(topics, slabs, new PrintWriter(text, true)));
    }

    private static void sendInTwoReads(EchoServer server) throws Exception {
        try (FramedSocket client = new FramedSocket(server.address())) {
            byte[] frame = FrameSplit.frame("hello".getBytes(US_ASCII));
            client.socket().output().write(frame, 0, 3);
            await().until(() -> server.figures().traffic().bytesRead() == 3);
            client.socket().output().write(frame, 3, 6);
            client.receive();
        }
    }

    @Test
    void allTopics_tellTheWholeStory() throws Exception {
        try (EchoAllocator slabs = AllocatorKind.SLAB.create();
                EchoServer server =
                        EchoServer.start(settings(slabs, ProtocolKind.FRAMED, EnumSet.allOf(WatchTopic.class))
                                .workers(1))) {
            sendInTwoReads(server);
        }
        assertThat(text.toString())
                .containsSubsequence(
                        "session 1    connected from /127.0.0.1:",
                        "read 1: 3 bytes in ",
                        "DirectSlabByteBuf of 2 KiB, in a slab",
                        "00 00 00 ",
                        "part of a length waits for the rest: 3 bytes",
                        "read 2: 6 bytes",
                        "message 1 complete: 5 bytes in",
                        "68 65 6c 6c 6f ",
                        "hello")
                .containsPattern("echo-worker-\\S+ +session 1 +message 1 is answered by this worker")
                .containsPattern("echo-server-\\S+ +session 1 +write 1: 17 bytes")
                .contains("session 1    disconnected, 0 open");
    }

    @Test
    void oneTopic_tellsNothingElse() throws Exception {
        try (EchoAllocator slabs = AllocatorKind.SLAB.create();
                EchoServer server =
                        EchoServer.start(settings(slabs, ProtocolKind.FRAMED, Set.of(WatchTopic.CONNECTIONS)))) {
            sendInTwoReads(server);
        }
        assertThat(text.toString().lines())
                .hasSize(2)
                .allMatch(line -> line.matches("[ \\d.]+ s  session 1 +(connected from .*|disconnected, 0 open)"));
    }

    @Test
    void secureLines_areNotRevealed() throws Exception {
        try (EchoAllocator slabs = AllocatorKind.SLAB.create();
                EchoServer server = EchoServer.start(settings(slabs, ProtocolKind.LINE, EnumSet.allOf(WatchTopic.class))
                        .maxMessage(100));
                EchoSocket client = new EchoSocket(server.address())) {
            // In one read: what is secret is there before anybody knows that it is.
            client.output().write("open\nsecure\npassword\nquit\n".getBytes(US_ASCII));
            assertThat(new String(client.receiveAll(), US_ASCII))
                    .contains("********")
                    .doesNotContain("password");
        }
        String hexOfPassword = "70 61 73 73";
        assertThat(text.toString()).contains("open", "message 3: not shown").doesNotContain("password", hexOfPassword);
    }
}
