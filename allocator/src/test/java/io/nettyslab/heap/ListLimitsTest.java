package io.nettyslab.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettyslab.slab.SizeClasses;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How much free lists keep and take, for every size class and slabs from the smallest to the largest. */
class ListLimitsTest {

    private static final int MIB = 1 << 20;

    static Stream<Arguments> listsAndSlabs() {
        return IntStream.of(MIB, 4 * MIB, 16 * MIB, 1 << 30)
                .boxed()
                .flatMap(slabSize ->
                        IntStream.range(0, SizeClasses.COUNT).mapToObj(sizeClass -> Arguments.of(sizeClass, slabSize)));
    }

    @ParameterizedTest
    @MethodSource("listsAndSlabs")
    void howManyMayBeReadyFollowsHowManyAreInUse(int sizeClass, int slabSize) {
        ListLimits limits = ListLimits.of(sizeClass, slabSize);
        assertThat(limits.mostReady(0)).isEqualTo(limits.fewReady()).isGreaterThanOrEqualTo(4);
        int before = 0;
        for (int inUse = 0; inUse < 100_000; inUse = 2 * inUse + 1) {
            int most = limits.mostReady(inUse);
            assertThat(most).as("%s in use", inUse).isBetween(before, Math.max(limits.fewReady(), limits.manyReady()));
            assertThat(most)
                    .as("%s in use, beyond what they vary by", inUse)
                    .isLessThanOrEqualTo(Math.max(limits.fewReady(), (int) (6 * Math.sqrt(inUse))));
            before = most;
        }
        assertThat(before).as("at its most").isEqualTo(limits.manyReady());
    }

    @ParameterizedTest
    @MethodSource("listsAndSlabs")
    void whatIsReadyIsASmallPartOfASlab(int sizeClass, int slabSize) {
        ListLimits limits = ListLimits.of(sizeClass, slabSize);
        int slotSize = SizeClasses.slotSize(sizeClass);
        assertThat(bytes(limits.fewReady(), slotSize)).isLessThanOrEqualTo(Math.max(bytes(4, slotSize), slabSize / 24));
        assertThat(bytes(limits.manyReady(), slotSize)).isLessThanOrEqualTo(Math.max(bytes(4, slotSize), slabSize / 6));
        assertThat(limits.manyReady()).isBetween(limits.fewReady(), 256);
    }

    @ParameterizedTest
    @MethodSource("listsAndSlabs")
    void aListTakesLittleWhileItHasLittle(int sizeClass, int slabSize) {
        ListLimits limits = ListLimits.of(sizeClass, slabSize);
        assertThat(limits.mostSlotsAtOnce()).isBetween(2, 32).isLessThanOrEqualTo(limits.fewReady() / 2);
        assertThat(limits.slotsAtOnce(0)).isEqualTo(Math.min(4, limits.mostSlotsAtOnce()));
        assertThat(limits.slotsAtOnce(100_000)).isEqualTo(limits.mostSlotsAtOnce());
        for (int outOfSpans = 1; outOfSpans < 100; outOfSpans++) {
            assertThat(limits.slotsAtOnce(outOfSpans))
                    .isBetween(limits.slotsAtOnce(outOfSpans - 1), 4 + outOfSpans)
                    .isLessThanOrEqualTo(limits.mostSlotsAtOnce());
        }
    }

    @ParameterizedTest
    @MethodSource("listsAndSlabs")
    void spansThatAreAddedAreTakenApartAtOnce(int sizeClass, int slabSize) {
        ListLimits limits = ListLimits.of(sizeClass, slabSize);
        for (int outOfSpans = 0; outOfSpans < 100; outOfSpans++) {
            int spans = limits.spansAtOnce(outOfSpans);
            assertThat(spans).isPositive();
            if (spans > 1) {
                assertThat(spans * SizeClasses.slotsPerSpan(sizeClass))
                        .isLessThanOrEqualTo(limits.slotsAtOnce(outOfSpans));
                assertThat(spans * SizeClasses.spanPages(sizeClass) * SizeClasses.PAGE_SIZE)
                        .isLessThanOrEqualTo(64 * 1024);
            }
        }
    }

    private static long bytes(int slots, int slotSize) {
        return (long) slots * slotSize;
    }
}
