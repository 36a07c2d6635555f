package io.nettyslab.echo.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileLimitTest {

    @ParameterizedTest
    @CsvSource({
        "19000, 20000, 19000",
        "19500, 20000, 19500",
        "19501, 20000, 19500",
        "19000, 1024, 524",
        "19000, 100, -400",
        "1000000, 9223372036854775807, 1000000",
    })
    void fitting_takesTheMostThatFits(int wanted, long openFiles, int expected) {
        assertThat(FileLimit.fitting(wanted, openFiles)).isEqualTo(expected);
    }

    @Test
    void openFiles_isKnown() {
        assertThat(FileLimit.openFiles()).isPositive();
    }

    @Test
    void connectionsToOneAddress_fitIntoAProcess() {
        int connections = FileLimit.connectionsToOneAddress();
        assertThat(connections).isPositive();
        assertThat(FileLimit.fitting(connections, FileLimit.openFiles())).isEqualTo(connections);
    }
}
