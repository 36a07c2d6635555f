package io.nettyslab.echo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettyslab.echo.EchoExample;
import io.nettyslab.echo.testing.EchoSocket;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Signals need a real process. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes are ended there, not signalled")
class StopSignalTest {

    private Process process;

    @AfterEach
    void endProcess() {
        process.destroyForcibly();
    }

    private BufferedReader serve(String... more) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                EchoExample.class.getName(),
                "serve",
                "--port",
                "0");
        builder.command().addAll(List.of(more));
        process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        // A process that does not stop would keep the test reading for ever.
        CompletableFuture.delayedExecutor(30, TimeUnit.SECONDS).execute(process::destroyForcibly);
        return process.inputReader();
    }

    @Test
    void serve_terminated_endsWithItsSummaryAndZero() throws Exception {
        BufferedReader output = serve();
        int port = Integer.parseInt(output.readLine().replaceAll("listening on [^:]*:(\\d+),.*", "$1"));
        try (EchoSocket socket = new EchoSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            socket.send(new byte[1000]).join();
            assertThat(socket.receive(1000)).isEqualTo(new byte[1000]);
        }

        process.toHandle().destroy(); // SIGTERM; Process.destroy() would close the output, too

        assertThat(output.lines())
                .anyMatch(line -> line.matches("bytes +1000 B read, 1000 B written"))
                .anyMatch(line -> line.matches("still out +0 buffers"));
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
