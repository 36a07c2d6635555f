package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does a buffer cost that starts small and grows as it is written?
 *
 * <p>One operation allocates 256 bytes, writes up to {@code size} bytes and releases. Netty asks for the next power of
 * two whenever the capacity is used up.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar Growth -p allocator=slab,pooled,adaptive -p kind=direct -prof gc
 * }</pre>
 */
public class GrowthBenchmark extends EventLoopBenchmark {

    static final int FIRST_CAPACITY = 256;

    /** How much is written at a time. Lower case: the values of {@code -p pieces=}. */
    public enum Pieces {
        /** As much as was written before: growth costs more than the calls. */
        doubling,

        /** 256 bytes: an encoder that adds field by field. */
        even;

        int[] lengths(int total) {
            int[] lengths = new int[total / FIRST_CAPACITY];
            int count = 0;
            for (int written = 0; written < total; written += lengths[count++]) {
                lengths[count] = this == even ? FIRST_CAPACITY : Math.max(FIRST_CAPACITY, written);
            }
            return Arrays.copyOf(lengths, count);
        }
    }

    /** What is written. */
    @State(Scope.Benchmark)
    public static class Content {
        /** Bytes in the end: 256 times a power of two. */
        @Param({"65536"})
        public int size;

        @Param
        public Pieces pieces;

        @Param
        public BufferKind kind;

        byte[] bytes;
        int[] lengths;

        @Setup
        public void create() {
            bytes = new byte[size];
            lengths = pieces.lengths(size);
        }

        ByteBuf writeTo(ByteBuf buffer) {
            for (int length : lengths) {
                buffer.writeBytes(bytes, 0, length);
            }
            return buffer;
        }
    }

    /** A buffer that is large enough from the start. */
    @State(Scope.Thread)
    public static class Ready {
        ByteBuf buffer;

        @Setup
        public void allocate(Content content) {
            buffer = content.kind == BufferKind.direct
                    ? Unpooled.directBuffer(content.size)
                    : Unpooled.buffer(content.size);
        }

        @TearDown
        public void release() {
            buffer.release();
        }
    }

    /** Writes without growing. */
    @Benchmark
    public ByteBuf control(Ready ready, Content content) {
        return content.writeTo(ready.buffer.clear());
    }

    @Benchmark
    public ByteBuf allocateWriteRelease(AllocatorUnderTest pool, Content content) {
        ByteBuf buffer = content.writeTo(content.kind.allocate(pool.instance(), FIRST_CAPACITY));
        buffer.release();
        return buffer;
    }
}
