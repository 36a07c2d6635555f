package io.nettyslab.jmh;

import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Secondary result {@code reserved}: the most memory, in MiB, that the allocator had taken from the system at the end
 * of an iteration; and whatever else a benchmark reads about memory, see {@link FootprintBenchmark}. Switched on by
 * {@code -prof io.nettyslab.jmh.ReservedMemoryProfiler}.
 *
 * <p>A profiler, because JMH's auxiliary counters are added up over threads and iterations, and a level is no sum.
 */
public final class ReservedMemoryProfiler implements InternalProfiler {

    @Override
    public String getDescription() {
        return "Memory that the allocator under test has taken from the system";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        MemoryReadings.take();
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        return MemoryReadings.take(); // of a control: nothing
    }
}
