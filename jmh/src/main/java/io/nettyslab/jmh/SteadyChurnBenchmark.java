package io.nettyslab.jmh;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does a buffer cost in a server that is running: many live, of mixed sizes, going in no particular order?
 *
 * <p>One step releases a random live buffer, allocates one of the next size and writes its first byte.
 *
 * <pre>{@code
 * java -jar jmh/target/benchmarks.jar SteadyChurn -p allocator=slab,pooled,adaptive -p kind=direct -p mix=web -prof gc
 * java -jar jmh/target/benchmarks.jar SteadyChurn -p allocator=slab,adaptive -p live=16384 -p mix=tiny,web
 * java -jar jmh/target/benchmarks.jar SteadyChurn -p allocator=slab,adaptive -t 2
 * }</pre>
 */
public class SteadyChurnBenchmark extends EventLoopBenchmark {

    /** Steps per invocation: many, so that JMH's own loop costs nothing. */
    static final int STEPS = 1024;

    /** The live buffers of one thread. */
    @State(Scope.Thread)
    public static class LiveSet {
        @Param
        public BufferKind kind;

        /** Whether to measure after a full collection, which moves the allocators' objects to other heap regions. */
        @Param({"false"})
        public boolean collect;

        RequestStream requests;
        ByteBuf[] buffers;

        @Setup
        public void fill(AllocatorUnderTest pool, RequestStream requests) {
            pool.join();
            this.requests = requests;
            buffers = new ByteBuf[requests.live];
            for (int i = 0; i < buffers.length; i++) {
                buffers[i] = kind.allocate(pool.instance(), requests.nextSize());
            }
            if (collect) {
                System.gc();
            }
        }

        @TearDown
        public void drain(AllocatorUnderTest pool) {
            for (ByteBuf buffer : buffers) {
                buffer.release();
            }
            pool.leave();
        }
    }

    /**
     * As many unpooled buffers of the same sizes that are never released; one more changes places with them. The writes
     * therefore miss the caches as they do in buffers of a pool: what the control costs with many buffers is the
     * latency of memory, and what the collector does about references that are stored into a large array. On the Java
     * heap whatever {@code kind} says, and not collected beforehand.
     */
    @State(Scope.Thread)
    public static class IdleSet {
        RequestStream requests;
        ByteBuf[] buffers;
        ByteBuf spare;

        @Setup
        public void fill(RequestStream requests) {
            this.requests = requests;
            spare = Unpooled.buffer(1);
            buffers = new ByteBuf[requests.live];
            for (int i = 0; i < buffers.length; i++) {
                buffers[i] = Unpooled.buffer(requests.nextSize());
            }
        }
    }

    /** Draws, touches and stores like the real one, but neither allocates nor releases. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void control(IdleSet set, Turn turn) {
        RequestStream requests = set.requests;
        ByteBuf[] buffers = set.buffers;
        ByteBuf incoming = set.spare;
        for (int i = 0; i < STEPS; i++) {
            int place = requests.nextPlace();
            ByteBuf outgoing = buffers[place];
            incoming.setByte(0, requests.nextSize());
            buffers[place] = incoming;
            incoming = outgoing;
        }
        set.spare = incoming;
        turn.end();
    }

    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void replaceOne(AllocatorUnderTest pool, LiveSet set, Turn turn) {
        RequestStream requests = set.requests;
        ByteBufAllocator allocator = pool.instance();
        BufferKind kind = set.kind;
        ByteBuf[] buffers = set.buffers;
        for (int i = 0; i < STEPS; i++) {
            int place = requests.nextPlace();
            buffers[place].release();
            ByteBuf buffer = kind.allocate(allocator, requests.nextSize());
            buffer.setByte(0, i);
            buffers[place] = buffer;
        }
        turn.end();
    }
}
