package io.nettyslab.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.ThreadExecutorMap;
import java.util.Collection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs each benchmark for a moment in this JVM, with assertions and paranoid leak detection on: a benchmark that fails,
 * hangs, or keeps a buffer fails here. What it measures is worthless.
 */
@Timeout(120)
class BenchmarksSmokeTest {

    /** All but the one that needs a class from elsewhere. */
    private static final int ALLOCATORS = AllocatorKind.values().length - 1;

    /** Results for each choice of the other parameters. */
    private static final int CONTROL_AND_ALLOCATORS = 1 + ALLOCATORS;

    /** JMH reads these once, when its classes are loaded; in a fork they come from {@link EventLoopBenchmark}. */
    @BeforeAll
    static void runOnEventLoops() {
        System.setProperty("jmh.executor", "CUSTOM");
        System.setProperty("jmh.executor.class", EventLoopExecutor.class.getName());
        System.setProperty("jmh.ignoreLock", "true"); // another build on this machine may be at the same point
    }

    @Test
    void allocateRelease_runsForEveryAllocatorAndKind() throws RunnerException {
        assertThat(run(options(AllocateReleaseBenchmark.class).param("size", "256")))
                .hasSize(2 * CONTROL_AND_ALLOCATORS);
    }

    @Test
    void steadyChurn_runsForEveryAllocatorAndMix() throws RunnerException {
        assertThat(run(options(SteadyChurnBenchmark.class).param("live", "128").param("kind", "direct")))
                .hasSize(5 * CONTROL_AND_ALLOCATORS);
    }

    @Test
    void steadyChurn_runsOnTwoThreadsAfterAFullCollection() throws RunnerException {
        assertThat(run(options(SteadyChurnBenchmark.class)
                        .param("live", "128")
                        .param("mix", "web")
                        .param("kind", "heap")
                        .param("collect", "true")
                        .threads(2)))
                .hasSize(CONTROL_AND_ALLOCATORS);
    }

    @Test
    void crossThreadRelease_runsForEveryAllocatorAndLine() throws RunnerException {
        assertThat(run(options(CrossThreadReleaseBenchmark.class).param("kind", "direct")))
                .hasSize(2 * CONTROL_AND_ALLOCATORS);
    }

    /** One result for each method and allocator, and one for the control. */
    @ParameterizedTest
    @CsvSource({
        "GrowthBenchmark,           1",
        "RetainedSliceBenchmark,    2",
        "FrameDecoderBenchmark,     1",
        "SequentialAccessBenchmark, 8",
        "RandomAccessBenchmark,     10",
        "SearchBenchmark,           3",
        "TextWriteBenchmark,        2",
        "TextReadBenchmark,         2",
        "AllocationLatencyBenchmark, 1",
    })
    void runsForEveryAllocator(String benchmark, int methods) throws RunnerException {
        assertThat(run(options("io.nettyslab.jmh." + benchmark)
                        .param("kind", "direct")
                        .param("pieces", "doubling")
                        .param("frame", "64")
                        .param("length", "64")
                        .param("text", "mixed")
                        .param("chars", "40")
                        .param("mix", "web")
                        .param("live", "128")
                        .measurementTime(TimeValue.milliseconds(20))))
                .hasSize(1 + methods * ALLOCATORS);
    }

    @Test
    void copy_runsForEveryPairOfEnds() throws RunnerException {
        int ends = 3 * CopyEnd.values().length + 2 * 2;
        assertThat(run(options(CopyBenchmark.class)
                        .param("allocator", "slab")
                        .param("length", "64")
                        .measurementTime(TimeValue.milliseconds(5))))
                .hasSize(1 + BufferKind.values().length * ends);
    }

    @Test
    void releaseFloor_knowsNoAllocator() throws RunnerException {
        assertThat(run(options(ReleaseFloorBenchmark.class)))
                .hasSize(6)
                .allSatisfy(
                        result -> assertThat(result.getParams().getParamsKeys()).isEmpty());
    }

    @Test
    void reservedMemory_isReportedForAllocatorsOnly() throws RunnerException {
        Collection<RunResult> results = run(options(SteadyChurnBenchmark.class)
                .param("live", "128")
                .param("mix", "tiny")
                .param("kind", "direct")
                .addProfiler(ReadingsProfiler.class));
        assertThat(results).allSatisfy(result -> {
            boolean isControl = result.getParams().getBenchmark().endsWith(".control");
            assertThat(result.getSecondaryResults().containsKey("reserved")).isNotEqualTo(isControl);
            if (!isControl) {
                assertThat(result.getSecondaryResults().get("reserved").getScore())
                        .isPositive();
            }
        });
    }

    @Test
    void firstAllocations_areReportedOneByOne() throws RunnerException {
        Collection<RunResult> results = run(options(FirstAllocationBenchmark.class)
                .param("kind", "direct")
                .warmupIterations(0)
                .measurementIterations(2)
                .addProfiler(ReadingsProfiler.class));
        assertThat(results).hasSize(CONTROL_AND_ALLOCATORS).allSatisfy(result -> {
            Statistics single = result.getSecondaryResults().get("single").getStatistics();
            assertThat(single.getN()).as("of both shots").isEqualTo(2 * FirstAllocationBenchmark.ALLOCATIONS);
            assertThat(single.getPercentile(99.9)).isBetween(single.getPercentile(50), single.getMax());
        });
    }

    @Test
    void footprint_isReportedForEachLiveByte() throws RunnerException {
        Collection<RunResult> results = run(options(FootprintBenchmark.class)
                .param("allocator", "slab", "unpooled")
                .param("kind", "direct")
                .param("liveMiB", "4")
                .addProfiler(ReadingsProfiler.class));
        assertThat(results).hasSize(3).allSatisfy(result -> {
            boolean isControl = result.getParams().getBenchmark().endsWith(".control");
            assertThat(result.getSecondaryResults().keySet())
                    .contains("javaHeapPerLive", "javaHeapPerLiveWeb")
                    .doesNotContain("reserved");
            if (!isControl) {
                double atEnd = score(result, "reservedPerLive");
                assertThat(atEnd).isBetween(0.99, 20.0); // 0.99: the last buffer may exceed the target
                assertThat(score(result, "reservedPerLivePeak")).isGreaterThanOrEqualTo(atEnd);
                assertThat(score(result, "javaHeapPerReserved")).isPositive();
            } else {
                assertThat(result.getSecondaryResults().keySet()).doesNotContain("reservedPerLive");
            }
        });
    }

    private static double score(RunResult result, String reading) {
        return result.getSecondaryResults().get(reading).getScore();
    }

    @Test
    void executor_runsTasksOnEventLoops() throws Exception {
        EventLoopExecutor executor = new EventLoopExecutor(1, "test");
        try {
            assertThat(executor.submit(ThreadExecutorMap::currentExecutor).get())
                    .isNotNull();
        } finally {
            executor.shutdownGracefully();
        }
    }

    private static ChainedOptionsBuilder options(Class<?> benchmark) {
        return options(benchmark.getName());
    }

    private static ChainedOptionsBuilder options(String benchmark) {
        return new OptionsBuilder()
                .include(benchmark + '.')
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(50))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).run();
    }
}
