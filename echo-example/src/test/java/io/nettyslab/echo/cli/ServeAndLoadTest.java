package io.nettyslab.echo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.server.EchoServer;
import io.nettyslab.echo.testing.CommandRun;
import io.nettyslab.echo.testing.FaultyServer;
import io.nettyslab.echo.testing.SilentPort;
import io.nettyslab.echo.testing.SlowServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServeAndLoadTest {

    private static CommandRun load(int port, String... more) {
        return loadFor("200ms", port, more);
    }

    private static CommandRun loadFor(String duration, int port, String... more) {
        List<String> arguments = new ArrayList<>(List.of("load", "--port", String.valueOf(port)));
        arguments.addAll(List.of("--warmup", "50ms", "--duration", duration, "--connections", "4"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(new String[0]));
    }

    private static EchoServer start(EchoAllocator allocator) {
        return EchoServer.start(
                TransportKind.NIO, allocator, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    }

    @ParameterizedTest
    @EnumSource(AllocatorKind.class)
    void load_rightServer_exits0WithFigures(AllocatorKind kind) {
        try (EchoAllocator allocator = kind.create();
                EchoServer server = start(allocator)) {
            CommandRun run = load(server.address().getPort(), "--allocator", kind.toString());

            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
            assertThat(run.out())
                    .contains("messages/s", "MiB/s", "closed loop", "p50", "max", "still out")
                    .contains("allocator " + kind);
            assertThat(run.out().contains("p99.99"))
                    .as("of ten thousand messages at least: %s", run.out())
                    .isEqualTo(messages(run) >= 10_000);
            assertThat(run.out().contains("p99 "))
                    .as("of a hundred messages at least: %s", run.out())
                    .isEqualTo(messages(run) >= 100);
        }
    }

    private static long messages(CommandRun run) {
        Matcher measured = Pattern.compile("measured +([\\d,]+) messages").matcher(run.out());
        assertThat(measured.find()).isTrue();
        return Long.parseLong(measured.group(1).replace(",", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1000", "3m", "16m"})
    void load_anyMessageSize_comesBackRight(String size) {
        try (EchoAllocator allocator = AllocatorKind.SLAB.create();
                EchoServer server = start(allocator)) {
            // A certain number of them, since no time is long enough for large ones on every machine.
            String port = String.valueOf(server.address().getPort());
            String[] traffic = {"--connections", "4", "--message-size", size, "--depth", "2", "--messages", "4"};
            CommandRun run = CommandRun.of(Stream.concat(Stream.of("load", "--port", port), Stream.of(traffic))
                    .toArray(String[]::new));

            assertThat(run.err()).isEmpty();
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void load_withRate_keepsIt() {
        try (EchoAllocator allocator = AllocatorKind.SLAB.create();
                EchoServer server = start(allocator)) {
            CommandRun run = loadFor("500ms", server.address().getPort(), "--rate", "1000");

            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("open loop, 1,000 messages/s");
            double seconds = Double.parseDouble(run.out().replaceAll("(?s).* messages in ([\\d.]+) s.*", "$1"));
            // What was due in the warm-up of 50 ms may come late.
            assertThat(messages(run)).isBetween(300L, (long) (1000 * seconds) + 100);
        }
    }

    @ParameterizedTest
    @EnumSource(FaultyServer.Fault.class)
    void load_faultyServer_exits1_andNamesTheFault(FaultyServer.Fault fault) {
        try (FaultyServer server = new FaultyServer(fault)) {
            CommandRun run = loadFor("20s", server.port(), "--allocator", "pooled");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .doesNotContain("\tat ")
                    .containsPattern("error: connection \\d: ("
                            + "wrong byte at offset \\d+: expected 0x[0-9a-f]{2}, got 0x[0-9a-f]{2}"
                            + "|\\d+ bytes came back, but only \\d+ were sent"
                            + "|closed by the server, \\d+ of \\d+ bytes have not come back)");
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void load_nobodyListens_exits1() throws Exception {
        try (SilentPort silent = new SilentPort()) {
            CommandRun run = load(silent.number());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .startsWith("error: cannot connect to 127.0.0.1:" + silent.number())
                    .doesNotContain("\tat ");
        }
    }

    /** Forbidden: a table of zeros that looks like a result. */
    @Test
    void load_endsBeforeAnythingIsBack_exits1_andSaysSo() {
        try (SlowServer server = SlowServer.dribbling(1, Duration.ofMillis(300))) {
            String port = String.valueOf(server.port());
            CommandRun run = CommandRun.of(
                    "load",
                    "--port",
                    port,
                    "--connections",
                    "2",
                    "--depth",
                    "1",
                    "--warmup",
                    "0s",
                    "--duration",
                    "50ms");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .matches("error: nothing was measured: no message came back within 0\\.\\d\\d s, 2 came later\n");
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void serve_portInUse_exits1() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun run = CommandRun.of("serve", "--port", String.valueOf(socket.getLocalPort()));

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .startsWith("error: cannot listen on 127.0.0.1:" + socket.getLocalPort())
                    .doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @EnumSource(AllocatorKind.class)
    void serve_forAWhile_endsWithASummary(AllocatorKind kind) {
        CommandRun run = CommandRun.of("serve", "--port", "0", "--duration", "50ms", "--allocator", kind.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsPattern("listening on 127.0.0.1:[1-9]\\d*")
                .contains("reads", "writes", "reserved", "still out");
    }

    /** Netty ends an event loop of io_uring that finds the slabs full. */
    @Test
    void serve_warnsOfFullSlabsWithIoUring() {
        assumeThat(TransportKind.IO_URING.unavailability()).isEmpty();
        CommandRun warned = serveBriefly("--transport", "io_uring", "--overflow", "fail");
        CommandRun safe = serveBriefly("--transport", "io_uring");
        CommandRun other = serveBriefly("--transport", "nio", "--overflow", "fail");

        assertThat(warned.err()).startsWith("note: with io_uring").hasLineCount(1);
        assertThat(safe.err()).isEmpty();
        assertThat(other.err()).isEmpty();
    }

    private static CommandRun serveBriefly(String... more) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0", "--duration", "10ms"));
        arguments.addAll(List.of(more));
        CommandRun run = CommandRun.of(arguments.toArray(new String[0]));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }
}
