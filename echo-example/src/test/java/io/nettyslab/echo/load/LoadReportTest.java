package io.nettyslab.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadReportTest {

    private static final long SECOND = 1_000_000_000;

    private static Histogram ninetyNineFastOneSlow() {
        LoopStats stats = new LoopStats();
        for (int i = 0; i < 99; i++) {
            stats.record(1_000_000, 1);
        }
        stats.record(101_000_000, 1); // mean 2 ms
        Histogram all = LoopStats.newHistogram();
        stats.drainTo(all);
        return all;
    }

    @Test
    void of_closedLoop_addsTheMessagesThatTheSlowOneHeldBack() {
        LoadReport report = LoadReport.of(SECOND, 100, 100 << 10, 0, 0, ninetyNineFastOneSlow(), List.of());

        assertThat(report.expectedIntervalNanos()).isBetween(1_990_000L, 2_010_000L);
        assertThat(report.messages()).isEqualTo(100);
        // One every 2 ms from 101 ms down to 2 ms: half as many again as were measured.
        assertThat(report.corrected().getTotalCount()).isBetween(148L, 150L);
        assertThat(report.measured().getValueAtPercentile(90)).isLessThan(1_010_000);
        assertThat(report.corrected().getValueAtPercentile(90)).isGreaterThan(60_000_000);
    }

    @Test
    void of_openLoop_changesNothing() {
        Histogram measured = ninetyNineFastOneSlow();
        LoadReport report = LoadReport.of(SECOND, 100, 100 << 10, 50, 0, measured, List.of());

        assertThat(report.corrected()).isSameAs(measured);
        assertThat(report.expectedIntervalNanos()).isZero();
    }

    @Test
    void throughput_countsMessagesAndTheirBytes() {
        LoadReport report = LoadReport.of(SECOND / 2, 100, 100 << 20, 50, 0, ninetyNineFastOneSlow(), List.of());

        assertThat(report.messagesPerSecond()).isEqualTo(200);
        assertThat(report.mebibytesPerSecond()).isEqualTo(200);
    }

    @Test
    void of_nothingMeasured_isEmpty() {
        LoadReport report = LoadReport.of(SECOND, 0, 0, 0, 0, LoopStats.newHistogram(), List.of());

        assertThat(report.messagesPerSecond()).isZero();
        assertThat(report.corrected().getValueAtPercentile(99)).isZero();
    }
}
