package io.nettyslab.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettyslab.testing.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Forbidden: two holders at a time, a holder that misses what the last one did, and a thread that waits forever. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeapLockTest {

    private static class Lock extends HeapLock {}

    private final Lock lock = new Lock();
    private long counter; // guarded by the lock

    @Test
    void plainThreadsExcludeEachOther() throws InterruptedException {
        count(Thread::new, 16, 50_000);
    }

    @Test
    void virtualThreadsExcludeEachOther() throws InterruptedException {
        count(VirtualThreads.factory(), 1_000, 1_000);
    }

    private void count(ThreadFactory factory, int threads, int steps) throws InterruptedException {
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            boolean waits = i % 2 == 0;
            all.add(factory.newThread(() -> {
                for (int step = 0; step < steps; ) {
                    if (waits ? waitAndLock() : lock.tryLock()) {
                        step++;
                        counter++;
                        if (step % 100 == 0) {
                            Thread.yield(); // as a holder does that loses its core
                        }
                        lock.unlock();
                    } else {
                        Thread.yield();
                    }
                }
            }));
        }
        all.forEach(Thread::start);
        for (Thread thread : all) {
            thread.join();
        }
        assertThat(counter).isEqualTo((long) threads * steps);
        assertThat(lock.tryLock()).as("unlocked at the end").isTrue();
    }

    private boolean waitAndLock() {
        lock.lock();
        return true;
    }

    @Test
    void holderThatTriesAgainIsRefused() {
        assertThat(lock.tryLock()).isTrue();
        assertThat(lock.tryLock()).isFalse();
        lock.unlock();
        assertThat(lock.tryLock()).isTrue();
    }

    @Test
    void interruptNeitherEndsTheWaitingNorIsLost() throws InterruptedException {
        lock.lock();
        boolean[] interrupted = new boolean[1];
        Thread waiter = new Thread(() -> {
            lock.lock();
            interrupted[0] = Thread.currentThread().isInterrupted();
            counter++;
            lock.unlock();
        });
        waiter.start();
        waiter.interrupt();
        awaitParked(waiter);
        assertThat(counter).isZero();
        lock.unlock();
        waiter.join();
        assertThat(counter).isEqualTo(1);
        assertThat(interrupted[0]).isTrue();
    }

    /** No Java heap for what it takes to wait in line, or asleep. */
    @Test
    void whoCannotWaitInLineLooksAgain() throws InterruptedException {
        AtomicInteger parks = new AtomicInteger();
        Lock sleepless = new Lock() {
            @Override
            void park() {
                if (parks.getAndIncrement() < 3) {
                    throw new OutOfMemoryError("no room to wait");
                }
                super.park();
            }
        };
        sleepless.lock();
        Thread waiter = new Thread(() -> {
            sleepless.lock();
            counter++;
            sleepless.unlock();
        });
        waiter.start();
        awaitParked(waiter);
        assertThat(parks).hasValueGreaterThan(3);
        sleepless.unlock();
        waiter.join();
        assertThat(counter).isEqualTo(1);
    }

    private static void awaitParked(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
