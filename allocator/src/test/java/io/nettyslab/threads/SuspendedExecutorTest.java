package io.nettyslab.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** An executor that is suspended lets its thread end and goes on with another one later. */
@LeakLevel(Level.DISABLED)
class SuspendedExecutorTest {

    private final SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
            .slabSize(1 << 20)
            .maxMemory(4 << 20)
            .overflowPolicy(OverflowPolicy.FAIL)
            .build();
    private final Suspendable executor = new Suspendable();

    @Test
    void theNextThreadFindsWhatTheLastOneLeft() throws Exception {
        List<Numbered> all = call(this::allocateAll);
        Thread first = call(Thread::currentThread);
        suspend(first);
        int room = all.size();
        Numbered.releaseAll(all);
        assertThat(allocator.metric().bytesInUse()).isZero();

        List<Numbered> again = call(this::allocateAll);
        assertThat(call(Thread::currentThread)).isNotSameAs(first);
        assertThat(again).hasSize(room);
        suspend(call(Thread::currentThread));
        Numbered.releaseAll(again);
        allocator.close();
        assertThat(allocator.metric().reservedDirectMemory()).isZero();
        executor.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private List<Numbered> allocateAll() {
        return Numbered.fill(allocator, Kind.DIRECT, 1024);
    }

    private <T> T call(Callable<T> task) throws ExecutionException, InterruptedException {
        return executor.submit(task).get();
    }

    private void suspend(Thread thread) {
        assertThat(executor.trySuspend()).isTrue();
        await().until(() -> !thread.isAlive());
    }

    private static final class Suspendable extends SingleThreadEventExecutor {

        Suspendable() {
            super(
                    null,
                    new DefaultThreadFactory(SuspendedExecutorTest.class, true),
                    true,
                    true,
                    Integer.MAX_VALUE,
                    RejectedExecutionHandlers.reject());
        }

        @Override
        protected void run() {
            do {
                Runnable task = takeTask();
                if (task != null) {
                    runTask(task);
                    updateLastExecutionTime();
                }
            } while (!confirmShutdown() && !canSuspend());
        }
    }
}
