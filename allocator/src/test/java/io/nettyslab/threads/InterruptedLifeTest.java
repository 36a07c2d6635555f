package io.nettyslab.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.SlabExhaustedError;
import io.nettyslab.testing.EventLoop;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.Latches;
import io.nettyslab.testing.LeakLevel;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What goes wrong in the middle of something, in the allocator's surroundings, loses nothing. */
@LeakLevel(Level.DISABLED)
class InterruptedLifeTest {

    private static final int MIB = 1 << 20;

    private static SlabByteBufAllocator allocator() {
        return SlabByteBufAllocator.builder()
                .slabSize(MIB)
                .maxMemory(MIB)
                .overflowPolicy(OverflowPolicy.FAIL)
                .build();
    }

    /** An event loop that at times has no memory for a task. */
    private static final class FailingLoop extends SingleThreadEventExecutor {

        private final AtomicInteger refused = new AtomicInteger();
        private volatile boolean failing;

        FailingLoop() {
            super(null, new DefaultThreadFactory(FailingLoop.class, true), true);
        }

        @Override
        protected void run() {
            do {
                Runnable task = takeTask();
                if (task != null) {
                    task.run();
                }
            } while (!confirmShutdown());
        }

        @Override
        public void execute(Runnable task) {
            if (failing) {
                refused.incrementAndGet();
                throw new OutOfMemoryError("of the test");
            }
            super.execute(task);
        }

        void end() {
            failing = false;
            shutdownGracefully(0, 0, TimeUnit.SECONDS);
            terminationFuture().awaitUninterruptibly();
        }
    }

    @Test
    void aCloseThatFailedHalfWayIsCompletedByTheNext() throws Exception {
        FailingLoop loop = new FailingLoop();
        SlabByteBufAllocator allocator = allocator();
        try {
            loop.submit(() -> allocator.directBuffer(100).release()).get();
            loop.failing = true;
            assertThatThrownBy(allocator::close).isInstanceOf(OutOfMemoryError.class);
            loop.failing = false;
            allocator.close();
            await().until(() -> allocator.metric().reservedDirectMemory() == 0);
        } finally {
            loop.end();
        }
    }

    @Test
    void anOwnerThatCouldNotBeAskedToSpillIsAskedAgain() throws Exception {
        FailingLoop loop = new FailingLoop();
        try (SlabByteBufAllocator allocator = allocator()) {
            List<Numbered> all = loop.submit(() -> Numbered.fill(allocator, Kind.DIRECT, 1000))
                    .get();
            Numbered.releaseAll(all); // remote frees, which only the loop can take in
            loop.failing = true;
            await().untilAsserted(
                            () -> { // owners are asked only every so often
                                assertThatThrownBy(() -> allocator.directBuffer(MIB / 2))
                                        .isInstanceOf(SlabExhaustedError.class);
                                assertThat(loop.refused).hasPositiveValue();
                            });
            loop.failing = false;
            await().until(() -> isServed(allocator, MIB / 2));
        } finally {
            loop.end();
        }
    }

    private static boolean isServed(SlabByteBufAllocator allocator, int capacity) {
        try {
            return allocator.directBuffer(capacity).release();
        } catch (SlabExhaustedError full) {
            return false;
        }
    }

    @Test
    void anOwnerThatDiesWithoutAWordAfterTheCloseKeepsNothing() throws Exception {
        SlabByteBufAllocator allocator = allocator();
        List<ByteBuf> out = new ArrayList<>();
        CountDownLatch allocated = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Thread owner = new FastThreadLocalThread(() -> {}) { // with a task: one that promises to clean up
                    @Override
                    public void run() { // instead of what would remove the thread locals
                        out.add(allocator.directBuffer(100));
                        out.add(allocator.directBuffer(1000));
                        allocated.countDown();
                        Latches.await(closed);
                    }
                };
        owner.start();
        Latches.await(allocated);
        allocator.close();
        closed.countDown();
        owner.join();
        assertThat(allocator.metric().reservedDirectMemory()).isEqualTo(MIB);
        out.forEach(ByteBuf::release);
        assertThat(allocator.metric().reservedDirectMemory()).isZero();
    }

    @Test
    void aThreadThatLivesOnKeepsNoClosedAllocatorReachable() {
        try (EventLoop loop = new EventLoop()) {
            WeakReference<SlabByteBufAllocator> closed = useAndClose(loop);
            await().until(() -> {
                System.gc();
                return closed.get() == null;
            });
        }
    }

    private static WeakReference<SlabByteBufAllocator> useAndClose(EventLoop loop) {
        SlabByteBufAllocator allocator = allocator();
        loop.run(() -> allocator.directBuffer(100).release());
        allocator.close();
        loop.run(() -> {}); // behind the task that hands the heap over
        return new WeakReference<>(allocator);
    }
}
