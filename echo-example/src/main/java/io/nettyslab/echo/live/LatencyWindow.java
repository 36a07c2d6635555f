package io.nettyslab.echo.live;

import io.nettyslab.echo.server.LatencySampler;
import org.HdrHistogram.Histogram;

/**
 * The latencies of the last seconds. One interval has too few samples for a 99th percentile, so each figure is taken
 * over several. Not thread-safe.
 */
final class LatencyWindow {

    private final LatencySampler source;
    private final Histogram[] intervals; // a ring, null until its place has been reached
    private final Histogram sum;
    private int next;

    /**
     * Makes an empty window.
     *
     * @param source where samples come from
     * @param intervals how many calls of {@link #advance()} a sample stays
     */
    LatencyWindow(LatencySampler source, int intervals) {
        this.source = source;
        this.intervals = new Histogram[intervals];
        this.sum = source.take(null);
    }

    /** Takes in what came since the last call, and drops what is too old. */
    void advance() {
        Histogram old = intervals[next];
        if (old != null) {
            sum.subtract(old);
        }
        intervals[next] = source.take(old);
        sum.add(intervals[next]);
        next = (next + 1) % intervals.length;
    }

    /**
     * Returns a percentile of all samples in the window.
     *
     * @param percentile 0 to 100
     * @return nanoseconds, {@code null} if there is no sample
     */
    Long percentile(double percentile) {
        return sum.getTotalCount() == 0 ? null : sum.getValueAtPercentile(percentile);
    }
}
