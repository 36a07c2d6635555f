package io.nettyslab.echo.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({"0,0", "1,1", "64k,65536", "64K,65536", "16MiB,16777216", "16 MB,16777216", "2g,2147483648", "10b,10"})
    void parseBytes_acceptsCommonForms(String text, long bytes) {
        assertThat(Units.parseBytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "-1", "1.5m", "1x", "99999999999999999999", "9999999999t"})
    void parseBytes_refusesAnythingElse(String text) {
        assertThatThrownBy(() -> Units.parseBytes(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "10s,10000", "1.5s,1500", "2m,120000", "1h,3600000", "PT1M30S,90000", "0s,0"})
    void parseDuration_acceptsCommonForms(String text, long millis) {
        assertThat(Units.parseDuration(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-1s", "PT-1S", "1d", "ten"})
    void parseDuration_refusesAnythingElse(String text) {
        assertThatThrownBy(() -> Units.parseDuration(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "0.5ms", "1ms", "1.5ms", "1500ms", "10s", "90s", "2m", "25h"})
    void duration_isWrittenAsItIsRead(String text) {
        assertThat(Units.duration(Units.parseDuration(text))).isEqualTo(text);
    }

    @Test
    void bytes_choosesTheUnit() {
        assertThat(Units.bytes(0)).isEqualTo("0 B");
        assertThat(Units.bytes(1023)).isEqualTo("1023 B");
        assertThat(Units.bytes(1024)).isEqualTo("1 KiB");
        assertThat(Units.bytes(1536)).isEqualTo("1.5 KiB");
        assertThat(Units.bytes(16 << 20)).isEqualTo("16 MiB");
    }

    @Test
    void percent_ofNearlyAll_isNotAll() {
        assertThat(Units.percent(1_000_000, 1_000_000)).isEqualTo("100 %");
        assertThat(Units.percent(999_999, 1_000_000)).isEqualTo("99.99 %");
        assertThat(Units.percent(0, 5)).isEqualTo("0.00 %");
        assertThat(Units.percent(0, 0)).isEqualTo("-");
    }
}
