package io.nettyslab.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettyslab.testing.Seed;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreeRunsTest {

    private static final int STEPS = 4_000;
    private static final Seed SEED = Seed.of(FreeRunsTest.class);

    private final BitSet taken = new BitSet(); // the model: bit p is page p
    private final List<int[]> out = new ArrayList<>(); // first page and length of each run that is out
    private int slabs;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 37, 256, 2048})
    void aRandomLoadAgreesWithABitmap(int pagesPerSlab) {
        SplittableRandom random = SEED.random(pagesPerSlab);
        FreeRuns runs = new FreeRuns(pagesPerSlab);
        for (int step = 0; step < STEPS; step++) {
            String when = SEED + ", slabs of " + pagesPerSlab + " pages, step " + step;
            if (slabs == 0 || slabs < 4 && random.nextInt(300) == 0) {
                runs.addSlab();
                slabs++;
            } else if (out.isEmpty() || random.nextInt(100) < 52) {
                int pages = Math.max(1, (int) Math.pow(pagesPerSlab, random.nextDouble()));
                take(runs, pages, pagesPerSlab, when);
            } else {
                giveBackOne(runs, random);
            }
            assertThat(runs.freePages()).as(when).isEqualTo(slabs * pagesPerSlab - taken.cardinality());
        }
        out.forEach(run -> runs.giveBack(run[0], run[1]));
        assertThat(takeWholeSlabs(runs, pagesPerSlab)).as("%s", SEED).isEqualTo(slabs);
    }

    private void take(FreeRuns runs, int pages, int pagesPerSlab, String when) {
        int shortest = shortestFitting(pages, pagesPerSlab);
        int first = runs.take(pages);
        if (shortest == 0) {
            assertThat(first).as(when).isEqualTo(FreeRuns.NONE);
            return;
        }
        assertThat(first)
                .as("%s: a run of %s, the shortest that fits", when, shortest)
                .isNotEqualTo(FreeRuns.NONE);
        assertThat(first / pagesPerSlab)
                .as("slab of the run's end, " + when)
                .isEqualTo((first + pages - 1) / pagesPerSlab);
        assertThat(taken.get(first, first + pages).isEmpty())
                .as("taken twice, " + when)
                .isTrue();
        int cutFrom = freeLengthAround(first, pagesPerSlab);
        if (shortest < 32) {
            assertThat(cutFrom).as("best fit, " + when).isEqualTo(shortest);
        } else {
            assertThat(cutFrom).as("best fit to an eighth, " + when).isBetween(shortest, shortest + shortest / 8);
        }
        taken.set(first, first + pages);
        out.add(new int[] {first, pages});
    }

    /** Gives back a whole run, or its first part, or its last. */
    private void giveBackOne(FreeRuns runs, SplittableRandom random) {
        int[] run = out.remove(random.nextInt(out.size()));
        int first = run[0];
        int pages = run[1];
        if (pages > 1 && random.nextInt(4) == 0) {
            int head = 1 + random.nextInt(pages - 1);
            if (random.nextBoolean()) {
                out.add(new int[] {first, head});
                first += head;
                pages -= head;
            } else {
                out.add(new int[] {first + head, pages - head});
                pages = head;
            }
        }
        runs.giveBack(first, pages);
        taken.clear(first, first + pages);
    }

    /** Returns the length of the shortest free run of at least {@code pages} in the model, or 0. */
    private int shortestFitting(int pages, int pagesPerSlab) {
        int shortest = 0;
        for (int slab = 0; slab < slabs; slab++) {
            int end = (slab + 1) * pagesPerSlab;
            int page = taken.nextClearBit(slab * pagesPerSlab);
            while (page < end) {
                int length = freeLengthAround(page, pagesPerSlab);
                if (length >= pages && (shortest == 0 || length < shortest)) {
                    shortest = length;
                }
                page = taken.nextClearBit(page + length);
            }
        }
        return shortest;
    }

    private int freeLengthAround(int page, int pagesPerSlab) {
        int slabStart = page / pagesPerSlab * pagesPerSlab;
        int start = Math.max(slabStart, taken.previousSetBit(page) + 1);
        int next = taken.nextSetBit(page);
        return Math.min(next < 0 ? Integer.MAX_VALUE : next, slabStart + pagesPerSlab) - start;
    }

    private static int takeWholeSlabs(FreeRuns runs, int pagesPerSlab) {
        BitSet seen = new BitSet();
        for (int first = runs.take(pagesPerSlab); first != FreeRuns.NONE; first = runs.take(pagesPerSlab)) {
            assertThat(first % pagesPerSlab).as("start of a whole slab").isZero();
            seen.set(first / pagesPerSlab);
        }
        assertThat(runs.freePages()).isZero();
        return seen.cardinality();
    }

    @Test
    void neighboursInDifferentSlabsAreNotMerged() {
        FreeRuns runs = new FreeRuns(8);
        runs.addSlab();
        runs.addSlab();
        int a = runs.take(8);
        int b = runs.take(8);
        runs.giveBack(Math.min(a, b) + 6, 2);
        runs.giveBack(Math.max(a, b), 2);
        assertThat(runs.take(3)).isEqualTo(FreeRuns.NONE);
        assertThat(runs.take(2)).isNotEqualTo(FreeRuns.NONE);
        assertThat(runs.take(2)).isNotEqualTo(FreeRuns.NONE);
    }

    @Test
    void pagesGivenBackTwiceAreNoticed() {
        FreeRuns runs = new FreeRuns(8);
        runs.addSlab();
        int first = runs.take(4);
        runs.giveBack(first, 4);
        assertThatThrownBy(() -> runs.giveBack(first, 4))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("twice");
    }
}
