package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What does a value cost that is written or read in order, as codecs do?
 *
 * <p>One operation is one value. The control adds up as many values of an array: what a loop costs that reads, which
 * for the other methods is no lower bound.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar SequentialAccess -p allocator=slab,pooled,adaptive -p kind=direct
 * }</pre>
 */
public class SequentialAccessBenchmark extends EventLoopBenchmark {

    /** Values per invocation: 4 KiB of longs, so that memory stays in the first-level cache. */
    static final int VALUES = 512;

    /** Values outside any buffer. */
    @State(Scope.Thread)
    public static class Plain {
        final long[] values = new Random(1).longs(VALUES).toArray();
    }

    /** A loop without a buffer. */
    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long control(Plain plain) {
        long sum = 0;
        for (long value : plain.values) {
            sum += value;
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public ByteBuf writeByte(LiveBuffer live) {
        ByteBuf buffer = live.buffer.clear();
        for (int i = 0; i < VALUES; i++) {
            buffer.writeByte(i);
        }
        return buffer;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long readByte(LiveBuffer live) {
        ByteBuf buffer = live.buffer.setIndex(0, LiveBuffer.CAPACITY);
        long sum = 0;
        for (int i = 0; i < VALUES; i++) {
            sum += buffer.readByte();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public ByteBuf writeInt(LiveBuffer live) {
        ByteBuf buffer = live.buffer.clear();
        for (int i = 0; i < VALUES; i++) {
            buffer.writeInt(i);
        }
        return buffer;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long readInt(LiveBuffer live) {
        ByteBuf buffer = live.buffer.setIndex(0, LiveBuffer.CAPACITY);
        long sum = 0;
        for (int i = 0; i < VALUES; i++) {
            sum += buffer.readInt();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public ByteBuf writeLong(LiveBuffer live) {
        ByteBuf buffer = live.buffer.clear();
        for (int i = 0; i < VALUES; i++) {
            buffer.writeLong(i);
        }
        return buffer;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long readLong(LiveBuffer live) {
        ByteBuf buffer = live.buffer.setIndex(0, LiveBuffer.CAPACITY);
        long sum = 0;
        for (int i = 0; i < VALUES; i++) {
            sum += buffer.readLong();
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public ByteBuf writeLongLE(LiveBuffer live) {
        ByteBuf buffer = live.buffer.clear();
        for (int i = 0; i < VALUES; i++) {
            buffer.writeLongLE(i);
        }
        return buffer;
    }

    @Benchmark
    @OperationsPerInvocation(VALUES)
    public long readLongLE(LiveBuffer live) {
        ByteBuf buffer = live.buffer.setIndex(0, LiveBuffer.CAPACITY);
        long sum = 0;
        for (int i = 0; i < VALUES; i++) {
            sum += buffer.readLongLE();
        }
        return sum;
    }
}
