package io.nettyslab.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.SampleTimeResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.util.SampleBuffer;

/**
 * What benchmarks read by themselves in the current iteration, by name, on its way to {@link ReadingsProfiler}.
 *
 * <p>Static, because JMH shows a profiler nothing of a benchmark's state. Any thread may call.
 */
final class Readings {

    private static final Map<String, Result<?>> LATEST = new ConcurrentSkipListMap<>();

    private Readings() {}

    /** Notes a level, of which the highest of all iterations will count. */
    static void put(String name, double value, String unit) {
        LATEST.put(name, new ScalarResult(name, value, unit, AggregationPolicy.MAX));
    }

    /** Notes single times in nanoseconds, which will be one distribution with those of all iterations. */
    static void putTimes(String name, SampleBuffer nanos) {
        LATEST.put(name, new SampleTimeResult(ResultRole.SECONDARY, name, nanos, TimeUnit.NANOSECONDS));
    }

    /** Returns what was read since the last call, and forgets it. */
    static Collection<Result<?>> take() {
        Collection<Result<?>> readings = new ArrayList<>(LATEST.values());
        LATEST.clear();
        return readings;
    }
}
