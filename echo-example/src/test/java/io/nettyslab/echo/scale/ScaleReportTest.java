package io.nettyslab.echo.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.net.TransportKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The verdict: what counts as an error, and what must not be held. */
class ScaleReportTest {

    private static final ScaleSettings SETTINGS =
            new ScaleSettings(TransportKind.NIO, AllocatorKind.SLAB, 1, 0, 1100, 100, 2, 64, Duration.ofMinutes(1));

    private static ServerState state(
            String moment, long connections, long expected, long errors, long buffers, long heap) {
        return new ServerState(moment, connections, expected, errors, buffers, 0, 1 << 20, 0, heap, heap);
    }

    private static ScaleReport report(
            long connections, long errors, long left, long buffers, long messages, long clientErrors) {
        List<ServerState> states = List.of(
                state("first", 100, 100, 0, 0, 1_000_000),
                state("all", 1100, 1100, errors, 0, 2_000_000),
                state("used", connections, 1100, errors, buffers, 3_000_000),
                state("some " + Scale.VANISHED, left, 1000, 100, 0, 2_000_000));
        PulseResult pulse = new PulseResult("all", 1100, messages, 1, 1e6, 2e6, 3e6);
        return new ScaleReport(SETTINGS, 1, states, List.of(pulse), 64, clientErrors, "", List.of());
    }

    @Test
    void brokenByTheVanishedClient_isNoError() {
        ScaleReport report = report(1100, 0, 1000, 0, 2200, 0);

        assertThat(report.errors()).isZero();
        assertThat(report.complaints()).isEmpty();
        assertThat(report.heapBytesPerConnection()).isEqualTo(2000);
    }

    @Test
    void anythingElse_isNotWell() {
        assertThat(report(1099, 0, 1000, 0, 2200, 0).complaints())
                .containsExactly("used: 1,099 connections are open, not 1,100");
        assertThat(report(1100, 1, 1000, 0, 2200, 0).complaints()).containsExactly("errors: 1");
        assertThat(report(1100, 0, 1001, 0, 2200, 0).complaints())
                .containsExactly("some vanished: 1,001 connections are open, not 1,000: dead ones stay");
        assertThat(report(1100, 0, 1000, 1, 2200, 0).complaints()).containsExactly("used: buffers out: 1");
        assertThat(report(1100, 0, 1000, 0, 2199, 0).complaints())
                .containsExactly("pulse of all: 2,199 of 2,200 messages came back right");
        assertThat(report(1100, 0, 1000, 0, 2200, 1).complaints()).containsExactly("errors: 1");
    }

    @Test
    void allocatorThatDoesNotTell_isWell() {
        assertThat(report(1100, 0, 1000, -1, 2200, 0).complaints()).isEmpty();
    }
}
