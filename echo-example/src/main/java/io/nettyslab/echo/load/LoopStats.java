package io.nettyslab.echo.load;

import org.HdrHistogram.Histogram;

/**
 * Results of all connections of one event loop. Only that event loop touches it: recording takes no atomic operation,
 * and reading the result means running a task there.
 */
final class LoopStats {

    /** Latencies up to an hour with three digits; a quarter of a MiB, once per event loop. */
    private static final long MAX_NANOS = 3_600_000_000_000L;

    private static final int DIGITS = 3;

    private final Histogram latencies = newHistogram();

    static Histogram newHistogram() {
        return new Histogram(MAX_NANOS, DIGITS);
    }

    void record(long nanos) {
        latencies.recordValue(Math.min(Math.max(nanos, 1), MAX_NANOS));
    }

    void reset() {
        latencies.reset();
    }

    Histogram copy() {
        return latencies.copy();
    }
}
