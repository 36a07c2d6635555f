package io.nettyslab.echo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.EchoAllocator;
import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.net.TransportKind;
import io.nettyslab.echo.testing.SlowServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a load says of a server that lets it wait. */
class LoadRunTest {

    private static final int DEPTH = 2;
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    private static LoadReport load(SlowServer server, int messageSize, long messages, double rate, Duration duration) {
        try (EchoAllocator allocator = AllocatorKind.SLAB.create()) {
            LoadSettings settings = new LoadSettings(
                    TransportKind.NIO,
                    allocator,
                    server.address(),
                    1,
                    1,
                    Duration.ZERO,
                    0,
                    TIMEOUT,
                    new LoadWire(LoadProtocol.RAW, false, 0),
                    new LoadTraffic(MessageSizes.fixed(messageSize), DEPTH, rate, messages, 0, 1));
            try (LoadClient client = new LoadClient(settings)) {
                LoadRun run = new LoadRun(client, sample -> {}, () -> false);
                run.connect();
                return run.measure(rate, Duration.ZERO, duration);
            }
        }
    }

    /** Forbidden: a stall that the measurement ends in and does not count. */
    @Test
    void measure_serverStallsAtTheEnd_countsWhatWasDue() {
        double rate = 200;
        Duration end = Duration.ofMillis(600);
        try (SlowServer server = SlowServer.stalling(Duration.ofMillis(300), Duration.ofMillis(1000))) {
            LoadReport report = load(server, 64, 0, rate, end);

            double due = rate * end.toMillis() / 1000;
            assertThat(report.measured().getTotalCount()).isGreaterThan(Math.round(0.9 * due));
            assertThat((double) report.messages()).as("back in time").isLessThan(0.8 * due);
            assertThat(report.unsent()).isGreaterThan(Math.round(0.2 * due));
            assertThat(report.measured().getMaxValue())
                    .isGreaterThan(Duration.ofMillis(400).toNanos());
            assertThat(report.measured().getValueAtPercentile(75))
                    .isGreaterThan(Duration.ofMillis(300).toNanos());
        }
    }

    /** Forbidden: latency from the time of sending, which a server that stalls also puts off. */
    @Test
    void measure_serverStallsInBetween_countsFromWhenMessagesWereDue() {
        double rate = 200;
        try (SlowServer server = SlowServer.stalling(Duration.ofMillis(300), Duration.ofMillis(700))) {
            LoadReport report = load(server, 64, 0, rate, Duration.ofMillis(1200));

            long late = report.measured()
                    .getCountBetweenValues(
                            Duration.ofMillis(100).toNanos(),
                            Duration.ofMinutes(1).toNanos());
            assertThat((double) late).isGreaterThan(rate * 0.15); // of those that were due in the first 300 ms of it
        }
    }

    /** A message may take as long as it will, if only something comes. */
    @Test
    void measure_bytesComeSlowly_isNoTimeout() {
        try (SlowServer server = SlowServer.dribbling(10, Duration.ofMillis(100))) {
            LoadReport report = load(server, 1000, 1, 0, Duration.ofSeconds(30));

            assertThat(report.messages()).isEqualTo(1);
            assertThat(report.measured().getMaxValue()).isGreaterThan(TIMEOUT.toNanos());
        }
    }

    @Test
    void measure_nothingComes_isATimeout() {
        try (SlowServer server = SlowServer.dribbling(1, Duration.ofHours(1))) {
            assertThatThrownBy(() -> load(server, 64, 1, 0, Duration.ofSeconds(30)))
                    .isInstanceOf(EchoFailure.class)
                    .hasMessage("nothing came back for 500ms, 1 messages are under way");
        }
    }
}
