package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does a value cost that is written or read at an index, in no particular order?
 *
 * <p>One operation is one value. The control adds up the indexes.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar RandomAccess -p allocator=slab,pooled,adaptive -p kind=direct
 * }</pre>
 */
public class RandomAccessBenchmark extends EventLoopBenchmark {

    static final int ACCESSES = 1024;

    /** Small enough that memory stays in the first-level cache: the question is the access, not the cache. */
    private static final int RANGE = 4096;

    private static final long SEED = 0x5eed_1dec_e5L;

    /** Where to access; any alignment, as in protocols. */
    @State(Scope.Benchmark)
    public static class Indexes {
        final int[] indexes =
                new Random(SEED).ints(ACCESSES, 0, RANGE - Long.BYTES + 1).toArray();
    }

    /** A part of the buffer as a buffer of its own. */
    @State(Scope.Thread)
    public static class Slice {
        ByteBuf slice;

        @Setup
        public void cut(LiveBuffer live) {
            slice = live.buffer.slice(RANGE, RANGE);
        }
    }

    /** A loop over the indexes, without a buffer. */
    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public long control(Indexes indexes) {
        long sum = 0;
        for (int index : indexes.indexes) {
            sum += index;
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public ByteBuf setByte(LiveBuffer live, Indexes indexes) {
        ByteBuf buffer = live.buffer;
        for (int index : indexes.indexes) {
            buffer.setByte(index, index);
        }
        return buffer;
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public long getByte(LiveBuffer live, Indexes indexes) {
        ByteBuf buffer = live.buffer;
        long sum = 0;
        for (int index : indexes.indexes) {
            sum += buffer.getByte(index);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public ByteBuf setInt(LiveBuffer live, Indexes indexes) {
        ByteBuf buffer = live.buffer;
        for (int index : indexes.indexes) {
            buffer.setInt(index, index);
        }
        return buffer;
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public long getInt(LiveBuffer live, Indexes indexes) {
        ByteBuf buffer = live.buffer;
        long sum = 0;
        for (int index : indexes.indexes) {
            sum += buffer.getInt(index);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public ByteBuf setLong(LiveBuffer live, Indexes indexes) {
        ByteBuf buffer = live.buffer;
        for (int index : indexes.indexes) {
            buffer.setLong(index, index);
        }
        return buffer;
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public long getLong(LiveBuffer live, Indexes indexes) {
        ByteBuf buffer = live.buffer;
        long sum = 0;
        for (int index : indexes.indexes) {
            sum += buffer.getLong(index);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public ByteBuf setLongLE(LiveBuffer live, Indexes indexes) {
        ByteBuf buffer = live.buffer;
        for (int index : indexes.indexes) {
            buffer.setLongLE(index, index);
        }
        return buffer;
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public long getLongLE(LiveBuffer live, Indexes indexes) {
        ByteBuf buffer = live.buffer;
        long sum = 0;
        for (int index : indexes.indexes) {
            sum += buffer.getLongLE(index);
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public ByteBuf setLongThroughSlice(Slice slice, Indexes indexes) {
        ByteBuf buffer = slice.slice;
        for (int index : indexes.indexes) {
            buffer.setLong(index, index);
        }
        return buffer;
    }

    @Benchmark
    @OperationsPerInvocation(ACCESSES)
    public long getLongThroughSlice(Slice slice, Indexes indexes) {
        ByteBuf buffer = slice.slice;
        long sum = 0;
        for (int index : indexes.indexes) {
            sum += buffer.getLong(index);
        }
        return sum;
    }
}
