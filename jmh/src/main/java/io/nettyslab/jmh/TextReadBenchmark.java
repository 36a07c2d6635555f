package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does a text cost that is read from UTF-8?
 *
 * <p>The text itself is garbage in every row. The control reads it from an array.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar TextRead -p allocator=slab,pooled,adaptive -p kind=direct -prof gc
 * }</pre>
 */
public class TextReadBenchmark extends EventLoopBenchmark {

    /** What is read. */
    @State(Scope.Benchmark)
    public static class Source {
        @Param
        public TextKind text;

        @Param({"40", "1000"})
        public int chars;

        byte[] bytes;

        @Setup
        public void create() {
            bytes = text.text(chars).getBytes(StandardCharsets.UTF_8);
        }
    }

    /** The buffer with the text in it. */
    @State(Scope.Thread)
    public static class Received {
        ByteBuf buffer;
        int length;

        @Setup
        public void write(LiveBuffer live, Source source) {
            buffer = live.buffer.clear().writeBytes(source.bytes);
            length = source.bytes.length;
        }
    }

    /** Decodes without a buffer. */
    @Benchmark
    public String control(Source source) {
        return new String(source.bytes, StandardCharsets.UTF_8);
    }

    @Benchmark
    public String readToString(Received received) {
        return received.buffer.toString(0, received.length, StandardCharsets.UTF_8);
    }

    @Benchmark
    public CharSequence readCharSequence(Received received) {
        return received.buffer.readerIndex(0).readCharSequence(received.length, StandardCharsets.UTF_8);
    }
}
