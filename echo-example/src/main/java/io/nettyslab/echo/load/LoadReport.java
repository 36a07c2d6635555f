package io.nettyslab.echo.load;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What was measured between the end of the warm-up and the end of the run.
 *
 * @param nanos length of the measurement
 * @param messages messages that came back complete and right by then
 * @param bytes bytes of these messages, each way
 * @param rate of an open loop, in messages per second; 0 for a closed loop
 * @param unsent messages that were due in an open loop, but not sent because others had not come back
 * @param measured latency of each message in nanoseconds: from sending, or in an open loop from the time it should
 *     have been sent; also of those that came back afterwards, and the least that the unsent ones waited
 * @param corrected the same without coordinated omission
 * @param expectedIntervalNanos the interval that was used for the correction; 0 if none was needed
 * @param timeline how it went, bit by bit
 */
public record LoadReport(
        long nanos,
        long messages,
        long bytes,
        double rate,
        long unsent,
        Histogram measured,
        Histogram corrected,
        long expectedIntervalNanos,
        List<LoadSample> timeline) {

    /**
     * Makes the report of a run.
     *
     * <p>A closed loop waits for a late answer before it sends on, and so leaves out the messages that would have
     * waited too. HdrHistogram puts them back, given how often a message was to be expected: in the mean latency,
     * because each of the connections' places sends again as soon as its message is back. An open loop keeps its
     * timetable and needs no correction.
     */
    static LoadReport of(
            long nanos,
            long messages,
            long bytes,
            double rate,
            long unsent,
            Histogram measured,
            List<LoadSample> timeline) {
        if (rate > 0 || measured.getTotalCount() == 0) {
            return new LoadReport(nanos, messages, bytes, rate, unsent, measured, measured, 0, timeline);
        }
        long interval = Math.max(1, Math.round(measured.getMean()));
        Histogram corrected = measured.copyCorrectedForCoordinatedOmission(interval);
        return new LoadReport(nanos, messages, bytes, rate, unsent, measured, corrected, interval, timeline);
    }

    public double messagesPerSecond() {
        return messages * 1e9 / nanos;
    }

    public double mebibytesPerSecond() {
        return bytes * 1e9 / nanos / (1 << 20);
    }
}
