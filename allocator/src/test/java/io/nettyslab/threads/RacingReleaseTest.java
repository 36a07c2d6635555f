package io.nettyslab.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.testing.EventLoop;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.PlainThread;
import io.nettyslab.testing.Worker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Threads that do not agree whose a buffer is. Forbidden: two releases that both are the last, a retain that revives a
 * buffer which is at home, and a free list that has a slot twice or lost it in consequence.
 */
@LeakLevel(Level.DISABLED)
class RacingReleaseTest {

    private static final int ROUNDS = 20_000;
    private static final int CAPACITY = 64;
    private static final int LIVE = 16;

    private final SlabByteBufAllocator allocator =
            SlabByteBufAllocator.builder().slabSize(1 << 20).maxMemory(1 << 20).build();
    private final List<Worker> workers =
            List.of(new EventLoop(), new PlainThread(), new CleanedUpThread(), new EventLoop());
    private final int threads = workers.size();
    private final SpinBarrier allTogether = new SpinBarrier(threads);
    private final AtomicIntegerArray lastReleases = new AtomicIntegerArray(ROUNDS);
    private final AtomicIntegerArray refused = new AtomicIntegerArray(ROUNDS);
    private volatile ByteBuf contested;

    @AfterEach
    void closeAll() {
        workers.forEach(Worker::close);
        allocator.close();
        assertThat(allocator.metric().reservedDirectMemory()).isZero();
    }

    @Test
    void oneOfManyReleasesIsTheLastAndAllOthersAreRefused() {
        onAllWorkers(worker -> {
            Deque<Numbered> live = new ArrayDeque<>();
            for (int round = 0; round < ROUNDS; round++) {
                if (round % threads == worker) {
                    contested = nextContested(live, round);
                }
                allTogether.await();
                releaseOnce(contested, round);
                allTogether.await();
            }
            Numbered.releaseAll(List.copyOf(live));
        });
        assertThatEachRoundHadOneWinner();
        assertThatFreeListsAreIntact();
    }

    /** Forbidden beyond the above: a reference to the buffer that goes with a second release of its view. */
    @Test
    void oneOfManyReleasesGivesAViewBack() {
        ByteBuf buffer = allocator.directBuffer(CAPACITY);
        int[] referencesLeft = new int[ROUNDS];
        onAllWorkers(worker -> {
            for (int round = 0; round < ROUNDS; round++) {
                if (round % threads == worker) {
                    contested = buffer.retainedSlice(0, 1);
                }
                allTogether.await();
                releaseOnce(contested, round);
                allTogether.await();
                if (round % threads == worker) {
                    referencesLeft[round] = buffer.refCnt();
                }
                allTogether.await(); // before anybody asks for the next view
            }
        });
        assertThat(referencesLeft).containsOnly(1);
        assertThatEachRoundHadOneWinner();
        buffer.release();
        assertThatFreeListsAreIntact();
    }

    private void assertThatEachRoundHadOneWinner() {
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(lastReleases.get(round))
                    .as("last releases in round %s", round)
                    .isEqualTo(1);
            assertThat(refused.get(round)).as("refused in round %s", round).isEqualTo(threads - 1);
        }
    }

    /** Renews one of this thread's own buffers as well: a slot that is on a free list twice would show in those. */
    private ByteBuf nextContested(Deque<Numbered> live, int round) {
        if (live.size() == LIVE) {
            live.remove().release();
        }
        live.add(Numbered.allocate(allocator, Kind.DIRECT, CAPACITY, round));
        return allocator.directBuffer(CAPACITY);
    }

    private void releaseOnce(ByteBuf buffer, int round) {
        try {
            if (buffer.release()) {
                lastReleases.incrementAndGet(round);
            }
        } catch (IllegalReferenceCountException expected) {
            refused.incrementAndGet(round);
        }
    }

    @Test
    void retainAgainstTheLastReleaseSucceedsOrIsRefusedButNeverRevives() {
        AtomicIntegerArray retained = new AtomicIntegerArray(ROUNDS);
        onAllWorkers(worker -> {
            for (int round = 0; round < ROUNDS; round++) {
                if (round % threads == worker) {
                    contested = allocator.directBuffer(CAPACITY).setLong(0, round);
                }
                allTogether.await();
                if ((round + 1) % threads == worker) {
                    releaseOnce(contested, round);
                } else if (retainThenRelease(contested, round)) {
                    retained.incrementAndGet(round);
                }
                allTogether.await();
            }
        });
        int times = 0;
        for (int round = 0; round < ROUNDS; round++) {
            assertThat(lastReleases.get(round))
                    .as("last releases in round %s", round)
                    .isEqualTo(1);
            assertThat(refused.get(round) + retained.get(round))
                    .as("retains in round %s", round)
                    .isEqualTo(threads - 1);
            times += retained.get(round);
        }
        assertThat(times).as("retains that came in time: the race was one").isPositive();
        assertThatFreeListsAreIntact();
    }

    /** Returns whether the retain succeeded. If so, the buffer must be this thread's to use until it lets go. */
    private boolean retainThenRelease(ByteBuf buffer, int round) {
        try {
            buffer.retain();
        } catch (IllegalReferenceCountException tooLate) {
            refused.incrementAndGet(round);
            return false;
        }
        assertThat(buffer.getLong(0)).isEqualTo(round);
        if (buffer.release()) {
            lastReleases.incrementAndGet(round);
        }
        return true;
    }

    private void assertThatFreeListsAreIntact() {
        assertThat(allocator.metric().buffersInUse()).isZero();
        List<List<Numbered>> held = workers.stream()
                .map(worker -> worker.call(() -> IntStream.range(0, 512)
                        .mapToObj(i -> Numbered.allocate(allocator, Kind.DIRECT, CAPACITY, 31L * i + worker.hashCode()))
                        .toList()))
                .toList();
        held.forEach(buffers -> buffers.forEach(Numbered::check));
        held.forEach(Numbered::releaseAll);
        assertThat(allocator.metric().buffersInUse()).isZero();
    }

    /** What one of the workers does; they are numbered from 0. */
    @FunctionalInterface
    private interface Work {
        void run(int worker);
    }

    private void onAllWorkers(Work work) {
        List<Future<Void>> started = IntStream.range(0, threads)
                .mapToObj(i -> workers.get(i).start(() -> runOrBreakUp(work, i)))
                .toList();
        started.forEach(Worker::await);
    }

    private Void runOrBreakUp(Work work, int worker) {
        try {
            work.run(worker);
            return null;
        } catch (Throwable e) {
            allTogether.breakUp();
            throw e;
        }
    }
}
