package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does a frame cost that a decoder cuts out of a large read?
 *
 * <p>One operation reads a length field and takes the frame behind it by {@code readRetainedSlice}, as Netty's
 * length-field decoder does, and releases the frame taken 16 frames earlier: handlers keep what they have not written
 * yet. The read stays; after its last frame the decoder starts again at its first.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar FrameDecoder -p allocator=slab,pooled,adaptive -p kind=direct -prof gc
 * }</pre>
 */
public class FrameDecoderBenchmark extends EventLoopBenchmark {

    /** Frames per invocation: many, so that JMH's own loop costs nothing. */
    static final int FRAMES = 1024;

    private static final int LENGTH_FIELD = Integer.BYTES;

    /** Frames decoded and not yet released; a power of two. */
    private static final int HELD = 16;

    /** What the read consists of. */
    @State(Scope.Benchmark)
    public static class Frames {
        /** Bytes in a frame behind its length field. */
        @Param({"64", "1024"})
        public int frame;

        /** Writes as many whole frames as fit. */
        ByteBuf writeTo(ByteBuf read) {
            while (read.writableBytes() >= LENGTH_FIELD + frame) {
                read.writeInt(frame).writeZero(frame);
            }
            return read;
        }
    }

    /** The decoder's state. */
    @State(Scope.Thread)
    public static class Decoder {
        final ByteBuf[] held = new ByteBuf[HELD];
        ByteBuf read;

        @Setup
        public void fill(AllocatorUnderTest pool, LiveBuffer live, Frames frames) {
            pool.join();
            read = frames.writeTo(live.buffer);
            Arrays.setAll(held, i -> read.retainedSlice(0, 1));
            System.gc(); // the array ages now and not during the measurement, where a collector's barriers would show
            // it
        }

        @TearDown
        public void drain(AllocatorUnderTest pool) {
            for (ByteBuf frame : held) {
                frame.release();
            }
            pool.leave();
        }
    }

    /** The same read outside any pool. */
    @State(Scope.Thread)
    public static class Ready {
        final ByteBuf[] held = new ByteBuf[HELD];
        final ByteBuf read = Unpooled.directBuffer(LiveBuffer.CAPACITY);

        @Setup
        public void fill(Frames frames) {
            frames.writeTo(read);
        }

        @TearDown
        public void release() {
            read.release();
        }
    }

    /** Reads length fields and skips the frames. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void control(Ready ready) {
        ByteBuf read = ready.read;
        for (int i = 0; i < FRAMES; i++) {
            int length = nextLength(read);
            read.skipBytes(length);
            ready.held[i & HELD - 1] = read;
        }
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void decode(Decoder decoder) {
        ByteBuf read = decoder.read;
        ByteBuf[] held = decoder.held;
        for (int i = 0; i < FRAMES; i++) {
            ByteBuf frame = read.readRetainedSlice(nextLength(read));
            held[i & HELD - 1].release();
            held[i & HELD - 1] = frame;
        }
    }

    /** Reads the length field of the next frame, or of the first one if nothing is left. */
    private static int nextLength(ByteBuf read) {
        if (read.readableBytes() < LENGTH_FIELD) {
            read.readerIndex(0);
        }
        int length = (int) read.getUnsignedInt(read.readerIndex());
        read.skipBytes(LENGTH_FIELD);
        return length;
    }
}
