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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 37, 256, 2048, 8192})
    void aRandomLoadAgreesWithABitmap(int allPages) {
        SplittableRandom random = SEED.random(allPages);
        FreeRuns runs = new FreeRuns(allPages);
        for (int step = 0; step < STEPS; step++) {
            String when = SEED + ", a slab of " + allPages + " pages, step " + step;
            if (out.isEmpty() || random.nextInt(100) < 52) {
                int pages = Math.max(1, (int) Math.pow(allPages, random.nextDouble()));
                take(runs, pages, allPages, when);
            } else {
                giveBackOne(runs, random);
            }
            assertThat(runs.freePages()).as(when).isEqualTo(allPages - taken.cardinality());
            int pages = 1 + random.nextInt(allPages);
            assertThat(FreeRuns.lengthOf(runs.find(pages)))
                    .as(when)
                    .isGreaterThanOrEqualTo(shortestFitting(pages, allPages));
        }
        out.forEach(run -> runs.giveBack(run[0], run[1]));
        assertThat(FreeRuns.firstOf(runs.find(allPages))).as("%s", SEED).isZero();
        runs.take(0, allPages, allPages);
        assertThat(runs.freePages()).as("%s", SEED).isZero();
    }

    private void take(FreeRuns runs, int pages, int allPages, String when) {
        int shortest = shortestFitting(pages, allPages);
        long run = runs.find(pages);
        if (shortest == 0) {
            assertThat(run).as(when).isEqualTo(FreeRuns.NONE);
            return;
        }
        assertThat(run)
                .as("%s: a run of %s, the shortest that fits", when, shortest)
                .isNotEqualTo(FreeRuns.NONE);
        int first = FreeRuns.firstOf(run);
        assertThat(FreeRuns.lengthOf(run)).as(when).isEqualTo(freeLengthAround(first, allPages));
        assertThat(first == 0 || taken.get(first - 1))
                .as("where a run begins, " + when)
                .isTrue();
        runs.take(first, FreeRuns.lengthOf(run), pages);
        assertThat(first + pages).as("end, " + when).isLessThanOrEqualTo(allPages);
        assertThat(taken.get(first, first + pages).isEmpty())
                .as("taken twice, " + when)
                .isTrue();
        int cutFrom = FreeRuns.lengthOf(run);
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
    private int shortestFitting(int pages, int allPages) {
        int shortest = 0;
        for (int page = taken.nextClearBit(0); page < allPages; page = taken.nextClearBit(page)) {
            int length = freeLengthAround(page, allPages);
            if (length >= pages && (shortest == 0 || length < shortest)) {
                shortest = length;
            }
            page += length;
        }
        return shortest;
    }

    private int freeLengthAround(int page, int allPages) {
        int start = taken.previousSetBit(page) + 1;
        int next = taken.nextSetBit(page);
        return (next < 0 ? allPages : next) - start;
    }

    @Test
    void pagesGivenBackTwiceAreNoticed() {
        FreeRuns runs = new FreeRuns(8);
        runs.take(0, 8, 4);
        runs.giveBack(0, 4);
        assertThatThrownBy(() -> runs.giveBack(0, 4))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("twice");
    }
}
