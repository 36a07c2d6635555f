package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does one buffer of one size cost that is released at once, the best case of every pool?
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar AllocateRelease -p allocator=slab,pooled,adaptive -p kind=direct -prof gc
 * }</pre>
 */
public class AllocateReleaseBenchmark extends EventLoopBenchmark {

    /** What is asked for. */
    @State(Scope.Benchmark)
    public static class Request {
        @Param({"64", "256", "1024", "4096", "16384", "65536"})
        public int size;

        @Param
        public BufferKind kind;
    }

    /** A buffer that is always there. */
    @State(Scope.Thread)
    public static class Ready {
        ByteBuf buffer;

        @Setup
        public void allocate(Request request) {
            buffer = request.kind == BufferKind.direct
                    ? Unpooled.directBuffer(request.size)
                    : Unpooled.buffer(request.size);
        }

        @TearDown
        public void release() {
            buffer.release();
        }
    }

    /** Touches without allocating. */
    @Benchmark
    public ByteBuf control(Ready ready, Request request) {
        return touch(ready.buffer, request.size);
    }

    /** Returns the buffer, or the compiler might drop what a pool never sees: an unpooled buffer nobody looks at. */
    @Benchmark
    public ByteBuf allocateTouchRelease(AllocatorUnderTest pool, Request request) {
        ByteBuf buffer = touch(request.kind.allocate(pool.instance(), request.size), request.size);
        buffer.release();
        return buffer;
    }

    /** Both ends, because a buffer is no use until its memory is there. */
    private static ByteBuf touch(ByteBuf buffer, int size) {
        buffer.setByte(0, size);
        buffer.setByte(size - 1, size);
        return buffer;
    }
}
