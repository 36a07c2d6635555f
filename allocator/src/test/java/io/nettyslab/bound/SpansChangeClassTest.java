package io.nettyslab.bound;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.util.ResourceLeakDetector.Level;
import io.nettyslab.OverflowPolicy;
import io.nettyslab.SlabByteBufAllocator;
import io.nettyslab.testing.EventLoop;
import io.nettyslab.testing.Kind;
import io.nettyslab.testing.LeakLevel;
import io.nettyslab.testing.PlainThread;
import io.nettyslab.testing.Seed;
import io.nettyslab.testing.Worker;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory that was of one size class serves every other: all of it when all is released, else all whole spans. */
@LeakLevel(Level.DISABLED)
class SpansChangeClassTest {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final int SLAB = 4 * MIB;
    private static final int MAX = 16 * MIB;
    private static final int PAGE = 4 * KIB;
    private static final Seed SEED = Seed.of(SpansChangeClassTest.class);

    enum OnThread {
        EVENT_LOOP(EventLoop::new),
        PLAIN(PlainThread::new);

        private final Supplier<Worker> start;

        OnThread(Supplier<Worker> start) {
            this.start = start;
        }

        OnThread other() {
            return this == PLAIN ? EVENT_LOOP : PLAIN;
        }
    }

    private final SlabByteBufAllocator allocator = SlabByteBufAllocator.builder()
            .slabSize(SLAB)
            .maxMemory(MAX)
            .initialSlabs(0)
            .overflowPolicy(OverflowPolicy.FAIL)
            .build();

    @AfterEach
    void close() {
        assertThat(allocator.metric().buffersInUse()).isZero();
        allocator.close();
    }

    @ParameterizedTest
    @EnumSource
    void allMemoryServesOneClassAfterAnother(OnThread thread) {
        try (Worker worker = thread.start.get()) {
            Stock stock = new Stock(allocator, Kind.DIRECT);
            for (int size : new int[] {512, 64 * KIB, MIB, 16, 2 * MIB, 4 * KIB, 256 * KIB, 512}) {
                assertThat(worker.call(() -> stock.fill(size)))
                        .as("buffers of %s", size)
                        .isEqualTo(MAX / size);
                worker.run(stock::releaseAll);
            }
        }
    }

    /** The owner of a heap is an event loop that goes on living, so that it keeps a stack of slots ready. */
    @Test
    void anIdleEventLoopHoldsBackNoMoreThanItsReadySlots() {
        try (Worker loop = new EventLoop();
                Worker plain = new PlainThread()) {
            Stock stock = new Stock(allocator, Kind.DIRECT);
            int held = 0; // bytes: each ready slot may keep a span of its class from everybody else
            for (int size : new int[] {512, 64 * KIB, MIB}) {
                loop.call(() -> stock.fill(size));
                loop.run(stock::releaseAll);
                int readySlots = Math.max(4, Math.min(256, SLAB / 16 / size));
                held += readySlots * Math.max(PAGE, size);
                int got = plain.call(() -> stock.fill(512));
                assertThat(got * 512)
                        .as("bytes left by the loop after %s", size)
                        .isGreaterThanOrEqualTo(MAX - held);
                plain.run(stock::releaseAll);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aThreadThatLeavesNothingReadyServesTheOther(OnThread first) {
        Stock stock = new Stock(allocator, Kind.DIRECT);
        for (int size : new int[] {512, 64 * KIB}) {
            try (Worker one = first.start.get()) {
                assertThat(one.call(() -> stock.fill(size))).isEqualTo(MAX / size);
                one.run(stock::releaseAll);
            }
            try (Worker two = first.other().start.get()) {
                assertThat(two.call(() -> stock.fill(MIB)))
                        .as("after %s on %s", size, first)
                        .isEqualTo(16);
                two.run(stock::releaseAll);
            }
        }
    }

    /** What another thread released waits for the owner; once the owner itself lacks memory, nothing waits any more. */
    @ParameterizedTest
    @EnumSource
    void whatOthersReleasedServesEveryClassOfTheOwner(OnThread releaser) {
        try (Worker loop = new EventLoop();
                Worker other = releaser.start.get()) {
            Stock stock = new Stock(allocator, Kind.DIRECT);
            loop.call(() -> stock.fill(512));
            other.run(stock::releaseAll);
            assertThat(loop.call(() -> stock.fill(64 * KIB))).isEqualTo(MAX / (64 * KIB));
            loop.run(stock::releaseAll);
        }
    }

    /**
     * Guaranteed: every page all of whose slots are released serves again. With 8 slots in a page and one of ten
     * buffers left, that is 43 % of the pages, of which 8 KiB need two in a row.
     */
    @ParameterizedTest
    @EnumSource
    void wholeSpansServeAnotherClassWhileOthersAreInUse(OnThread thread) {
        SplittableRandom random = SEED.random(thread.ordinal());
        try (Worker worker = thread.start.get()) {
            Stock small = new Stock(allocator, Kind.HEAP);
            Stock large = new Stock(allocator, Kind.HEAP);
            assertThat(worker.call(() -> small.fill(512))).isEqualTo(MAX / 512);
            worker.run(() -> small.releaseSome(0.9, random));
            int pairs = pairsOfFreePages(small);
            assertThat(pairs).as("pairs of free pages, %s", SEED).isGreaterThan(MAX / (2 * PAGE) / 4);
            assertThat(worker.call(() -> large.fill(2 * PAGE))).as("%s", SEED).isEqualTo(pairs);
            int freeSlots = MAX / 512 - small.buffers().size() - pairs * 2 * PAGE / 512;
            assertThat(worker.call(() -> small.fill(512)))
                    .as("the rest, %s", SEED)
                    .isEqualTo(freeSlots);
            worker.run(large::releaseAll);
            worker.run(small::releaseAll);
            // Any class that fits a page gets all of it. Long runs need not: the first of them are placed around the
            // slots that are still ready, wherever these happen to lie.
            assertThat(worker.call(() -> large.fill(PAGE))).as("%s", SEED).isEqualTo(MAX / PAGE);
            worker.run(large::releaseAll);
        }
    }

    private static int pairsOfFreePages(Stock stock) {
        Map<byte[], BitSet> usedPages = new IdentityHashMap<>();
        for (ByteBuf buffer : stock.buffers()) {
            usedPages.computeIfAbsent(buffer.array(), slab -> new BitSet()).set(buffer.arrayOffset() / PAGE);
        }
        assertThat(usedPages).hasSize(MAX / SLAB);
        int pairs = 0;
        for (BitSet used : usedPages.values()) {
            int start = 0;
            while (start < SLAB / PAGE) {
                int next = used.nextSetBit(start);
                int end = next < 0 ? SLAB / PAGE : next;
                pairs += (end - start) / 2;
                start = end + 1;
            }
        }
        return pairs;
    }
}
