package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCountUtil;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does it cost to copy between a buffer of the allocator and another place?
 *
 * <p>One operation copies {@code length} bytes. {@code getBytes} copies out of the buffer, {@code setBytes} and
 * {@code writeBytes} into it; the two methods whose names begin with foreign call the other, unpooled buffer, which has
 * to get at the memory of one it does not know. The control copies between two arrays.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar Copy -p allocator=slab,pooled,adaptive -p kind=direct -p other=heap,array
 * }</pre>
 */
public class CopyBenchmark extends EventLoopBenchmark {

    /** How much is copied. */
    @State(Scope.Benchmark)
    public static class Amount {
        @Param({"64", "1024", "16384"})
        public int length;
    }

    /** The buffer of the allocator under test. */
    @State(Scope.Thread)
    public static class Own {
        @Param
        public BufferKind kind;

        ByteBuf buffer;
        int length;

        @Setup
        public void allocate(AllocatorUnderTest pool, Amount amount) {
            pool.join();
            length = amount.length;
            buffer = kind.allocate(pool.instance(), length);
        }

        @TearDown
        public void release(AllocatorUnderTest pool) {
            buffer.release();
            pool.leave();
        }
    }

    /** The other end; exactly one of its fields is set. */
    @State(Scope.Thread)
    public static class Other {
        @Param
        public CopyEnd other;

        ByteBuf buffer;
        byte[] array;
        ByteBuffer nio;

        @Setup
        public void create(AllocatorUnderTest pool, Amount amount) {
            pool.join();
            Object end = other.create(pool.instance(), amount.length);
            buffer = end instanceof ByteBuf b ? b : null;
            array = end instanceof byte[] a ? a : null;
            nio = end instanceof ByteBuffer n ? n : null;
        }

        @TearDown
        public void release(AllocatorUnderTest pool) {
            ReferenceCountUtil.release(buffer);
            pool.leave();
        }
    }

    /** The other end where it has to be a buffer that knows nothing of the allocator. */
    @State(Scope.Thread)
    public static class Foreign {
        @Param({"unpooledDirect", "unpooledHeap"})
        public CopyEnd foreign;

        ByteBuf buffer;

        @Setup
        public void create(AllocatorUnderTest pool, Amount amount) {
            buffer = (ByteBuf) foreign.create(pool.instance(), amount.length);
        }

        @TearDown
        public void release() {
            buffer.release();
        }
    }

    /** Two arrays. */
    @State(Scope.Thread)
    public static class Plain {
        byte[] from;
        byte[] to;

        @Setup
        public void create(Amount amount) {
            from = new byte[amount.length];
            to = new byte[amount.length];
        }
    }

    /** Copies without a buffer. */
    @Benchmark
    public byte[] control(Plain plain) {
        System.arraycopy(plain.from, 0, plain.to, 0, plain.to.length);
        return plain.to;
    }

    @Benchmark
    public Object getBytes(Own own, Other other) {
        if (other.buffer != null) {
            return own.buffer.getBytes(0, other.buffer, 0, own.length);
        }
        return other.array != null
                ? own.buffer.getBytes(0, other.array, 0, own.length)
                : own.buffer.getBytes(0, other.nio.clear());
    }

    @Benchmark
    public Object setBytes(Own own, Other other) {
        if (other.buffer != null) {
            return own.buffer.setBytes(0, other.buffer, 0, own.length);
        }
        return other.array != null
                ? own.buffer.setBytes(0, other.array, 0, own.length)
                : own.buffer.setBytes(0, other.nio.clear());
    }

    @Benchmark
    public Object writeBytes(Own own, Other other) {
        ByteBuf buffer = own.buffer.clear();
        if (other.buffer != null) {
            return buffer.writeBytes(other.buffer.setIndex(0, own.length));
        }
        return other.array != null ? buffer.writeBytes(other.array) : buffer.writeBytes(other.nio.clear());
    }

    @Benchmark
    public Object foreignGetBytes(Own own, Foreign foreign) {
        return foreign.buffer.getBytes(0, own.buffer, 0, own.length);
    }

    @Benchmark
    public Object foreignSetBytes(Own own, Foreign foreign) {
        return foreign.buffer.setBytes(0, own.buffer, 0, own.length);
    }
}
