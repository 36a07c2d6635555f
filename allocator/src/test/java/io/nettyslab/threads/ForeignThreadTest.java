package io.nettyslab.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.internal.InternalThreadLocalMap;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.Seed;
import io.nettyslab.testing.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Threads Netty knows nothing of, more of them than stripes, that release each other's buffers. Forbidden: a slot that
 * is lost or handed out twice, a thread that waits forever, and memory that grows with the number of threads.
 */
@LeakLevel(Level.DISABLED)
class ForeignThreadTest {

    private static final int MIB = 1 << 20;
    private static final Seed SEED = Seed.of(ForeignThreadTest.class);

    private final SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
            .slabSize(MIB)
            .initialSlabs(0)
            .maxMemory(16 * MIB)
            .overflowPolicy(OverflowPolicy.FAIL)
            .build();
    private final Queue<Numbered> exchange = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @AfterEach
    void closeAllocator() {
        allocator.close();
        assertThat(allocator.metric().reservedDirectMemory()).isZero();
        assertThat(allocator.metric().reservedHeapMemory()).isZero();
    }

    @Test
    void plainThreads() throws InterruptedException {
        exchangeBuffers(Thread::new, 16, 10_000, 4);
    }

    @Test
    void virtualThreads() throws InterruptedException {
        exchangeBuffers(VirtualThreads.factory(), 1_000, 200, 2);
    }

    /** There may be a million of them. */
    @Test
    void aVirtualThreadGetsNoThreadLocals() throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            for (int capacity = 8; capacity <= MIB / 2; capacity *= 2) { // of each some span, and a slab
                allocator.directBuffer(capacity).release();
            }
            return InternalThreadLocalMap.getIfSet() == null;
        });
        VirtualThreads.factory().newThread(task).start();
        assertThat(task.get(1, TimeUnit.MINUTES)).isTrue();
    }

    /**
     * Each thread leaves {@code inExchange} buffers in the queue until it ends: what it takes out is mostly another's.
     */
    private void exchangeBuffers(ThreadFactory factory, int threads, int steps, int inExchange)
            throws InterruptedException {
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            SplittableRandom random = SEED.random(i);
            all.add(factory.newThread(() -> work(random, steps, inExchange)));
        }
        all.forEach(Thread::start);
        for (Thread thread : all) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(exchange).isEmpty();
        assertThat(allocator.metric().buffersInUse()).isZero();
        assertThat(allocator.metric().bytesInUse()).isZero();
        assertThat(allocator.metric().failedAllocations()).isZero();
    }

    private void work(SplittableRandom random, int steps, int inExchange) {
        try {
            for (int i = 0; i < steps; i++) {
                Kind kind = Kind.values()[random.nextInt(2)];
                int capacity = random.nextInt(1, 1 << random.nextInt(1, 12));
                exchange.add(Numbered.allocate(allocator, kind, capacity, random.nextLong()));
                if (i >= inExchange) {
                    takeOne();
                }
            }
            for (int i = 0; i < inExchange; i++) {
                takeOne();
            }
        } catch (Throwable e) {
            failures.add(e);
        }
    }

    private void takeOne() {
        Numbered next = exchange.poll();
        assertThat(next).isNotNull();
        next.release();
    }
}
