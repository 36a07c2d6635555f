package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does a view of a live buffer cost, taken with a reference of its own and released again?
 *
 * <p>The view is returned, so that the compiler cannot do without the object: a pipeline's next handler would see it.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar RetainedSlice -p allocator=slab,pooled,adaptive -p kind=direct -prof gc
 * }</pre>
 */
public class RetainedSliceBenchmark extends EventLoopBenchmark {

    private static final int FROM = 128;
    private static final int LENGTH = 1024;

    /** A buffer that nobody takes a view of. */
    @State(Scope.Thread)
    public static class Ready {
        final ByteBuf buffer = Unpooled.directBuffer(LENGTH);

        @TearDown
        public void release() {
            buffer.release();
        }
    }

    /** Writes without a view. */
    @Benchmark
    public ByteBuf control(Ready ready) {
        return ready.buffer.setByte(0, 1);
    }

    @Benchmark
    public ByteBuf retainedSlice(LiveBuffer live) {
        ByteBuf slice = live.buffer.retainedSlice(FROM, LENGTH).setByte(0, 1);
        slice.release();
        return slice;
    }

    @Benchmark
    public ByteBuf retainedDuplicate(LiveBuffer live) {
        ByteBuf duplicate = live.buffer.retainedDuplicate().setByte(0, 1);
        duplicate.release();
        return duplicate;
    }
}
