package io.nettyslab.jmh;

import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does a text cost that is written as UTF-8?
 *
 * <p>The control encodes into an array by the encoder of the JDK.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar TextWrite -p allocator=slab,pooled,adaptive -p kind=direct -prof gc
 * }</pre>
 */
public class TextWriteBenchmark extends EventLoopBenchmark {

    /** What is written. */
    @State(Scope.Benchmark)
    public static class Source {
        @Param
        public TextKind text;

        @Param({"40", "1000"})
        public int chars;

        String string;

        @Setup
        public void create() {
            string = text.text(chars);
        }
    }

    /** The JDK's encoder, and an array with room for the text. */
    @State(Scope.Thread)
    public static class Plain {
        private CharsetEncoder encoder;
        private CharBuffer from;
        private ByteBuffer to;

        @Setup
        public void create(Source source) {
            encoder = StandardCharsets.UTF_8.newEncoder();
            from = CharBuffer.wrap(source.string.toCharArray());
            to = ByteBuffer.allocate((int) (from.length() * encoder.maxBytesPerChar()));
        }

        private int encode() {
            encoder.reset().encode(from.rewind(), to.clear(), true);
            return to.position();
        }
    }

    /** Encodes without a buffer of Netty's kind. */
    @Benchmark
    public int control(Plain plain) {
        return plain.encode();
    }

    @Benchmark
    public int writeUtf8(LiveBuffer live, Source source) {
        return ByteBufUtil.writeUtf8(live.buffer.clear(), source.string);
    }

    @Benchmark
    public int writeCharSequence(LiveBuffer live, Source source) {
        return live.buffer.clear().writeCharSequence(source.string, StandardCharsets.UTF_8);
    }
}
