package io.nettyslab.echo.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadReportTest {

    private static final long SECOND = 1_000_000_000;

    private static Histogram ninetyNineFastOneSlow() {
        LoopStats stats = new LoopStats();
        for (int i = 0; i < 99; i++) {
            stats.record(1_000_000);
        }
        stats.record(101_000_000); // mean 2 ms
        return stats.copy();
    }

    @Test
    void of_closedLoop_addsTheMessagesThatTheSlowOneHeldBack() {
        LoadReport report = LoadReport.of(SECOND, 1024, ninetyNineFastOneSlow(), false);

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
        LoadReport report = LoadReport.of(SECOND, 1024, measured, true);

        assertThat(report.corrected()).isSameAs(measured);
        assertThat(report.expectedIntervalNanos()).isZero();
    }

    @Test
    void throughput_countsMessagesAndTheirBytes() {
        LoadReport report = LoadReport.of(SECOND / 2, 1 << 20, ninetyNineFastOneSlow(), true);

        assertThat(report.messagesPerSecond()).isEqualTo(200);
        assertThat(report.mebibytesPerSecond()).isEqualTo(200);
    }

    @Test
    void of_nothingMeasured_isEmpty() {
        LoadReport report = LoadReport.of(SECOND, 1, LoopStats.newHistogram(), false);

        assertThat(report.messagesPerSecond()).isZero();
        assertThat(report.corrected().getValueAtPercentile(99)).isZero();
    }
}
