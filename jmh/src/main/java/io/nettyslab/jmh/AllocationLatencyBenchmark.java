package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long does a single allocation take in a server that is running, in the worst of a thousand and of ten thousand
 * cases?
 *
 * <p>The churn of {@link SteadyChurnBenchmark}, but a sample is the allocation and the write of the first byte only;
 * the release that makes room lies outside. The control's samples are of the write alone, so they show the clock and
 * what the machine does to everybody: collections, interrupts, a hypervisor. The slowest ones weigh too much, for every
 * allocator alike, see {@link FirstAllocationBenchmark}.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar AllocationLatency -p allocator=slab,pooled,adaptive -p kind=direct -p mix=web
 * }</pre>
 */
@BenchmarkMode(Mode.SampleTime)
public class AllocationLatencyBenchmark extends EventLoopBenchmark {

    /** The next step on the live set: releases a random buffer, the benchmark fills its place. */
    @State(Scope.Thread)
    public static class Step {
        private SteadyChurnBenchmark.LiveSet set;
        private int place;
        private int size;

        @Setup
        public void start(SteadyChurnBenchmark.LiveSet set) {
            this.set = set;
        }

        @Setup(Level.Invocation)
        public void release() {
            place = set.requests.nextPlace();
            size = set.requests.nextSize();
            set.buffers[place].release();
        }

        private ByteBuf allocate(ByteBufAllocator allocator) {
            ByteBuf buffer = set.kind.allocate(allocator, size);
            set.buffers[place] = buffer;
            return buffer;
        }
    }

    /** The next step on buffers that stay. */
    @State(Scope.Thread)
    public static class IdleStep {
        private SteadyChurnBenchmark.IdleSet set;
        private int place;

        @Setup
        public void start(SteadyChurnBenchmark.IdleSet set) {
            this.set = set;
        }

        @Setup(Level.Invocation)
        public void draw() {
            place = set.requests.nextPlace();
            set.requests.nextSize();
        }
    }

    /** What a sample costs that allocates nothing. */
    @Benchmark
    public ByteBuf control(IdleStep step) {
        return step.set.buffers[step.place].setByte(0, 1);
    }

    @Benchmark
    public ByteBuf allocate(AllocatorUnderTest pool, Step step) {
        return step.allocate(pool.instance()).setByte(0, 1);
    }
}
