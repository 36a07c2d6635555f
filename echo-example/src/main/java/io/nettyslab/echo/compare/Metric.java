package io.nettyslab.echo.compare;

import java.util.function.ToDoubleFunction;

/** What allocators are compared by. */
enum Metric {
    THROUGHPUT("throughput", true, Round::messagesPerSecond),
    CPU("server CPU per KiB", false, Round::cpuNanosPerKib),
    P50("latency p50", false, Round::p50Nanos),
    P99("latency p99", false, Round::p99Nanos),
    P999("latency p99.9", false, Round::p999Nanos),
    RESIDENT("resident memory", false, Round::residentBytes);

    private final String label;
    private final boolean moreIsBetter;
    private final ToDoubleFunction<Round> figure;

    Metric(String label, boolean moreIsBetter, ToDoubleFunction<Round> figure) {
        this.label = label;
        this.moreIsBetter = moreIsBetter;
        this.figure = figure;
    }

    String label() {
        return label;
    }

    /** Returns how many times better the first is than the second; below 1 if it is worse. */
    double advantage(Round of, Round over) {
        double own = figure.applyAsDouble(of);
        double other = figure.applyAsDouble(over);
        return moreIsBetter ? own / other : other / own;
    }
}
