package io.nettyslab.echo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.testing.CommandRun;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiveOptionsTest {

    @ParameterizedTest
    @EnumSource(AllocatorKind.class)
    void serve_withPage_saysWhere(AllocatorKind kind) {
        CommandRun run = CommandRun.of(
                "serve", "--port", "0", "--http", "0", "--duration", "50ms", "--allocator", kind.toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsPattern("live page http://127.0.0.1:[1-9]\\d*/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "x"})
    void serve_badPagePort_isWrongUsage(String port) {
        CommandRun run = CommandRun.of("serve", "--port", "0", "--http", port);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--http", port);
    }

    @Test
    void serve_pagePortInUse_exits1() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandRun run = CommandRun.of("serve", "--port", "0", "--http", String.valueOf(socket.getLocalPort()));

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err())
                    .startsWith("error: cannot serve the live page on 127.0.0.1:" + socket.getLocalPort())
                    .doesNotContain("\tat ");
        }
    }
}
