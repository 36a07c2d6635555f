package io.nettyslab.echo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettyslab.echo.EchoExample;
import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.server.EchoServer;
import io.nettyslab.echo.testing.EchoSocket;
import java.io.BufferedReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Signals need a real process. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes are ended there, not signalled")
class StopSignalTest {

    /** More than all connections send at once: then the load has begun on all of them. */
    private static final long AFTER_THE_START = 10 << 20;

    private Redirect errors = Redirect.INHERIT;
    private Process process;

    @AfterEach
    void endProcess() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    private BufferedReader serve(String... more) throws Exception {
        return start("serve", List.of("--port", "0"), more);
    }

    private BufferedReader start(String command, List<String> arguments, String... more) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java, "-cp", System.getProperty("java.class.path"), EchoExample.class.getName(), command);
        builder.command().addAll(arguments);
        builder.command().addAll(List.of(more));
        process = builder.redirectError(errors).start();
        // A process that does not stop would keep the test reading for ever.
        CompletableFuture.delayedExecutor(90, TimeUnit.SECONDS).execute(process::destroyForcibly);
        return process.inputReader();
    }

    @Test
    void serve_terminated_endsWithItsSummaryAndZero() throws Exception {
        BufferedReader output = serve();
        requireEcho(output.readLine().replaceAll("listening on [^:]*:(\\d+),.*", "$1"));

        process.toHandle().destroy(); // SIGTERM; Process.destroy() would close the output, too

        assertThat(output.lines())
                .anyMatch(line -> line.matches("bytes +1000 B read, 1000 B written"))
                .anyMatch(line -> line.matches("still out +0 buffers"));
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static void requireEcho(String port) throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
        try (EchoSocket socket = new EchoSocket(address)) {
            socket.send(new byte[1000]).join();
            assertThat(socket.receive(1000)).isEqualTo(new byte[1000]);
        }
    }

    /** Ctrl-C reaches the program and its server at once, and the program has messages under way. */
    @Test
    void serveForAProgram_terminated_servesUntilItsInputEnds() throws Exception {
        BufferedReader output = serve("--machine");
        String port = output.readLine().replace("port=", "");
        assertThat(output.readLine()).isEmpty();

        process.toHandle().destroy();
        requireEcho(port);
        process.getOutputStream().close();

        assertThat(output.lines()).contains("bytesRead=1000", "buffersInUse=0");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static void awaitBytes(EchoServer server, long bytes) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> server.figures().traffic().bytesRead() > bytes);
    }

    @Test
    void load_terminated_endsWithWhatItMeasured() throws Exception {
        try (EchoAllocator allocator = AllocatorKind.SLAB.create();
                EchoServer server = EchoServer.start(
                        TransportKind.NIO, allocator, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1)) {
            String port = String.valueOf(server.address().getPort());
            BufferedReader output = start("load", List.of("--port", port), "--warmup", "0s", "--duration", "1h");
            awaitBytes(server, AFTER_THE_START);

            process.toHandle().destroy();

            assertThat(output.lines())
                    .anyMatch(line -> line.matches("measured +[1-9][0-9,]* messages in [0-9.]+ s, then stopped"));
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
    }

    @Test
    void load_terminatedInItsWarmUp_saysThatNothingWasMeasured() throws Exception {
        try (EchoAllocator allocator = AllocatorKind.SLAB.create();
                EchoServer server = EchoServer.start(
                        TransportKind.NIO, allocator, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1)) {
            String port = String.valueOf(server.address().getPort());
            errors = Redirect.PIPE;
            start("load", List.of("--port", port), "--warmup", "1h");
            awaitBytes(server, AFTER_THE_START);

            process.toHandle().destroy();

            assertThat(process.errorReader().lines()).contains("error: stopped before anything was measured");
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
        }
    }

    @Test
    void compare_terminated_showsAndWritesTheRoundsBefore(@TempDir Path folder) throws Exception {
        errors = Redirect.PIPE;
        List<String> output = List.of("--output", folder.toString(), "--connections", "2");
        List<String> runs = List.of("--transport", "nio", "--allocator", "slab,pooled", "--rounds", "1000");
        List<String> times = List.of("--warmup", "100ms", "--duration", "50ms", "--time-limit", "1h");
        BufferedReader out = start(
                "compare", Stream.of(output, runs, times).flatMap(List::stream).toList());
        BufferedReader err = process.errorReader();
        assertThat(err.lines().filter(line -> line.startsWith("nio round ")).findFirst())
                .isPresent();

        process.toHandle().destroy();

        assertThat(out.lines())
                .anyMatch(line -> line.matches("nio +slab +[0-9,]+ .*"))
                .anyMatch(line -> line.matches(" +nio +pooled +after [1-9][0-9]* of 1000 rounds: stopped"));
        assertThat(err.lines()).contains("error: not everything was measured, see Missing");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("compare.json"))).contains("\"why\" : \"stopped\"");
        assertThat(folder.resolve("compare.html")).exists();
    }

    @Test
    void scale_terminated_showsWhatItSawBefore() throws Exception {
        errors = Redirect.PIPE;
        BufferedReader out = start("scale", List.of("--connections", "101", "--half-open", "0", "--messages", "1000"));
        BufferedReader err = process.errorReader();
        assertThat(err.lines().filter("with the first connections"::equals).findFirst())
                .isPresent();

        process.toHandle().destroy();

        assertThat(out.lines())
                .anyMatch(line -> line.matches("with the first connections +100 .*"))
                .contains("  ended early: stopped");
        assertThat(err.lines()).contains("error: not all was as it should be");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
    }

    @Test
    void scaleWithoutSockets_terminated_showsAndWritesTheStepsBefore(@TempDir Path folder) throws Exception {
        errors = Redirect.PIPE;
        Path json = folder.resolve("scale.json");
        List<String> steps = List.of("--embedded", "1,2,3", "--allocator", "slab", "--duration", "200ms");
        BufferedReader out = start("scale", steps, "--json", json.toString());
        BufferedReader err = process.errorReader();
        assertThat(err.lines().filter("2 channels on slab"::equals).findFirst()).isPresent();

        process.toHandle().destroy();

        assertThat(out.lines())
                .anyMatch(line -> line.matches("slab +1 +[0-9].*"))
                .containsSequence("Missing:", "  2 channels on slab: stopped", "  3 channels on slab: stopped");
        assertThat(err.lines()).containsExactly("error: not everything was measured, see Missing");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readString(json)).contains("3 channels on slab: stopped");
    }

    /** What people read must not get between what programs read, and both ports are told. */
    @Test
    void serveForAProgram_tellsPeopleOnStandardError() throws Exception {
        errors = Redirect.PIPE;
        BufferedReader output = serve("--machine", "--watch", "connections", "--http", "0");
        String port = output.readLine().replace("port=", "");
        assertThat(output.readLine()).matches("httpPort=[1-9]\\d*");
        assertThat(output.readLine()).isEmpty();

        requireEcho(port);
        process.getOutputStream().close();

        assertThat(output.lines()).allMatch(line -> line.isEmpty() || line.indexOf('=') > 0);
        assertThat(process.errorReader().lines()).anyMatch(line -> line.contains("connected from "));
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void serveForAProgram_inputEnds_ends() throws Exception {
        BufferedReader output = serve("--machine");
        assertThat(output.readLine()).startsWith("port=");

        process.getOutputStream().close();

        assertThat(output.lines()).contains("buffersInUse=0");
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }
}
