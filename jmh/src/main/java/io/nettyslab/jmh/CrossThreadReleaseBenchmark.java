package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCounted;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does a buffer cost that is allocated on one event loop and released on another?
 *
 * <p>The benchmark's thread allocates, writes the first byte and sends; {@code receivers} other event loops release.
 * Queues are bounded, so after the first moments the score is the pace of the slower side, per buffer. Subtract the
 * control, which sends objects that need no allocator. Three receivers on fewer than four cores measure the scheduler
 * as well.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar CrossThreadRelease -p allocator=slab,pooled,adaptive -p receivers=1 -prof gc
 * }</pre>
 */
public class CrossThreadReleaseBenchmark extends EventLoopBenchmark {

    /** Buffers per invocation: many, so that JMH's own loop costs nothing. */
    static final int BUFFERS = 1024;

    /** The line to the receivers. */
    @State(Scope.Thread)
    public static class Line {
        @Param({"1", "3"})
        public int receivers;

        /** Buffers that may wait for one receiver: what an event loop finds after a busy moment elsewhere. */
        @Param({"1024"})
        public int capacity;

        HandOver handOver;

        @Setup
        public void open() {
            handOver = new HandOver(receivers, capacity);
        }

        @TearDown
        public void close() throws InterruptedException {
            handOver.close();
        }
    }

    /** What is sent. */
    @State(Scope.Thread)
    public static class Load {
        @Param({"1024"})
        public int payload;

        @Param
        public BufferKind kind;

        private Line line;

        @Setup
        public void join(AllocatorUnderTest pool, Line line) {
            pool.join();
            this.line = line;
        }

        /** Empties the line first: only then are all buffers home. */
        @TearDown
        public void drain(AllocatorUnderTest pool) throws InterruptedException {
            line.close();
            pool.leave();
        }
    }

    /** An object whose release is one plain write, so that its cache line travels as a buffer's does. */
    static final class Token extends AbstractReferenceCounted {
        int sent; // sender only
        int released; // the receiver that has it

        @Override
        public boolean release() {
            released++;
            return true;
        }

        @Override
        protected void deallocate() {}

        @Override
        public ReferenceCounted touch(Object hint) {
            return this;
        }
    }

    /** Twice as many tokens as can be under way, so that none is sent again before it was released. */
    @State(Scope.Thread)
    public static class Tokens {
        private Line line;
        private Token[] tokens;
        private int next;

        @Setup
        public void create(Line line) {
            this.line = line;
            tokens = new Token[2 * line.capacity * line.receivers];
            for (int i = 0; i < tokens.length; i++) {
                tokens[i] = new Token();
            }
        }

        Token next() {
            Token token = tokens[next];
            next = next + 1 == tokens.length ? 0 : next + 1;
            return token;
        }
    }

    /** Sends what is already there. */
    @Benchmark
    @OperationsPerInvocation(BUFFERS)
    public void control(Tokens tokens) {
        HandOver handOver = tokens.line.handOver;
        for (int i = 0; i < BUFFERS; i++) {
            Token token = tokens.next();
            token.sent++;
            handOver.send(token);
        }
    }

    @Benchmark
    @OperationsPerInvocation(BUFFERS)
    public void allocateHereReleaseThere(AllocatorUnderTest pool, Load load) {
        HandOver handOver = load.line.handOver;
        ByteBufAllocator allocator = pool.instance();
        for (int i = 0; i < BUFFERS; i++) {
            ByteBuf buffer = load.kind.allocate(allocator, load.payload);
            buffer.setByte(0, i);
            handOver.send(buffer);
        }
    }
}
