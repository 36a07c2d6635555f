package io.nettyslab.jmh;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.internal.ThreadExecutorMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The allocator of a trial, made anew for each and shared by its threads. Whoever keeps buffers across invocations
 * calls {@link #join()} before the first and {@link #leave()} after releasing the last one: JMH tears shared state
 * down while other threads may still be at it, so the trial itself is counted too and the last to leave closes.
 */
@State(Scope.Benchmark)
public class AllocatorUnderTest {

    private static final double MIB = 1 << 20;

    @Param({"slab", "pooled", "adaptive", "unpooled"})
    public AllocatorKind allocator;

    private ByteBufAllocator instance; // written before the workers start
    private final AtomicInteger users = new AtomicInteger(); // any thread

    @Setup(Level.Trial)
    public void create() {
        if ("CUSTOM".equals(System.getProperty("jmh.executor")) && ThreadExecutorMap.currentExecutor() == null) {
            throw new IllegalStateException("thread: " + Thread.currentThread() + " (expected: an event loop)");
        }
        instance = allocator.create();
        users.set(1);
    }

    ByteBufAllocator instance() {
        return instance;
    }

    /** Announces a thread that will hold buffers. */
    void join() {
        users.incrementAndGet();
    }

    /** Called by a thread that has released all its buffers. */
    void leave() {
        if (users.decrementAndGet() == 0) {
            AllocatorKind.close(instance);
        }
    }

    /** Takes the reading here, since trial set-up and tear-down lie between the profiler's own hooks. */
    @TearDown(Level.Iteration)
    public void readReservedBytes() {
        Readings.put("reserved", AllocatorKind.reservedBytes(instance) / MIB, "MiB");
    }

    @TearDown(Level.Trial)
    public void finish() {
        leave();
    }
}
