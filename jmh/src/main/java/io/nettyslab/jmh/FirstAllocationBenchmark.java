package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.util.SampleBuffer;

/**
 * What does an allocation cost while an allocator is young, in the worst of a thousand cases?
 *
 * <p>Each shot is the first 20,000 allocations of a fresh allocator, all of which stay live. The score is the time of
 * all of them; the answer is in the secondary result {@code single}, which needs {@link ReadingsProfiler}: the
 * percentiles of the single ones, each with the write of its first byte. The code is warm, because allocators come and
 * go during the warm-up as well; only the allocator is new. A full collection between two shots gives back what the
 * last one left behind.
 *
 * <p>Not JMH's own sampling: when an iteration has more samples than it cares to keep, it halves the count of each
 * duration, but never to nothing, so that what is rare gains weight each time.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar FirstAllocation -p allocator=slab,pooled,adaptive -p kind=direct \
 *     -prof io.nettyslab.jmh.ReadingsProfiler
 * }</pre>
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 30)
@Measurement(iterations = 30)
public class FirstAllocationBenchmark extends EventLoopBenchmark {

    static final int ALLOCATIONS = 20_000;

    private static final long SEED = 0x5eed_f125_7L;

    /** What is asked for, and how long each took. */
    @State(Scope.Thread)
    public static class Requests {
        /** Largest request in bytes; all sizes from 1 up are equally likely. */
        @Param({"16384"})
        public int maxSize;

        @Param
        public BufferKind kind;

        private final long[] nanos = new long[ALLOCATIONS];
        private int[] sizes;

        @Setup
        public void draw() {
            sizes = new Random(SEED).ints(ALLOCATIONS, 1, maxSize + 1).toArray();
        }

        @TearDown(Level.Iteration)
        public void publish() {
            SampleBuffer single = new SampleBuffer();
            for (long time : nanos) {
                single.add(time);
            }
            Readings.putTimes("single", single);
        }
    }

    /** The young allocator and everything that was allocated from it. */
    @State(Scope.Thread)
    public static class YoungAllocator {
        @Param({"slab", "pooled", "adaptive", "unpooled"})
        public AllocatorKind allocator;

        private final ByteBuf[] buffers = new ByteBuf[ALLOCATIONS];
        private ByteBufAllocator instance;

        @Setup(Level.Iteration)
        public void create() {
            instance = allocator.create();
        }

        @TearDown(Level.Iteration)
        public void discard() {
            for (int i = 0; i < ALLOCATIONS; i++) {
                buffers[i].release();
                buffers[i] = null;
            }
            Discarding.discard(instance);
        }
    }

    /** Reads the clock as often, and does nothing in between. */
    @Benchmark
    public long control(Requests requests) {
        long sum = 0;
        for (int i = 0; i < ALLOCATIONS; i++) {
            long start = System.nanoTime();
            sum += requests.sizes[i];
            requests.nanos[i] = System.nanoTime() - start;
        }
        return sum;
    }

    @Benchmark
    public void allocate(YoungAllocator young, Requests requests) {
        for (int i = 0; i < ALLOCATIONS; i++) {
            long start = System.nanoTime();
            ByteBuf buffer = requests.kind.allocate(young.instance, requests.sizes[i]);
            buffer.setByte(0, 1);
            requests.nanos[i] = System.nanoTime() - start;
            young.buffers[i] = buffer;
        }
    }
}
