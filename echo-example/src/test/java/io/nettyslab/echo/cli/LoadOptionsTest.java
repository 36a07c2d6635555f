package io.nettyslab.echo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.protocol.ProtocolKind;
import io.nettyslab.echo.server.EchoServer;
import io.nettyslab.echo.server.ServerSettings;
import io.nettyslab.echo.testing.CommandRun;
import io.nettyslab.echo.testing.NettyLog;
import io.nettyslab.echo.testing.RefusingServer;
import io.nettyslab.echo.testing.SilentPort;
import io.nettyslab.echo.text.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadOptionsTest {

    @TempDir
    private Path folder;

    private static CommandRun load(int port, String arguments) {
        return CommandRun.of(("load --port " + port + " " + arguments).trim().split(" "));
    }

    private static CommandRun loadOwnServer(String arguments) {
        CommandRun run = loadOwnServer(arguments, ProtocolKind.RAW, 0);
        assertThat(run.err()).isEmpty();
        return run;
    }

    private static CommandRun loadOwnServer(String arguments, ProtocolKind protocol, int readBuffer) {
        try (EchoAllocator allocator = AllocatorKind.SLAB.create();
                EchoServer server = EchoServer.start(new ServerSettings(TransportKind.NIO, allocator)
                        .eventLoops(1)
                        .protocol(protocol)
                        .readBuffer(readBuffer))) {
            CommandRun run = load(server.address().getPort(), arguments);
            assertThat(run.exitCode()).as(run.err()).isZero();
            return run;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--messages 7 --connections 5 --depth 3",
                "--messages 7 --connections 5 --depth 20 --message-size 16-512",
                "--messages 7 --connections 5 --ramp 5ms --message-size web",
                "--messages 7 --connections 5 --read-buffer 3 --message-size 1,100",
                "--messages 7 --connections 5 --rate 500 --repeat-set 2 --message-size 1-9"
            })
    void load_countedMessages_sendsEachAndEnds(String arguments) {
        assertThat(loadOwnServer(arguments).out()).containsPattern("measured +35 messages in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--message-size web --repeat-set 3", "--message-size 1,64,70k", "--ramp 10ms --depth 1"})
    void load_forATime_comesBackRight(String arguments) {
        loadOwnServer("--connections 4 --warmup 50ms --duration 150ms " + arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "two-by-two,0,4,",
        "three-by-five,0,15,",
        "small-buffer,100,15,--read-buffer 100",
        "tiny-buffer,3,15,--read-buffer 3",
        "small-server-buffer,100,15,--read-buffer 100",
        "threads,0,40,--watch threads",
        "thousand,0,500000,"
    })
    void load_preset_sendsItsMessages_andSaysWhatItsServerNeeds(
            String preset, int serverReadBuffer, String messages, String needs) {
        // The whole of the largest preset takes seconds; its first tenth is the same work.
        boolean large = preset.equals("thousand");
        CommandRun run = loadOwnServer(
                "--preset " + preset + (large ? " --connections 100" : ""), ProtocolKind.FRAMED, serverReadBuffer);

        String expected = Units.count(Long.parseLong(messages) / (large ? 10 : 1));
        assertThat(run.out())
                .containsPattern("measured +" + expected + " messages in")
                .contains(", framed");
        if (needs == null) {
            assertThat(run.err()).isEmpty();
        } else {
            assertThat(run.err())
                    .startsWith("note: " + preset + " is meant for a server with " + needs + ";")
                    .hasLineCount(1);
        }
    }

    @Test
    void load_rawToAFramedServer_isToldWhatIsWrong() {
        try (EchoAllocator allocator = AllocatorKind.SLAB.create();
                EchoServer server = EchoServer.start(new ServerSettings(TransportKind.NIO, allocator)
                        .eventLoops(1)
                        .protocol(ProtocolKind.FRAMED))) {
            CommandRun run = load(server.address().getPort(), "--messages 2 --connections 1");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).startsWith("error: connection 0: ").doesNotContain("\tat ");
        }
    }

    @Test
    void load_messagesLargerThanTheServerTakes_showsTheServersWords() {
        try (EchoAllocator allocator = AllocatorKind.SLAB.create();
                EchoServer server = EchoServer.start(new ServerSettings(TransportKind.NIO, allocator)
                        .eventLoops(1)
                        .protocol(ProtocolKind.FRAMED)
                        .maxMessage(100))) {
            CommandRun run = load(
                    server.address().getPort(), "--protocol framed --messages 2 --connections 1 --message-size 101");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).startsWith("error: connection 0: the server says: length: 101");
        }
    }

    /** A real process, so that nothing has to be started first. */
    @ParameterizedTest
    @CsvSource({"two-by-two,4,2", "tiny-buffer,15,3", "small-server-buffer,15,3", "threads,40,8"})
    void load_withServer_startsAndEndsItsOwn(String preset, String messages, String connections) {
        CommandRun run = CommandRun.of("load", "--with-server", "--preset", preset, "--transport", "nio");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("measured +" + messages + " messages in")
                .containsPattern("server +.* " + connections + " connections")
                .containsPattern("p50 +\\d")
                .doesNotContain("p99"); // of a hundred messages at least
    }

    @Test
    void load_nobodyThere_saysSoOnce_howeverOftenItIsTried() throws IOException {
        try (SilentPort silent = new SilentPort();
                NettyLog log = new NettyLog()) {
            long start = System.nanoTime();
            CommandRun run = load(silent.number(), "--retries 3");

            assertThat(System.nanoTime() - start)
                    .as("50, 100 and 200 ms between attempts, in ns")
                    .isGreaterThanOrEqualTo(350_000_000);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).startsWith("error: cannot connect to ").hasLineCount(1);
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void load_tlsToAServerWithout_saysSoOnce() {
        try (NettyLog log = new NettyLog();
                EchoAllocator allocator = AllocatorKind.SLAB.create();
                EchoServer server = EchoServer.start(new ServerSettings(TransportKind.NIO, allocator).eventLoops(1))) {
            CommandRun run = load(server.address().getPort(), "--tls");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .startsWith("error: no TLS with ")
                    .contains("does the server speak TLS?")
                    .hasLineCount(1);
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void load_refusedConnections_areTriedAgain() {
        try (RefusingServer server = new RefusingServer(5)) {
            CommandRun run = load(server.port(), "--connections 3 --messages 4 --retries 5");

            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).containsPattern("retried +5 refused").containsPattern("measured +12 messages in");
        }
    }

    @Test
    void load_refusedTooOften_exits1() {
        try (RefusingServer server = new RefusingServer(100)) {
            CommandRun run = load(server.port(), "--connections 1 --messages 4 --retries 2");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).startsWith("error: connection 0: closed by the server");
        }
    }

    @Test
    void load_jsonToStandardOutput_isNothingButJson() throws Exception {
        CommandRun run = loadOwnServer("--messages 5 --connections 2 --json -");

        JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(json.get("messages").asLong()).isEqualTo(10);
        assertThat(json.get("bytes").asLong()).isEqualTo(10 * 1024);
        assertThat(json.get("latency").get(0).get("micros").asDouble()).isPositive();
        assertThat(json.get("timeline")).isNotEmpty();
        assertThat(json.get("setup").get("cores").asInt()).isPositive();
    }

    @Test
    void load_htmlAndJsonFiles_areWrittenBesideTheTable() throws Exception {
        Path html = folder.resolve("load.html");
        Path json = folder.resolve("load.json");
        CommandRun run = loadOwnServer("--messages 5 --connections 2 --json " + json + " --html " + html);

        assertThat(run.out()).contains("p50", "max");
        assertThat(new ObjectMapper().readTree(json.toFile()).get("messages").asLong())
                .isEqualTo(10);
        assertThat(Files.readString(html))
                .contains("Chart.js", "\"messages\" : 10")
                .doesNotContain("{{")
                .doesNotContainPattern("(src|href)=\"?http");
    }

    @Test
    void load_fileThatCannotBeWritten_exits2BeforeTheRun() {
        CommandRun run = load(1, "--html " + folder.resolve("no").resolve("such"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--html: ").contains("expected: a file in a folder");
    }
}
