package io.nettyslab.jmh.preset;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a benchmark is looked at.
 *
 * @param forks JVMs, one after the other
 * @param setUpMillis what a JVM needs before its first iteration and after its last, by estimate
 */
record Effort(int forks, int setUpMillis) {

    // Short: the compiler has a step of this size done after a fraction of the first iteration. What differs is forks.
    private static final int WARMUPS = 3;
    private static final int WARMUP_MILLIS = 300;
    private static final int MEASUREMENTS = 4;
    private static final int MEASUREMENT_MILLIS = 400;

    /** Start and end of a JVM with a pool and few buffers. */
    private static final int SHORT_SET_UP_MILLIS = 900;

    static Effort forks(int forks) {
        return new Effort(forks, SHORT_SET_UP_MILLIS);
    }

    Effort setUp(int millis) {
        return new Effort(forks, millis);
    }

    /** Returns the estimated time of one benchmark with one choice of parameters. */
    long millis() {
        return (long) forks * (setUpMillis + WARMUPS * WARMUP_MILLIS + MEASUREMENTS * MEASUREMENT_MILLIS);
    }

    void apply(ChainedOptionsBuilder options) {
        options.forks(forks)
                .warmupIterations(WARMUPS)
                .warmupTime(TimeValue.milliseconds(WARMUP_MILLIS))
                .measurementIterations(MEASUREMENTS)
                .measurementTime(TimeValue.milliseconds(MEASUREMENT_MILLIS));
    }
}
