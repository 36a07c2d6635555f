package io.nettyslab.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SizeMixTest {

    private static final int LENGTH = 1 << 16;
    private static final int PHASE_LENGTH = 1 << 10;
    private static final long SEED = 42;

    /** Medians within 3 %: thirty times the standard error of the widest mix but one; loguniform has a test below. */
    @ParameterizedTest
    @CsvSource({
        "tiny,       16,    512,       264",
        "web,        16,    262144,    2048",
        "proxy,      16385, 65536,     16897",
        "shifting,   512,   12288,     4352",
    })
    void sizes_haveTheRangeAndTheMiddleOfTheMix(SizeMix mix, int min, int max, int median) {
        int[] sizes = sorted(mix);
        assertThat(sizes[0]).isGreaterThanOrEqualTo(min);
        assertThat(sizes[LENGTH - 1]).isLessThanOrEqualTo(max);
        assertThat((sizes[LENGTH / 2 - 1] + sizes[LENGTH / 2]) / 2.0).isBetween(0.97 * median, 1.03 * median);
    }

    @Test
    void loguniform_hasAsManySizesInEachPowerOfTwo() {
        int[] perPower = new int[20];
        for (int size : sorted(SizeMix.loguniform)) {
            perPower[31 - Integer.numberOfLeadingZeros(size)]++;
        }
        assertThat(Arrays.stream(perPower))
                .allSatisfy(count -> assertThat(count).isBetween(LENGTH / 22, LENGTH / 18));
    }

    @Test
    void shifting_alternatesByPhase() {
        int[] sizes = SizeMix.shifting.sizes(4 * PHASE_LENGTH, PHASE_LENGTH, SEED);
        for (int i = 0; i < sizes.length; i++) {
            boolean small = i / PHASE_LENGTH % 2 == 0;
            assertThat(sizes[i]).isBetween(small ? 512 : 8192, small ? 512 : 12288);
        }
    }

    @ParameterizedTest
    @EnumSource
    void sizes_dependOnTheSeedAlone(SizeMix mix) {
        int[] sizes = mix.sizes(LENGTH, PHASE_LENGTH, SEED);
        assertThat(mix.sizes(LENGTH, PHASE_LENGTH, SEED)).isEqualTo(sizes);
        assertThat(mix.sizes(LENGTH, PHASE_LENGTH, SEED + 1)).isNotEqualTo(sizes);
    }

    private static int[] sorted(SizeMix mix) {
        int[] sizes = mix.sizes(LENGTH, PHASE_LENGTH, SEED);
        Arrays.sort(sizes);
        return sizes;
    }
}
