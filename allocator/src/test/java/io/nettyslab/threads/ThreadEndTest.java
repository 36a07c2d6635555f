package io.nettyslab.threads;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.testing.EventLoop;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.PlainThread;
import io.nettyslab.testing.Worker;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Threads that end, in whatever way, and leave buffers with others. Forbidden: memory that nobody can have any more,
 * and heaps that pile up with threads.
 */
@LeakLevel(Level.DISABLED)
class ThreadEndTest {

    private static final int MIB = 1 << 20;
    private static final long BOUND = 4 * MIB;
    private static final int[] CAPACITIES = {1, 300, 4096, 20_000, 200_000};
    private static final int BUFFERS = 100;
    private static final int SHORT_LIVED = 200;

    private final SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
            .slabSize(MIB)
            .initialSlabs(0)
            .maxMemory(BOUND)
            .maxPooledBufferSize(MIB)
            .overflowPolicy(OverflowPolicy.FAIL)
            .build();

    @AfterEach
    void closeAllocator() {
        assertThat(allocator.metric().buffersInUse()).isZero();
        allocator.close();
        assertThat(allocator.metric().reservedDirectMemory()).isZero();
        assertThat(allocator.metric().reservedHeapMemory()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT_LOOP", "CLEANED_UP"})
    void whatIsReleasedAfterTheEndGivesAllPagesBack(WorkerKind workerKind) {
        List<Numbered> out;
        try (Worker ending = workerKind.start()) {
            out = ending.call(this::allocateSome);
        }
        assertThat(allocator.metric().buffersInUse()).isEqualTo(out.size());
        releaseByTurns(out);
        assertThatNoPageIsTaken();
    }

    @Test
    void whatIsReleasedAfterAnAdoptionGivesAllPagesBack() {
        List<Numbered> out = new ArrayList<>();
        for (int generation = 0; generation < 3; generation++) {
            try (Worker ending = new EventLoop()) {
                out.addAll(ending.call(this::allocateSome));
                releaseByTurns(out.subList(0, out.size() / 2)); // some of an earlier generation, the heap owned again
                out.subList(0, out.size() / 2).clear();
            }
        }
        releaseByTurns(out);
        assertThatNoPageIsTaken();
    }

    @Test
    void shortLivedThreadsPileUpNeitherMemoryNorHeaps() throws Exception {
        Queue<ByteBuf> out = new ConcurrentLinkedQueue<>();
        int heapsAtFirst = heapCount();
        for (int i = 0; i < SHORT_LIVED; i++) {
            Thread thread = new FastThreadLocalThread(() -> {
                allocator.directBuffer(20_000).release();
                allocator.directBuffer(300).release();
                out.add(allocator.directBuffer(1024));
            });
            thread.start();
            thread.join();
            if (out.size() > 3) {
                out.remove().release();
            }
            assertThat(allocator.metric().reservedDirectMemory()).isEqualTo(MIB);
        }
        assertThat(heapCount()).isEqualTo(heapsAtFirst + 1);
        out.forEach(ByteBuf::release);
        assertThatNoPageIsTaken();
    }

    /**
     * Thread locals are removed in no particular order; of so many, some come before the allocator's and some after.
     */
    @ParameterizedTest
    @EnumSource(names = {"EVENT_LOOP", "CLEANED_UP"})
    void whatOtherThreadLocalsAllocateAtTheEndIsNotLost(WorkerKind workerKind) {
        Queue<Numbered> out = new ConcurrentLinkedQueue<>();
        List<LastWish> lastWishes =
                IntStream.range(0, 32).mapToObj(i -> new LastWish(out)).toList();
        try (Worker ending = workerKind.start()) {
            ending.run(() -> {
                lastWishes.subList(0, 16).forEach(FastThreadLocal::get);
                allocator.directBuffer(64).release();
                lastWishes.forEach(FastThreadLocal::get);
            });
        }
        assertThat(out).hasSize(lastWishes.size());
        Numbered.releaseAll(List.copyOf(out));
        assertThatAllMemoryIsUsable();
    }

    @Test
    void firstAllocationAtTheVeryEndIsNotLost() {
        Queue<Numbered> out = new ConcurrentLinkedQueue<>();
        LastWish lastWish = new LastWish(out);
        try (Worker ending = new CleanedUpThread()) {
            ending.run(lastWish::get);
        }
        assertThat(out).hasSize(1);
        assertThatOthersGetTheRest(out.size());
        Numbered.releaseAll(List.copyOf(out));
        assertThatAllMemoryIsUsable();
    }

    @Test
    void threadThatNettyDoesNotCleanUpAfterLeavesItsMemory() throws InterruptedException {
        Queue<Numbered> out = new ConcurrentLinkedQueue<>();
        Thread silent = new FastThreadLocalThread("no clean-up") {
            @Override
            public void run() {
                out.addAll(allocateSome());
            }
        };
        silent.start();
        silent.join();
        releaseByTurns(List.copyOf(out));
        assertThatAllMemoryIsUsable();
    }

    /** Such a thread looks as if Netty cleaned up after it, and gets a heap of its own; its death must do. */
    @Test
    void threadThatOnlySeemsToBeCleanedUpAfterLeavesItsMemory() throws InterruptedException {
        Queue<Numbered> out = new ConcurrentLinkedQueue<>();
        Thread silent = new FastThreadLocalThread(() -> {}, "runnable ignored") {
            @Override
            public void run() {
                out.addAll(allocateSome());
            }
        };
        silent.start();
        silent.join();
        releaseByTurns(List.copyOf(out));
        assertThatAllMemoryIsUsable();
    }

    // --------------------------------------------------------------------------------------------------- helpers

    /** Allocates when it is removed. */
    private final class LastWish extends FastThreadLocal<Integer> {

        private final Queue<Numbered> out;

        LastWish(Queue<Numbered> out) {
            this.out = out;
        }

        @Override
        protected Integer initialValue() {
            return 1;
        }

        @Override
        protected void onRemoval(Integer value) {
            allocator.directBuffer(100).release();
            out.add(Numbered.allocate(allocator, Kind.DIRECT, 100, System.identityHashCode(this)));
        }
    }

    /** Buffers of both kinds and of several sizes, with gaps between them that were released at once. */
    private List<Numbered> allocateSome() {
        List<Numbered> out = new ArrayList<>();
        for (int i = 0; i < BUFFERS; i++) {
            Kind kind = Kind.values()[i % 2];
            int capacity = CAPACITIES[i % CAPACITIES.length] >> i / 10;
            Numbered next = Numbered.allocate(allocator, kind, capacity, i);
            if (i % 3 == 0) {
                next.release();
            } else {
                out.add(next);
            }
        }
        return out;
    }

    /** Half of them on an event loop, half on a plain thread, at the same time. */
    private static void releaseByTurns(List<Numbered> out) {
        List<Numbered> all = List.copyOf(out);
        try (Worker loop = new EventLoop();
                Worker plain = new PlainThread()) {
            var first = loop.start(() -> {
                Numbered.releaseAll(all.subList(0, all.size() / 2));
                return null;
            });
            plain.run(() -> Numbered.releaseAll(all.subList(all.size() / 2, all.size())));
            Worker.await(first);
        }
    }

    private void assertThatNoPageIsTaken() {
        assertThat(allocator.metric().buffersInUse()).isZero();
        assertThat(allocator.metric().bytesInUse()).isZero();
        assertThat(allocator.metric().directSpanBytes()).isZero();
        assertThat(allocator.metric().heapSpanBytes()).isZero();
    }

    private void assertThatAllMemoryIsUsable() {
        assertThat(allocator.metric().buffersInUse()).isZero();
        try (Worker next = new EventLoop()) {
            List<Numbered> direct = next.call(() -> Numbered.fill(allocator, Kind.DIRECT, MIB));
            List<Numbered> heap = next.call(() -> Numbered.fill(allocator, Kind.HEAP, MIB));
            assertThat(direct.size() + heap.size()).isEqualTo((int) (BOUND / MIB));
            Numbered.releaseAll(direct);
            Numbered.releaseAll(heap);
        }
    }

    private void assertThatOthersGetTheRest(int slabsTaken) {
        try (Worker next = new EventLoop()) {
            List<Numbered> rest = next.call(() -> Numbered.fill(allocator, Kind.DIRECT, MIB));
            assertThat(rest).hasSize((int) (BOUND / MIB) - slabsTaken);
            Numbered.releaseAll(rest);
        }
    }

    /** No metric tells, since no user need know; but each heap that is made and never used again is a leak. */
    private int heapCount() throws ReflectiveOperationException {
        Object heaps = field(allocator, "heaps");
        return ((Collection<?>) field(heaps, "all")).size();
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }
}
