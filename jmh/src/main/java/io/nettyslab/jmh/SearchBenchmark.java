package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does it cost to find a byte, as line and header decoders do?
 *
 * <p>One operation looks through {@code length} bytes and finds the byte at their end. The control is a plain loop over
 * an array.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar Search -p allocator=slab,pooled,adaptive -p kind=direct
 * }</pre>
 */
public class SearchBenchmark extends EventLoopBenchmark {

    private static final byte WANTED = '\n';
    private static final byte OTHER = 'x';

    /** How far the byte is. */
    @State(Scope.Benchmark)
    public static class Distance {
        @Param({"16", "64", "1024", "16384"})
        public int length;
    }

    /** Where the byte is. */
    @State(Scope.Thread)
    public static class Text {
        ByteBuf buffer;

        @Setup
        public void write(LiveBuffer live, Distance distance) {
            buffer = live.buffer.clear();
            while (buffer.isWritable()) {
                buffer.writeByte(OTHER);
            }
            buffer.setByte(distance.length - 1, WANTED);
        }
    }

    /** The same bytes outside any buffer. */
    @State(Scope.Thread)
    public static class Plain {
        byte[] bytes;

        @Setup
        public void write(Distance distance) {
            bytes = new byte[distance.length];
            Arrays.fill(bytes, OTHER);
            bytes[distance.length - 1] = WANTED;
        }
    }

    /** Searches an array. */
    @Benchmark
    public int control(Plain plain) {
        byte[] bytes = plain.bytes;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == WANTED) {
                return i;
            }
        }
        return -1;
    }

    @Benchmark
    public int indexOf(Text text) {
        return text.buffer.indexOf(0, text.buffer.writerIndex(), WANTED);
    }

    @Benchmark
    public int bytesBefore(Text text) {
        return text.buffer.bytesBefore(WANTED);
    }

    @Benchmark
    public int forEachByte(Text text) {
        return text.buffer.forEachByte(ByteProcessor.FIND_LF);
    }
}
