package io.nettyslab.echo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSizesTest {

    private static final int DRAWS = 20_000;

    private static int[] draw(String text) {
        MessageSizes sizes = MessageSizes.parse(text);
        return IntStream.range(0, DRAWS)
                .map(i -> sizes.choose(BytePattern.mix(i)))
                .sorted()
                .toArray();
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "1k,1024,1024", "16m,16777216,16777216", "16-512,16,512", "1-2,1,2", "7-7,7,7"})
    void parse_oneSizeOrARange_drawsBothEndsAndNothingBeyond(String text, int min, int max) {
        int[] sizes = draw(text);

        assertThat(sizes[0]).isEqualTo(min);
        assertThat(sizes[DRAWS - 1]).isEqualTo(max);
        assertThat(sizes[DRAWS / 2]).isCloseTo((min + max) / 2, Percentage.withPercentage(51));
    }

    @Test
    void parse_list_drawsEachOfThemEquallyOften() {
        int[] sizes = draw("64, 1k,16k,64");

        assertThat(Arrays.stream(sizes).distinct()).containsExactly(64, 1024, 16384);
        assertThat(Arrays.stream(sizes).filter(size -> size == 64).count()).isBetween(9_000L, 11_000L);
    }

    @Test
    void parse_web_isLogNormalAround2KiB() {
        int[] sizes = draw("web");

        assertThat(sizes[DRAWS / 2]).isBetween(1900, 2200);
        assertThat(sizes[DRAWS * 84 / 100]).isBetween(5000, 6200); // one sigma: e times the median
        assertThat(sizes[0]).isGreaterThanOrEqualTo(16);
        assertThat(sizes[DRAWS - 1]).isLessThanOrEqualTo(256 << 10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "17m",
                "-1",
                "5-",
                "512-16",
                "0-9",
                "1,",
                "1,,2",
                "fast",
                "1-2-3",
                "99999999999999999999"
            })
    void parse_anythingElse_isRefusedWithItsValue(String text) {
        assertThatThrownBy(() -> MessageSizes.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .hasMessageContaining("expected: ");
    }
}
