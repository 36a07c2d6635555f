package io.nettyslab.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nettyslab.memory.Memory;
import io.nettyslab.memory.MemoryKind;
import io.nettyslab.testing.PlainThread;
import io.nettyslab.testing.Seed;
import io.nettyslab.testing.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlabPoolTest {

    private static final int SLAB_SIZE = 1 << 20;
    private static final int PAGES = SLAB_SIZE / SizeClasses.PAGE_SIZE;
    private static final int MAX_SLABS = 3;
    private static final Seed SEED = Seed.of(SlabPoolTest.class);

    private final MemoryBudget budget = new MemoryBudget(MAX_SLABS * SLAB_SIZE + SLAB_SIZE - 1);
    private SlabPool pool = new SlabPool(MemoryKind.HEAP, SLAB_SIZE, false, budget);

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void growsUpToTheBoundInWholeSlabs() {
        assertThat(pool.take(1)).as("without slabs").isEqualTo(SlabPool.NONE);
        for (int slabs = 0; slabs < MAX_SLABS; slabs++) {
            assertThat(pool.grow(slabs)).isTrue();
        }
        assertThat(pool.grow(MAX_SLABS)).as("past the bound").isFalse();
        assertThat(pool.slabCount()).isEqualTo(MAX_SLABS);
        assertThat(pool.reservedBytes()).isEqualTo(MAX_SLABS * SLAB_SIZE).isEqualTo(budget.taken());
    }

    @Test
    void aBudgetIsSharedWithAnotherPool() {
        SlabPool other = new SlabPool(MemoryKind.HEAP, SLAB_SIZE, false, budget);
        assertThat(other.grow(0) && other.grow(1)).isTrue();
        assertThat(pool.grow(0)).isTrue();
        assertThat(pool.grow(1)).isFalse();
        other.close();
        assertThat(pool.grow(1)).as("after the other gave its slabs back").isTrue();
    }

    @Test
    void whoHasNotSeenTheLatestSlabDoesNotAddAnother() {
        assertThat(pool.grow(0)).isTrue();
        assertThat(pool.grow(0)).isTrue();
        assertThat(pool.slabCount()).isEqualTo(1);
    }

    @Test
    void aSlabThatWentIsNotTakenForOneThatCame() {
        growToTheBound();
        int addedSeen = pool.slabsAdded();
        assertThat(pool.freeOne(0)).isTrue();
        try (OtherPool other = new OtherPool()) {
            assertThat(other.pool.grow(0)).isTrue();
            assertThat(pool.grow(addedSeen)).as("nothing is left for it").isFalse();
        }
        assertThat(pool.grow(addedSeen)).isTrue();
        assertThat(pool.freeOne(0)).isTrue();
        int count = pool.slabCount();
        assertThat(pool.grow(addedSeen)).as("one was added, unseen").isTrue();
        assertThat(pool.slabCount()).isEqualTo(count);
    }

    private final class OtherPool implements AutoCloseable {
        private final SlabPool pool = new SlabPool(MemoryKind.HEAP, SLAB_SIZE, false, budget);

        @Override
        public void close() {
            pool.close();
        }
    }

    @Test
    void twoThreadsThatGrowAtOnceAddOneSlab() {
        try (PlainThread one = new PlainThread();
                PlainThread two = new PlainThread()) {
            for (int round = 0; round < 30; round++) {
                SlabPool contended = new SlabPool(MemoryKind.HEAP, SLAB_SIZE, false, new MemoryBudget(Long.MAX_VALUE));
                CyclicBarrier together = new CyclicBarrier(2);
                Future<Boolean> first = one.start(() -> together.await() >= 0 && contended.grow(0));
                Future<Boolean> second = two.start(() -> together.await() >= 0 && contended.grow(0));
                assertThat(Worker.await(first) && Worker.await(second)).isTrue();
                assertThat(contended.slabCount()).as("round %s", round).isEqualTo(1);
                contended.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void memoryIsFreedWhenTheLastRunIsBack(MemoryKind kind) {
        pool = new SlabPool(kind, SLAB_SIZE, false, budget);
        pool.grow(0);
        pool.grow(1);
        int one = pool.take(PAGES);
        int two = pool.take(3);
        pool.close();
        assertThat(pool.reservedBytes()).isEqualTo(2 * SLAB_SIZE);
        assertThat(pool.memoryOf(one)).isNotSameAs(pool.memoryOf(two));
        pool.giveBack(one, PAGES);
        pool.giveBack(two, 2);
        assertThat(pool.reservedBytes())
                .as("one page is out")
                .isEqualTo(2 * SLAB_SIZE)
                .isEqualTo(budget.taken());
        pool.giveBack(two + 2, 1);
        assertThat(pool.reservedBytes()).isZero().isEqualTo(budget.taken());
        assertThat(pool.bytesOut()).isZero();
    }

    @Test
    void anIdlePoolIsFreedAtOnceAndRefusesFromThenOn() {
        pool.grow(0);
        pool.close();
        assertThat(budget.taken()).isZero();
        assertThat(pool.take(1)).isEqualTo(SlabPool.NONE);
        assertThat(pool.grow(pool.slabsAdded())).isFalse();
        pool.close();
        assertThat(budget.taken()).as("closed twice").isZero();
    }

    @Test
    void aPoolWithRunsOutRefusesOnceClosed() {
        pool.grow(0);
        int run = pool.take(1);
        pool.close();
        assertThat(pool.take(1)).isEqualTo(SlabPool.NONE);
        assertThat(pool.grow(1)).isFalse();
        pool.giveBack(run, 1);
        assertThat(budget.taken()).isZero();
    }

    @Test
    void whatTheJvmRefusesIsNotCounted() {
        int tooMuch = 1 << 30;
        assumeTrue(Runtime.getRuntime().maxMemory() <= tooMuch, "a heap that cannot hold 1 GiB");
        MemoryBudget large = new MemoryBudget(Long.MAX_VALUE);
        SlabPool refused = new SlabPool(MemoryKind.HEAP, tooMuch, false, large);
        assertThat(refused.grow(0)).isFalse();
        assertThat(large.taken()).isZero();
        assertThat(refused.slabCount()).isZero();
        refused.close();
    }

    @Test
    void slabsAreTurnedOverOnceHalfTheirPagesHaveBeenTaken() {
        pool.grow(0);
        pool.grow(1);
        assertThat(pool.noteHalfTaken()).isFalse();
        for (int taken = 1; taken < PAGES; taken++) { // half of two slabs, but for one page
            pool.giveBack(pool.take(1), 1);
        }
        assertThat(pool.noteHalfTaken()).isFalse();
        pool.giveBack(pool.take(1), 1);
        assertThat(pool.noteHalfTaken()).isTrue();
        assertThat(pool.noteHalfTaken()).as("said once").isFalse();
    }

    @Test
    void anEbbIsWhenAQuarterOfThePagesInUseHaveComeBack() {
        pool.grow(0);
        int run = pool.take(PAGES);
        pool.giveBack(run, PAGES / 4 - 1);
        assertThat(pool.ebbs()).isZero();
        pool.giveBack(run + PAGES / 4 - 1, 1);
        assertThat(pool.ebbs()).isEqualTo(1);
        pool.giveBack(run + PAGES / 4, 1);
        assertThat(pool.ebbs()).as("told once").isEqualTo(1);
        pool.giveBack(run + PAGES / 4 + 1, 3 * PAGES / 4 - 1);
        assertThat(pool.ebbs()).isEqualTo(2);
    }

    @Test
    void slabsThatWereNeverUsedCanBeGivenUp() {
        pool.grow(0);
        pool.freeIfUnused();
        assertThat(budget.taken()).isZero();
        assertThat(pool.grow(pool.slabsAdded())).as("and come back").isTrue();
        assertThat(pool.slabCount()).isEqualTo(1);
        pool.giveBack(pool.take(1), 1);
        pool.freeIfUnused();
        assertThat(pool.slabCount()).as("used once").isEqualTo(1);
    }

    @Test
    void aSlabWithoutARunThatIsOutCanBeFreed() {
        pool.grow(0);
        pool.grow(1);
        pool.grow(2);
        int low = pool.take(PAGES);
        int middle = pool.take(PAGES);
        int high = pool.take(PAGES);
        assertThat(pool.freeOne(0)).as("all are in use").isFalse();
        int[] numbers = {pool.numberOf(low), pool.numberOf(middle), pool.numberOf(high)};
        pool.giveBack(middle, PAGES);
        assertThat(pool.freeOne(3)).as("as many are to stay").isFalse();
        assertThat(pool.freeOne(2)).isTrue();
        assertThat(pool.slabCount()).isEqualTo(2);
        assertThat(pool.reservedBytes()).isEqualTo(2 * SLAB_SIZE);
        assertThat(budget.taken()).isEqualTo(2 * SLAB_SIZE);
        assertThat(pool.slabNumbers()).doesNotContain(numbers[1]).hasSize(2);
        assertThat(pool.take(1)).as("the others are full").isEqualTo(SlabPool.NONE);
        assertThat(pool.memoryOf(middle)).isNull();
        pool.giveBack(high, 1);
        assertThat(pool.take(1)).as("behind what was freed").isEqualTo(high);
        assertThat(pool.grow(pool.slabsAdded())).isTrue();
        assertThat(pool.slabNumbers()).containsExactlyInAnyOrder(numbers);
        assertThat(pool.take(PAGES)).as("its number is used again").isEqualTo(middle);
        pool.giveBack(low, PAGES);
        pool.giveBack(middle, PAGES);
        pool.giveBack(high, PAGES);
        while (pool.freeOne(0)) {
            assertThat(budget.taken()).isEqualTo(pool.reservedBytes());
        }
        assertThat(pool.slabCount()).isZero();
        assertThat(pool.slabNumbers()).isEmpty();
        pool.close();
        assertThat(budget.taken()).isZero();
    }

    @Test
    void aRunLiesWhereItsPagesSay() {
        pool.grow(0);
        pool.grow(1);
        int first = pool.take(PAGES);
        int second = pool.take(PAGES);
        assertThat(pool.bytesOut()).isEqualTo(2 * SLAB_SIZE);
        assertThat(pool.offsetOf(second + 5)).isEqualTo(5 * SizeClasses.PAGE_SIZE);
        assertThat(pool.memoryOf(first + PAGES - 1)).isSameAs(pool.memoryOf(first));
        assertThat(pool.memoryOf(first).size()).isEqualTo(SLAB_SIZE);
        pool.giveBack(first, PAGES);
        pool.giveBack(second, PAGES);
    }

    @Test
    void smallSlotsGatherInTheLowestSlab() {
        growToTheBound();
        int sizeClass = SizeClasses.classOf(2048);
        int pages = SizeClasses.spanPages(sizeClass);
        int spans = PAGES / pages;
        List<Integer> runs = new ArrayList<>();
        for (int i = 0; i < spans; i++) {
            runs.add(takeSpan(sizeClass));
            assertThat(pool.numberOf(runs.get(i))).isZero();
        }
        int next = takeSpan(sizeClass);
        assertThat(pool.numberOf(next)).as("the lowest is full").isEqualTo(1);
        pool.giveBack(runs.remove(3), pages);
        int again = takeSpan(sizeClass);
        assertThat(pool.numberOf(again)).as("there is room again").isZero();
        pool.giveBack(next, pages);
        pool.giveBack(again, pages);
        runs.forEach(run -> pool.giveBack(run, pages));
    }

    @Test
    void largeSlotsTakeTheRunThatFitsBest() {
        growToTheBound();
        int first = pool.take(PAGES);
        int second = pool.take(PAGES);
        int third = pool.take(PAGES);
        pool.giveBack(first, 40);
        pool.giveBack(second + 7, 20);
        pool.giveBack(third, 60);
        assertThat(takeSpan(SizeClasses.classOf(20 * SizeClasses.PAGE_SIZE))).isEqualTo(second + 7);
    }

    private int takeSpan(int sizeClass) {
        int[] first = {SlabPool.NONE};
        pool.takeSpans(sizeClass, first, 1);
        return first[0];
    }

    private void growToTheBound() {
        for (int slabs = 0; slabs < MAX_SLABS; slabs++) {
            pool.grow(slabs);
        }
    }

    @Test
    void threadsNeverHaveAPageAtTheSameTimeNorPassTheBound() {
        AtomicIntegerArray owners = new AtomicIntegerArray(MAX_SLABS * PAGES);
        List<Worker> workers = new ArrayList<>();
        List<Future<Void>> loads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            SplittableRandom random = SEED.random(i);
            workers.add(new PlainThread());
            loads.add(workers.get(i).start(() -> load(owners, random)));
        }
        loads.forEach(Worker::await);
        workers.forEach(Worker::close);
        assertThat(pool.bytesOut()).isZero();
        assertThat(pool.slabCount()).isEqualTo(MAX_SLABS);
    }

    private Void load(AtomicIntegerArray owners, SplittableRandom random) {
        List<int[]> runs = new ArrayList<>();
        for (int step = 0; step < 3_000; step++) {
            int pages = 1 + random.nextInt(PAGES / 4);
            int addedSeen = pool.slabsAdded();
            int first = pool.take(pages);
            if (first == SlabPool.NONE) {
                pool.grow(addedSeen);
                for (int[] run : runs) {
                    mark(owners, run, 1, 0);
                    pool.giveBack(run[0], run[1]);
                }
                runs.clear();
            } else {
                runs.add(new int[] {first, pages});
                mark(owners, runs.get(runs.size() - 1), 0, 1);
            }
            assertThat(pool.reservedBytes()).isLessThanOrEqualTo(MAX_SLABS * SLAB_SIZE);
        }
        runs.forEach(run -> mark(owners, run, 1, 0));
        runs.forEach(run -> pool.giveBack(run[0], run[1]));
        return null;
    }

    /** Forbidden: a slab that is freed while a run of it is out, or a page with two owners. */
    @Test
    void slabsThatGoFromPoolToPoolAreNeverFreedUnderARun() {
        SlabPool[] pools = {pool, new SlabPool(MemoryKind.HEAP, SLAB_SIZE, false, budget)};
        AtomicIntegerArray[] owners = {
            new AtomicIntegerArray(MAX_SLABS * PAGES), new AtomicIntegerArray(MAX_SLABS * PAGES)
        };
        List<Worker> workers = new ArrayList<>();
        List<Future<Void>> loads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            SplittableRandom random = SEED.random(100 + i);
            workers.add(new PlainThread());
            loads.add(workers.get(i).start(() -> loadBoth(pools, owners, random)));
        }
        loads.forEach(Worker::await);
        workers.forEach(Worker::close);
        assertThat(pools[0].bytesOut() + pools[1].bytesOut()).isZero();
        assertThat(pools[0].reservedBytes() + pools[1].reservedBytes()).isEqualTo(budget.taken());
        assertThat(changes).hasPositiveValue();
        pools[1].close();
    }

    private final AtomicInteger changes = new AtomicInteger();

    private Void loadBoth(SlabPool[] pools, AtomicIntegerArray[] owners, SplittableRandom random) {
        List<Runnable> giveBack = new ArrayList<>();
        for (int step = 0; step < 3_000; step++) {
            int which = random.nextInt(2);
            SlabPool each = pools[which];
            int[] run = {SlabPool.NONE, 1 + random.nextInt(PAGES / 2)};
            int addedSeen = each.slabsAdded();
            run[0] = each.take(run[1]);
            if (run[0] == SlabPool.NONE) {
                if (!each.grow(addedSeen) && pools[1 - which].freeOne(0)) {
                    changes.incrementAndGet();
                    each.grow(addedSeen);
                }
                giveBack.forEach(Runnable::run);
                giveBack.clear();
            } else {
                mark(owners[which], run, 0, 1);
                Memory memory = each.memoryOf(run[0]);
                giveBack.add(() -> {
                    assertThat(each.memoryOf(run[0])).as("%s", SEED).isNotNull().isSameAs(memory);
                    mark(owners[which], run, 1, 0);
                    each.giveBack(run[0], run[1]);
                });
            }
        }
        giveBack.forEach(Runnable::run);
        return null;
    }

    /** Forbidden: a slab that comes after the end, and stays. */
    @Test
    void aSlabThatIsAddedWhileThePoolIsClosedGoesWithIt() {
        try (Worker grower = new PlainThread()) {
            for (int round = 0; round < 200; round++) {
                SlabPool each = new SlabPool(MemoryKind.HEAP, SLAB_SIZE, false, budget);
                CountDownLatch begun = new CountDownLatch(1);
                Future<Boolean> grown = grower.start(() -> {
                    begun.countDown();
                    return each.grow(0);
                });
                while (begun.getCount() > 0) {
                    Thread.onSpinWait(); // or the slab would be there before this thread is awake
                }
                each.close();
                Worker.await(grown);
                assertThat(budget.taken()).isZero();
                assertThat(each.grow(each.slabsAdded())).isFalse();
            }
        }
    }

    private static void mark(AtomicIntegerArray owners, int[] run, int from, int to) {
        for (int page = run[0]; page < run[0] + run[1]; page++) {
            if (!owners.compareAndSet(page, from, to)) {
                throw new AssertionError("page " + page + " had two owners, " + SEED);
            }
        }
    }
}
