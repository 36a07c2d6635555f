package io.nettyslab.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Equal conditions for every allocator, inherited by all benchmarks of this module.
 *
 * <p>The flags are prepended, so that {@code -jvmArgsAppend} stays free: {@code -jvmArgsAppend -XX:+UseParallelGC}
 * changes the collector, {@code -jvmArgsAppend -Djmh.executor=PLATFORM} the kind of thread, and nothing else with it.
 * Heap: well above 512 MiB, up to which Adaptive goes without thread-local magazines; fixed and touched, so that
 * garbage does not pay for pages that a running server has long had. Direct memory: the slab allocator takes half of
 * the limit at most, the same 2 GiB as the heap.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Threads(1)
@Fork(
        value = 3,
        jvmArgsPrepend = {
            "-Xms2g",
            "-Xmx2g",
            "-XX:+AlwaysPreTouch",
            "-XX:MaxDirectMemorySize=4g",
            "-da",
            "-Dio.netty.leakDetection.level=disabled",
            "-Djmh.executor=CUSTOM",
            "-Djmh.executor.class=io.nettyslab.jmh.EventLoopExecutor"
        })
public abstract class EventLoopBenchmark {}
