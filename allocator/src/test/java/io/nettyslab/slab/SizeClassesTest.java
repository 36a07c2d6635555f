package io.nettyslab.slab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeClassesTest {

    private static final int SMALLEST_SLAB = 1 << 20;
    private static final int KIB = 1024;

    @Test
    void everySizeGetsTheSmallestClassThatHoldsIt() {
        int sizeClass = 0;
        for (int bytes = 0; bytes <= SizeClasses.MAX_SLOT_SIZE; bytes++) {
            if (bytes > SizeClasses.slotSize(sizeClass)) {
                sizeClass++;
            }
            if (SizeClasses.classOf(bytes) != sizeClass || SizeClasses.slotSize(sizeClass) < bytes) {
                assertThat(SizeClasses.classOf(bytes))
                        .as("class of %s bytes", bytes)
                        .isEqualTo(sizeClass);
            }
        }
        assertThat(sizeClass).as("the last class").isEqualTo(SizeClasses.COUNT - 1);
    }

    @Test
    void theClassesAscendTo1MiB() {
        int[] sizes =
                IntStream.range(0, SizeClasses.COUNT).map(SizeClasses::slotSize).toArray();
        assertThat(sizes)
                .hasSize(93)
                .isSorted()
                .doesNotHaveDuplicates()
                .startsWith(16, 32, 48)
                .endsWith(1 << 20);
    }

    @Test
    void aSlotWastesAtMostAFifthOfItselfAnd16Bytes() {
        for (int bytes = 257; bytes <= SizeClasses.MAX_SLOT_SIZE; bytes++) {
            int slotSize = SizeClasses.slotSize(SizeClasses.classOf(bytes));
            if ((slotSize - bytes - 16) * 5 > slotSize) {
                assertThat(slotSize - bytes)
                        .as("waste of %s bytes in %s", bytes, slotSize)
                        .isLessThanOrEqualTo(slotSize / 5 + 16);
            }
        }
    }

    @Test
    void slotsUpTo256BytesWasteLessThan16() {
        for (int bytes = 1; bytes <= 256; bytes++) {
            assertThat(SizeClasses.slotSize(SizeClasses.classOf(bytes)) - bytes)
                    .as("waste of %s bytes", bytes)
                    .isBetween(0, 15);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, KIB, 2 * KIB, 4 * KIB, 8 * KIB, 16 * KIB, 32 * KIB, 64 * KIB})
    void theDoublingReadSizesOfTransportsAreSlotSizes(int bytes) {
        assertThat(SizeClasses.slotSize(SizeClasses.classOf(bytes))).isEqualTo(bytes);
    }

    /** Transports go by steps of 16 up to 512 bytes; above 256, half of these are slot sizes. */
    @Test
    void theSmallReadSizesOfTransportsThatAreSlotSizes() {
        int[] exact = IntStream.iterate(64, size -> size <= 512, size -> size + 16)
                .filter(size -> SizeClasses.slotSize(SizeClasses.classOf(size)) == size)
                .toArray();
        assertThat(exact)
                .containsExactly(
                        64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 272, 288, 304, 336, 368, 400, 448,
                        512);
    }

    @Test
    void aTlsRecordHasAClassOfItsOwn() {
        assertThat(SizeClasses.slotSize(SizeClasses.classOf(16_709))).isEqualTo(16_896);
        assertThat(SizeClasses.slotSize(SizeClasses.classOf(16_384))).isEqualTo(16_384);
        assertThat(SizeClasses.slotSize(SizeClasses.classOf(16_897))).isEqualTo(18 * KIB);
    }

    static IntStream classes() {
        return IntStream.range(0, SizeClasses.COUNT);
    }

    @ParameterizedTest
    @MethodSource("classes")
    void aSpanHasTheStatedSlotsAndAShortTail(int sizeClass) {
        int slotSize = SizeClasses.slotSize(sizeClass);
        int slots = SizeClasses.slotsPerSpan(sizeClass);
        int bytes = SizeClasses.spanPages(sizeClass) * SizeClasses.PAGE_SIZE;
        int tail = bytes - slots * slotSize;
        assertThat(slots).as("slots of %s bytes", slotSize).isGreaterThanOrEqualTo(slotSize <= 8 * KIB ? 8 : 1);
        assertThat(tail).as("tail of a span of %s", slotSize).isBetween(0, Math.min(slotSize - 1, bytes / 8));
        assertThat(bytes).as("span of %s", slotSize).isLessThanOrEqualTo(SMALLEST_SLAB);
    }

    @Test
    void pagesAreRoundedUp() {
        assertThat(new int[] {
                    SizeClasses.pagesFor(1),
                    SizeClasses.pagesFor(4096),
                    SizeClasses.pagesFor(4097),
                    SizeClasses.pagesFor(Integer.MAX_VALUE)
                })
                .containsExactly(1, 1, 2, 1 << 19);
    }
}
