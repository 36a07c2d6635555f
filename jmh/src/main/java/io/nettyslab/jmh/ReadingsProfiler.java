package io.nettyslab.jmh;

import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * Secondary result {@code reserved}: the most memory, in MiB, that the allocator had taken from the system at the end
 * of an iteration; and whatever else a benchmark reads by itself, see {@link FootprintBenchmark} and
 * {@link FirstAllocationBenchmark}. Switched on by {@code -prof io.nettyslab.jmh.ReadingsProfiler}.
 *
 * <p>A profiler, because JMH's auxiliary counters are added up over threads and iterations, and a level is no sum.
 */
public final class ReadingsProfiler implements InternalProfiler {

    @Override
    public String getDescription() {
        return "What the benchmark reads by itself: memory taken from the system, single times";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        Readings.take();
    }

    @Override
    public Collection<Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        return Readings.take();
    }
}
