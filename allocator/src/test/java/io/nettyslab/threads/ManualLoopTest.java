package io.nettyslab.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.internal.ThreadExecutorMap;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.SlabExhaustedError;
import io.nettyslab.testing.Latches;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.ManualLoop;
import io.nettyslab.testing.PlainThread;
import io.nettyslab.testing.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A plain thread that runs an event loop by hand, as with Netty's {@code ManualIoEventLoop}: only meanwhile does Netty
 * say which, and nobody removes the thread's locals. And a pool's worker that becomes an event loop after it has
 * allocated. Forbidden: memory of their heaps that they do not find, or are not asked for.
 */
@LeakLevel(Level.DISABLED)
class ManualLoopTest {

    private static final int SLAB_SIZE = 1 << 20;

    private final SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
            .slabSize(SLAB_SIZE)
            .maxMemory(SLAB_SIZE)
            .maxPooledBufferSize(SLAB_SIZE)
            .overflowPolicy(OverflowPolicy.FAIL)
            .build();
    private final Worker thread = new PlainThread();
    private final EventExecutor ended = new DefaultEventExecutor();

    @BeforeEach
    void endLoop() {
        ended.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        ended.terminationFuture().awaitUninterruptibly();
    }

    @AfterEach
    void closeAll() {
        thread.close();
        await().until(() -> {
            allocator.close(); // again, since the thread may need a moment to be dead
            return allocator.metric().reservedDirectMemory() == 0;
        });
    }

    private void runLoop(Worker.Task task) {
        runLoop(ended, task);
    }

    private void runLoop(EventExecutor loop, Worker.Task task) {
        thread.run(() -> {
            EventExecutor before = ThreadExecutorMap.setCurrentExecutor(loop);
            try {
                task.run();
            } finally {
                ThreadExecutorMap.setCurrentExecutor(before);
            }
        });
    }

    @Test
    void aClosedAllocatorGoesWhenItsOwnerAsksForABuffer() {
        runLoop(() -> allocator.directBuffer(1000).release());
        allocator.close();
        assertThat(allocator.metric().reservedDirectMemory()).as("its owner's").isEqualTo(SLAB_SIZE);
        thread.run(
                () -> assertThatThrownBy(() -> allocator.directBuffer(1000)).isInstanceOf(IllegalStateException.class));
        assertThat(allocator.metric().reservedDirectMemory()).isZero();
    }

    @Test
    void aClosedAllocatorGoesWhenAnybodyAsksForABufferAfterItsOwnerHasEnded() throws InterruptedException {
        CountDownLatch allocated = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Thread silent = new FastThreadLocalThread(() -> {}, "no clean-up") { // which this promises
                    @Override
                    public void run() {
                        allocator.directBuffer(1000).release();
                        allocated.countDown();
                        Latches.await(closed);
                    }
                };
        silent.start();
        Latches.await(allocated);
        allocator.close();
        closed.countDown();
        silent.join();
        assertThat(allocator.metric().reservedDirectMemory()).as("nobody told").isEqualTo(SLAB_SIZE);
        assertThatThrownBy(() -> allocator.directBuffer(1000)).isInstanceOf(IllegalStateException.class);
        assertThat(allocator.metric().reservedDirectMemory()).isZero();
    }

    @Test
    void aWorkerThatBecameAnEventLoopIsAskedToHandOver() throws Exception {
        ExecutorService pool = Executors.newSingleThreadExecutor(FastThreadLocalThread::new);
        pool.submit(() -> allocator.directBuffer(1000).release()).get();
        EventExecutor loop = new DefaultEventExecutor(pool);
        loop.submit(() -> allocator.directBuffer(2000).release()).get();
        allocator.close();
        await().until(() -> allocator.metric().reservedDirectMemory() == 0);
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    /** It has been asked in the first loop, which is over before it got to that. */
    @Test
    void anOwnerThatRunsAnotherLoopIsAskedAgainToSpill() {
        ManualLoop first = new ManualLoop();
        ManualLoop second = new ManualLoop();
        runLoop(first, () -> allocator.directBuffer(1000).release());
        await().until(() -> isWholeSlabRefused() && first.waiting() == 1);
        runLoop(second, () -> allocator.directBuffer(2000).release());
        await().until(() -> isWholeSlabRefused() && second.waiting() == 1);
        runLoop(second, second::runTasks);
        allocator.directBuffer(SLAB_SIZE).release();
    }

    private boolean isWholeSlabRefused() {
        assertThatThrownBy(() -> allocator.directBuffer(SLAB_SIZE)).isInstanceOf(SlabExhaustedError.class);
        return true;
    }

    @Test
    void whatOthersHaveReleasedIsFoundBetweenTwoLoops() {
        List<ByteBuf> all = new ArrayList<>();
        runLoop(() -> assertThatThrownBy(() -> {
                    for (; ; ) {
                        all.add(allocator.directBuffer(1000));
                    }
                })
                .isInstanceOf(SlabExhaustedError.class));
        all.forEach(ByteBuf::release);
        thread.run(() -> allocator.directBuffer(SLAB_SIZE).release());
    }
}
