package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does an allocation cost while an allocator is young, in the worst of a thousand cases?
 *
 * <p>One sample is one of the first 20,000 allocations of a fresh allocator, all of which stay live, and the write of
 * the first byte: look at the percentiles. After 20,000 everything is released and the next allocator is made, outside
 * the samples, and so is the full collection that gives back what the last one left behind. The code is warm, because
 * allocators come and go during the warm-up as well; only the allocator is new.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar FirstAllocation -p allocator=slab,pooled,adaptive -p kind=direct
 * }</pre>
 */
@BenchmarkMode(Mode.SampleTime)
public class FirstAllocationBenchmark extends EventLoopBenchmark {

    static final int ALLOCATIONS = 20_000;

    private static final long SEED = 0x5eed_f125_7L;

    /** What is asked for. */
    @State(Scope.Thread)
    public static class Requests {
        /** Largest request in bytes; all sizes from 1 up are equally likely. */
        @Param({"16384"})
        public int maxSize;

        @Param
        public BufferKind kind;

        int[] sizes;
        int position;

        @Setup
        public void draw() {
            sizes = new Random(SEED).ints(ALLOCATIONS, 1, maxSize + 1).toArray();
        }

        int next() {
            int size = sizes[position];
            position = position + 1 == ALLOCATIONS ? 0 : position + 1;
            return size;
        }
    }

    /** The young allocator and everything that was allocated from it. */
    @State(Scope.Thread)
    public static class YoungAllocator {
        @Param
        public AllocatorKind allocator;

        private final ByteBuf[] buffers = new ByteBuf[ALLOCATIONS];
        private int live;
        private ByteBufAllocator instance;

        @Setup(Level.Invocation)
        public void renewAfterTheLastRequest() {
            if (instance == null) {
                instance = allocator.create();
            } else if (live == ALLOCATIONS) {
                discard();
                instance = allocator.create();
            }
        }

        ByteBuf allocate(Requests requests) {
            ByteBuf buffer = requests.kind.allocate(instance, requests.next());
            buffers[live++] = buffer;
            return buffer;
        }

        @TearDown
        public void discard() {
            for (int i = 0; i < live; i++) {
                buffers[i].release();
                buffers[i] = null;
            }
            live = 0;
            FreshAllocator.discard(instance);
            instance = null;
        }
    }

    /** What a sample costs in which nothing happens. */
    @Benchmark
    public int control(Requests requests) {
        return requests.next();
    }

    @Benchmark
    public ByteBuf allocate(YoungAllocator young, Requests requests) {
        return young.allocate(requests).setByte(0, 1);
    }
}
