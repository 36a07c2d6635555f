package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.util.SampleBuffer;

/**
 * How long does a single allocation take in a server that is running, in the worst of a thousand and of ten thousand
 * cases?
 *
 * <p>The churn of {@link SteadyChurnBenchmark}. The score is that of whole steps, with two readings of the clock in
 * each; the answer is in the secondary result {@code single}, which needs {@link ReadingsProfiler}: the percentiles of
 * the allocation with the write of its first byte, without the release that makes room. The control's are of the write
 * alone, so they show the clock and what the machine does to everybody: collections, interrupts, a hypervisor.
 *
 * <p>Not JMH's own sampling, for the reason that {@link FirstAllocationBenchmark} gives: what is rare would weigh the
 * more the faster an allocator is, because the more of its samples are dropped.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar AllocationLatency -p allocator=slab,pooled,adaptive -p kind=direct -p mix=web \
 *     -prof io.nettyslab.jmh.ReadingsProfiler
 * }</pre>
 */
public class AllocationLatencyBenchmark extends EventLoopBenchmark {

    /** How long each allocation of an iteration took. */
    @State(Scope.Thread)
    public static class Times {
        private SampleBuffer single;

        @Setup(Level.Iteration)
        public void begin() {
            single = new SampleBuffer();
        }

        @TearDown(Level.Iteration)
        public void publish() {
            Readings.putTimes("single", single);
        }

        void addSince(long start) {
            single.add(System.nanoTime() - start);
        }
    }

    /** Writes into buffers that stay. */
    @Benchmark
    @OperationsPerInvocation(SteadyChurnBenchmark.STEPS)
    public void control(SteadyChurnBenchmark.IdleSet set, Times times) {
        RequestStream requests = set.requests;
        for (int i = 0; i < SteadyChurnBenchmark.STEPS; i++) {
            ByteBuf buffer = set.buffers[requests.nextPlace()];
            requests.nextSize();
            long start = System.nanoTime();
            buffer.setByte(0, i);
            times.addSince(start);
        }
    }

    @Benchmark
    @OperationsPerInvocation(SteadyChurnBenchmark.STEPS)
    public void allocate(AllocatorUnderTest pool, SteadyChurnBenchmark.LiveSet set, Times times) {
        RequestStream requests = set.requests;
        ByteBufAllocator allocator = pool.instance();
        BufferKind kind = set.kind;
        for (int i = 0; i < SteadyChurnBenchmark.STEPS; i++) {
            int place = requests.nextPlace();
            int size = requests.nextSize();
            set.buffers[place].release();
            long start = System.nanoTime();
            ByteBuf buffer = kind.allocate(allocator, size);
            buffer.setByte(0, i);
            times.addSince(start);
            set.buffers[place] = buffer;
        }
    }
}
