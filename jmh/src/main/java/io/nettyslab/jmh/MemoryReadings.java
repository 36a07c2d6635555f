package io.nettyslab.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What benchmarks read about memory in the current iteration, by name, on its way to {@link ReservedMemoryProfiler}.
 *
 * <p>Static, because JMH shows a profiler nothing of a benchmark's state. Any thread may call.
 */
final class MemoryReadings {

    private static final Map<String, ScalarResult> LATEST = new ConcurrentSkipListMap<>();

    private MemoryReadings() {}

    /** Notes a level, of which the highest of all iterations will count. */
    static void put(String name, double value, String unit) {
        LATEST.put(name, new ScalarResult(name, value, unit, AggregationPolicy.MAX));
    }

    /** Returns what was read since the last call, and forgets it. */
    static Collection<ScalarResult> take() {
        Collection<ScalarResult> readings = new ArrayList<>(LATEST.values());
        LATEST.clear();
        return readings;
    }
}
