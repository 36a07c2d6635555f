package io.nettyslab.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Threads whose ids end in the same bits, and which therefore look for their free lists in the same place. Forbidden: a
 * buffer of one's list that the other takes, and one that never comes home.
 */
@LeakLevel(Level.DISABLED)
class SharedPlaceTest {

    private static final int PLACES = 256; // or any smaller power of two
    private static final int STEPS = 20_000;
    private static final int CAPACITY = 100;

    private final SlabByteBufAllocator allocator = new SlabByteBufAllocator();
    private final ConcurrentLinkedQueue<Numbered> handedOver = new ConcurrentLinkedQueue<>();

    @AfterEach
    void closeAllocator() {
        allocator.close();
        assertThat(allocator.metric().reservedDirectMemory()).isZero();
    }

    @Test
    void twoOwners() throws Exception {
        exchange(FastThreadLocalThread::new);
    }

    @Test
    void anOwnerAndAThreadWithoutAHeap() throws Exception {
        exchange(Thread::new);
    }

    private void exchange(Function<Runnable, Thread> second) throws Exception {
        FutureTask<Void> one = new FutureTask<>(() -> work(0));
        FutureTask<Void> two = new FutureTask<>(() -> work(1));
        Thread first = new FastThreadLocalThread(one);
        Thread other;
        do {
            other = second.apply(two);
        } while ((other.getId() - first.getId()) % PLACES != 0);
        first.start();
        other.start();
        one.get(1, TimeUnit.MINUTES);
        two.get(1, TimeUnit.MINUTES);
        first.join(TimeUnit.MINUTES.toMillis(1));
        other.join(TimeUnit.MINUTES.toMillis(1));
        handedOver.forEach(Numbered::release);
        assertThat(allocator.metric().buffersInUse()).isZero();
    }

    private Void work(int stream) {
        for (int step = 0; step < STEPS; step++) {
            handedOver.add(Numbered.allocate(allocator, Kind.DIRECT, CAPACITY, 2L * step + stream));
            Numbered any = handedOver.poll();
            if (any != null) {
                any.release();
            }
        }
        return null;
    }
}
