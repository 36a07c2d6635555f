package io.nettyslab.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettyslab.memory.MemoryKind;
import io.nettyslab.slab.MemoryBudget;
import io.nettyslab.slab.RunBatch;
import io.nettyslab.slab.SizeClasses;
import io.nettyslab.slab.SlabPool;
import io.nettyslab.testing.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slots in spans, and spans in their table. */
class SpanTableTest {

    private static final int SLAB_SIZE = 1 << 20;
    private static final int SLABS = 6;
    private static final Seed SEED = Seed.of(SpanTableTest.class);

    private final SlabPool pool = new SlabPool(MemoryKind.HEAP, SLAB_SIZE, false, new MemoryBudget(SLABS * SLAB_SIZE));
    private final RunBatch retired = new RunBatch(pool);
    private final int[] buffer = new int[1 << 16];

    @BeforeEach
    void reserve() {
        for (int slabs = 0; slabs < SLABS; slabs++) {
            pool.grow(slabs);
        }
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 112, 512, 640, 4096, 16_896, 65_536, 1 << 20})
    void everySlotIsTakenOnceAndSlotsDoNotOverlap(int slotSize) {
        SpanTable table = table(slotSize);
        int spans = slotSize == 1 << 20 ? 3 : 5;
        open(table, slotSize, spans);
        List<Integer> handles = takeAll(table, 7);
        assertThat(handles)
                .doesNotHaveDuplicates()
                .hasSize(spans * slotsPerSpan(slotSize))
                .hasSize(table.slots());
        assertThat(handles).allMatch(handle -> handle >= 0 && handle < table.handleLimit());
        BitSet bytes = new BitSet();
        for (int handle : handles) {
            int slab = slabOf(table, handle);
            int from = slab * SLAB_SIZE + table.offsetOf(handle);
            assertThat(table.offsetOf(handle) + slotSize)
                    .as("end of slot %s", handle)
                    .isLessThanOrEqualTo(SLAB_SIZE);
            assertThat(bytes.get(from, from + slotSize).isEmpty())
                    .as("slot %s overlaps another", handle)
                    .isTrue();
            bytes.set(from, from + slotSize);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 512, 16_896, 65_536})
    void takesAreTheLowestHandlesHeldAndWholeSpansAreReportedOnce(int slotSize) {
        SplittableRandom random = SEED.random(slotSize);
        SpanTable table = table(slotSize);
        TreeSet<Integer> held = new TreeSet<>();
        List<Integer> elsewhere = new ArrayList<>();
        for (int step = 0; step < 3_000; step++) {
            String when = SEED + ", slots of " + slotSize + ", step " + step;
            int dice = random.nextInt(10);
            if (dice < 2) {
                openIntoModel(table, slotSize, held);
            } else if (dice < 6) {
                int most = random.nextInt(2 * slotsPerSpan(slotSize) + 8);
                int count = table.take(buffer, most);
                assertThat(count).as(when).isEqualTo(Math.min(most, held.size()));
                for (int i = 0; i < count; i++) {
                    assertThat(buffer[i]).as(when).isEqualTo(held.pollFirst());
                    elsewhere.add(buffer[i]);
                }
            } else {
                int back = Math.min(elsewhere.size(), random.nextInt(3 * slotsPerSpan(slotSize) + 8));
                for (int i = 0; i < back; i++) {
                    putBackOne(table, slotSize, held, elsewhere, random, when);
                }
            }
            assertThat(table.slots()).as(when).isEqualTo(held.size() + elsewhere.size());
        }
        while (!elsewhere.isEmpty()) {
            putBackOne(table, slotSize, held, elsewhere, random, "at the end, " + SEED);
        }
        assertThat(spansOf(held, slotSize))
                .as("spans never used since opened")
                .isEqualTo(pool.bytesOut() / spanBytes(slotSize));
    }

    private void openIntoModel(SpanTable table, int slotSize, TreeSet<Integer> held) {
        TreeSet<Integer> numbers = new TreeSet<>();
        held.forEach(handle -> numbers.add(handle >>> slotBits(slotSize)));
        int firstPage = pool.take(SizeClasses.spanPages(SizeClasses.classOf(slotSize)));
        if (firstPage == SlabPool.NONE) {
            return;
        }
        int before = table.slots();
        openRun(table, firstPage, SizeClasses.spanPages(SizeClasses.classOf(slotSize)));
        // Where the table put the span shows in the one slot that is nowhere else: ask by looking at every offset.
        for (int number = 0; number << slotBits(slotSize) < table.handleLimit(); number++) {
            int handle = number << slotBits(slotSize);
            if (!numbers.contains(number) && liesAt(table, handle, firstPage)) {
                for (int slot = 0; slot < table.slots() - before; slot++) {
                    held.add(handle | slot);
                }
                return;
            }
        }
        throw new AssertionError("no handle for the span at page " + firstPage + ", " + SEED);
    }

    private boolean liesAt(SpanTable table, int handle, int firstPage) {
        try {
            return table.memoryOf(handle) == pool.memoryOf(firstPage)
                    && table.offsetOf(handle) == pool.offsetOf(firstPage);
        } catch (ArrayIndexOutOfBoundsException retired) {
            return false;
        }
    }

    private void putBackOne(
            SpanTable table,
            int slotSize,
            TreeSet<Integer> held,
            List<Integer> elsewhere,
            SplittableRandom random,
            String when) {
        int at = random.nextInt(elsewhere.size());
        int handle = elsewhere.get(at);
        elsewhere.set(at, elsewhere.get(elsewhere.size() - 1));
        elsewhere.remove(elsewhere.size() - 1);
        held.add(handle);
        int base = handle >>> slotBits(slotSize) << slotBits(slotSize);
        boolean whole = held.subSet(base, base + slotsPerSpan(slotSize)).size() == slotsPerSpan(slotSize);
        long usedBefore = pool.bytesOut();
        assertThat(table.putBack(handle)).as("reported whole, " + when).isEqualTo(whole);
        if (whole) {
            assertThat(table.firstHandle(handle)).as(when).isEqualTo(base);
            assertThat(table.slotsOfSpan(handle)).as(when).isEqualTo(slotsPerSpan(slotSize));
            table.retire(handle, retired);
            retired.flush();
            held.subSet(base, base + slotsPerSpan(slotSize)).clear();
            assertThat(pool.bytesOut()).as(when).isEqualTo(usedBefore - spanBytes(slotSize));
        }
    }

    @Test
    void theLowestSpanServesFirst() {
        SpanTable table = table(512);
        open(table, 512, 3);
        List<Integer> handles = takeAll(table, 100);
        int inFirst = handles.get(3);
        int inLast = handles.get(handles.size() - 1);
        table.putBack(inLast);
        table.putBack(inFirst);
        assertThat(table.take(buffer, 1)).isEqualTo(1);
        assertThat(buffer[0]).isEqualTo(inFirst);
        assertThat(table.take(buffer, 5)).isEqualTo(1);
        assertThat(buffer[0]).isEqualTo(inLast);
    }

    @Test
    void numbersOfRetiredSpansAreUsedAgain() {
        SpanTable table = table(512);
        open(table, 512, 70);
        int limit = table.handleLimit();
        for (int round = 0; round < 3; round++) {
            for (int handle : takeAll(table, 64)) {
                if (table.putBack(handle)) {
                    table.retire(handle, retired);
                    retired.flush();
                }
            }
            assertThat(table.slots()).isZero();
            assertThat(table.take(buffer, 1)).isZero();
            assertThat(pool.bytesOut()).isZero();
            open(table, 512, 70);
            assertThat(table.handleLimit()).as("round %s", round).isEqualTo(limit);
        }
    }

    @Test
    void roomForSpansIsMadeOnceAndTakesNoPages() {
        SpanTable table = table(512);
        table.makeRoom(20);
        int limit = table.handleLimit();
        table.makeRoom(20);
        assertThat(table.handleLimit()).isEqualTo(limit);
        assertThat(table.slots()).isZero();
        assertThat(table.take(buffer, 1)).isZero();
        int pages = SizeClasses.spanPages(SizeClasses.classOf(512));
        for (int i = 0; i < 20; i++) {
            table.open(pool.take(pages), pages);
        }
        assertThat(table.handleLimit()).isEqualTo(limit);
        assertThat(takeAll(table, 9))
                .doesNotHaveDuplicates()
                .hasSize(20 * slotsPerSpan(512))
                .allMatch(handle -> handle < limit);
    }

    @Test
    void aShortRunMakesASpanWithFewerSlots() {
        SpanTable table = table(2560);
        openRun(table, pool.take(1), 1);
        assertThat(table.slots()).isEqualTo(1);
        assertThat(takeAll(table, 9)).containsExactly(0);
        assertThat(table.putBack(0)).isTrue();
        table.retire(0, retired);
        retired.flush();
        openRun(table, pool.take(2), 2);
        assertThat(takeAll(table, 9)).as("the same number, with all slots").containsExactly(0, 1, 2);
    }

    @Test
    void aSlotPutBackTwiceIsNoticed() {
        SpanTable table = table(512);
        open(table, 512, 1);
        takeAll(table, 8);
        table.putBack(5);
        assertThatThrownBy(() -> table.putBack(5))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("slot 5");
    }

    /** One word says which of 64 slots are held; of spans with more, each word counts. */
    @Test
    void aSpanIsWholeOnlyWithItsLastSlot() {
        for (int slots : new int[] {1, 63, 64, 65, 128, 129, 256}) {
            Span span = new Span(slots, Span.NONE);
            span.open(0, 1, slots);
            for (int missing = 0; missing < slots; missing++) {
                assertThat(span.isWhole()).as("%s slots", slots).isTrue();
                for (int taken = 0; taken < slots; taken++) {
                    assertThat(span.isEmpty())
                            .as("%s slots, %s taken", slots, taken)
                            .isFalse();
                    assertThat(span.take()).isEqualTo(taken);
                }
                assertThat(span.isEmpty()).as("%s slots", slots).isTrue();
                for (int slot = 0; slot < slots; slot++) {
                    if (slot != missing) {
                        span.putBack(slot);
                    }
                }
                assertThat(span.isWhole())
                        .as("%s slots without %s", slots, missing)
                        .isFalse();
                span.putBack(missing);
            }
        }
    }

    @Test
    void aSpanThatMissesASlotCannotRetire() {
        Span span = new Span(8, Span.NONE);
        span.open(pool.take(1), 1, 8);
        assertThat(span.take()).isZero();
        assertThat(span.isWhole()).isFalse();
        assertThatThrownBy(() -> span.retire(retired, Span.NONE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 slots");
        span.putBack(0);
        span.retire(retired, Span.NONE);
        retired.flush();
        assertThat(pool.bytesOut()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64, 65, 128, 256})
    void aSpanHandsOutExactlyItsSlotsInOrder(int slots) {
        Span span = new Span(slots, Span.NONE);
        span.open(pool.take(1), 1, slots);
        for (int slot = 0; slot < slots; slot++) {
            assertThat(span.isEmpty()).isFalse();
            assertThat(span.take()).isEqualTo(slot);
        }
        assertThat(span.isEmpty()).isTrue();
    }

    private SpanTable table(int slotSize) {
        return new SpanTable(pool, SizeClasses.classOf(slotSize));
    }

    private void open(SpanTable table, int slotSize, int spans) {
        int pages = SizeClasses.spanPages(SizeClasses.classOf(slotSize));
        for (int i = 0; i < spans; i++) {
            openRun(table, pool.take(pages), pages);
        }
    }

    private static void openRun(SpanTable table, int firstPage, int pages) {
        table.makeRoom(1);
        table.open(firstPage, pages);
    }

    private List<Integer> takeAll(SpanTable table, int batch) {
        List<Integer> all = new ArrayList<>();
        for (int count = table.take(buffer, batch); count > 0; count = table.take(buffer, batch)) {
            Arrays.stream(buffer, 0, count).forEach(all::add);
        }
        return all;
    }

    private int slabOf(SpanTable table, int handle) {
        for (int slab = 0; slab < SLABS; slab++) {
            if (pool.memoryOf(slab * SLAB_SIZE / SizeClasses.PAGE_SIZE) == table.memoryOf(handle)) {
                return slab;
            }
        }
        throw new AssertionError("in no slab: " + handle);
    }

    private static int slotsPerSpan(int slotSize) {
        return SizeClasses.slotsPerSpan(SizeClasses.classOf(slotSize));
    }

    private static int spanBytes(int slotSize) {
        return SizeClasses.spanPages(SizeClasses.classOf(slotSize)) * SizeClasses.PAGE_SIZE;
    }

    private static int slotBits(int slotSize) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(slotsPerSpan(slotSize) - 1);
    }

    private static int spansOf(TreeSet<Integer> held, int slotSize) {
        return (int) held.stream()
                .map(handle -> handle >>> slotBits(slotSize))
                .distinct()
                .count();
    }
}
