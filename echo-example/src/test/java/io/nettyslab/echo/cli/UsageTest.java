package io.nettyslab.echo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettyslab.echo.testing.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "serve --transport carrier-pigeon | nio, epoll, io_uring",
                "serve --allocator magic | slab, pooled, adaptive, unpooled",
                "serve --port 65536 | --port: 65536",
                "serve --port x | --port",
                "serve --event-loops 0 | --event-loops: 0",
                "serve --duration soon | not a duration",
                "serve --duration PT9999999H | 'PT9999999H' is too long (expected: 8760h at most)",
                "serve --duration 999999999999h | is too long",
                "load --ramp 61m | --ramp: 61m (expected: at most 1h)",
                "serve --slab-size 3m | slabSize: 3145728",
                "serve --max-memory 1k | maxMemory: 1024",
                "serve --slab-size 4g | --slab-size: 4 GiB",
                "serve --allocator pooled --max-memory 1m | --max-memory, --slab-size and --overflow belong to",
                "serve --overflow maybe | FAIL, UNPOOLED",
                "serve --protocol morse | RAW, FRAMED, LINE",
                "serve --protocol framed --max-message 0 | --max-message: 0 (expected: 1 to 1,073,741,824)",
                "serve --max-message 1k | --max-message belongs to --protocol framed and line, not to raw",
                "serve --protocol line --workers 2 | --workers belongs to --protocol framed, not to line",
                "serve --protocol framed --workers -1 | --workers: -1 (expected: 0 to 1,024)",
                "serve --tls-engine jdk | --tls-engine belongs to --tls",
                "serve --tls --tls-engine rot13 | jdk, openssl",
                "serve --max-connections 0 | --max-connections: 0",
                "serve --backlog 0 | --backlog: 0",
                "serve --accept-threads 65 | --accept-threads: 65 (expected: 0 to 64)",
                "serve --receive-timeout later | not a duration",
                "serve --idle-timeout 25h | --idle-timeout: 25h (expected: 0s to 24h)",
                "serve --watch flow,tea | FLOW, CONNECTIONS, DATA, THREADS",
                "load --port 0 | --port: 0",
                "load --message-size 0 | '--message-size': 0 (expected: 1 to 16 MiB)",
                "load --message-size 17m | '--message-size': 17m (expected: 1 to 16 MiB)",
                "load --message-size 9-3 | '--message-size': '9-3' ends before it begins",
                "load --messages 0 | --messages: 0 (expected: 1 or more)",
                "load --repeat-set -1 | --repeat-set: -1 (expected: 1 or more)",
                "load --retries 1001 | --retries: 1001 (expected: 0 to 1,000)",
                "load --timeout 0s | --timeout: 0s (expected: 1ms",
                "load --read-buffer 0 | --read-buffer: 0 (expected: 1 to 16,777,216)",
                "load --protocol pigeon | raw, framed",
                "load --preset fast | two-by-two, three-by-five",
                "load --with-server --port 1 | --with-server starts a server of its own",
                "load --connections 0 | --connections: 0",
                "load --depth 0 | --depth: 0",
                "load --rate 0 | --rate: 0",
                "load --duration 0s | --duration: 0s (expected: more than nothing)",
                "load --messages 5 --warmup 1s | --warmup is not for a certain number of messages",
                "load --preset thousand --warmup 1s | --warmup is not for a certain number of messages",
                "load --machine --duration 1s | --duration is not for --machine",
                "load --machine --json - | --json is for people, --machine for programs",
                "serve --http-host 127.0.0.1 | --http-host belongs to --http",
                "compare --rounds 0 | --rounds: 0",
                "compare --output /no/such | --output: /no/such (expected: a folder",
                "compare --message-size fast | --message-size: fast",
                "compare --duration 1ms | --duration: 1ms (expected: 10ms or more)",
                "compare --warmup 1.5ms | --warmup: 1.5ms (expected: 10ms or more)",
                "compare --transport nio,smoke | smoke",
                "compare --time-limit 0s | --time-limit: 0s (expected: more than nothing)",
                "serve --receive-timeout 1s | --receive-timeout belongs to --protocol framed and line, not to raw",
                "load --html - | --html: - (expected: a file)",
                "\"\" | Missing command",
                "dance | dance",
            })
    void wrongUsage_exits2_andSaysWhatIsWrong(String arguments, String message) {
        CommandRun run = CommandRun.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(message).doesNotContain("\tat ").doesNotContain("Usage:");
        assertThat(run.err()).endsWith(" --help tells all." + System.lineSeparator());
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "serve --help", "load --help", "compare --help"})
    void help_goesToStandardOutput(String arguments) {
        CommandRun run = CommandRun.of(arguments.split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: echo-example");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void version_namesOwnAndNettys() {
        assertThat(CommandRun.of("--version").out())
                .containsPattern("echo-example \\d")
                .contains("Netty 4.2");
    }
}
