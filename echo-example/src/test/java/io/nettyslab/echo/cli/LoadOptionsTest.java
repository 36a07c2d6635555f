package io.nettyslab.echo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.server.EchoServer;
import io.nettyslab.echo.testing.CommandRun;
import io.nettyslab.echo.testing.RefusingServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadOptionsTest {

    @TempDir
    private Path folder;

    private static CommandRun load(int port, String arguments) {
        return CommandRun.of(("load --port " + port + " " + arguments).trim().split(" "));
    }

    private static CommandRun loadOwnServer(String arguments) {
        try (EchoAllocator allocator = AllocatorKind.SLAB.create();
                EchoServer server = EchoServer.start(
                        TransportKind.NIO, allocator, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1)) {
            CommandRun run = load(server.address().getPort(), arguments);
            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
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

        assertThat(run.out()).contains("p99.99");
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
