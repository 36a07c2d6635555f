package io.nettyslab.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.nettyslab.buffer.BufferSource;
import io.nettyslab.buffer.SlabByteBuf;
import io.nettyslab.memory.MemoryKind;
import io.nettyslab.slab.MemoryBudget;
import io.nettyslab.slab.SizeClasses;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads whose ids lead to the same place. */
class ShortcutsTest {

    private static final int MIB = 1 << 20;
    private static final int PLACES = 256;
    private static final int CAPACITY = 100;
    private static final int MANY = 1000; // allocations, among which an owner looks for its place

    private final ThreadHeaps heaps =
            new ThreadHeaps(new NoSource(), MIB, MIB, 0, 0, false, false, new MemoryBudget(MIB));
    private final ExecutorService owner = Executors.newSingleThreadExecutor(FastThreadLocalThread::new);

    /** Nobody moves here, and nobody asks a buffer for its allocator. */
    private static final class NoSource implements BufferSource {

        @Override
        public ByteBufAllocator allocator() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SlabByteBuf obtain(MemoryKind kind, int capacity, int maxCapacity) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SlabByteBuf tryObtain(MemoryKind kind, int capacity, int maxCapacity) {
            throw new UnsupportedOperationException();
        }
    }

    @AfterEach
    void closeAll() throws InterruptedException {
        owner.shutdown();
        assertThat(owner.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        heaps.close();
    }

    private void allocate() {
        heaps.allocate(MemoryKind.DIRECT, CAPACITY, CAPACITY).release();
    }

    private boolean isFoundByShortcut() {
        return heaps.listOf(Thread.currentThread(), MemoryKind.DIRECT, SizeClasses.classOf(CAPACITY)) != null;
    }

    /** Else threads that come and go would, one after the other, put all event loops off the short way for good. */
    @Test
    void anOwnerGetsItsPlaceBack_whenWhoeverTookItHasEnded() throws Exception {
        long id = owner.submit(() -> {
                    allocate();
                    assertThat(isFoundByShortcut()).isTrue();
                    return Thread.currentThread().getId();
                })
                .get();
        Thread other;
        do {
            other = new FastThreadLocalThread(this::allocate);
        } while ((other.getId() - id) % PLACES != 0);
        other.start();
        other.join(TimeUnit.MINUTES.toMillis(1));
        owner.submit(() -> {
                    assertThat(isFoundByShortcut()).as("taken").isFalse();
                    for (int i = 0; i < MANY && !isFoundByShortcut(); i++) {
                        allocate();
                    }
                    assertThat(isFoundByShortcut()).isTrue();
                })
                .get();
    }
}
