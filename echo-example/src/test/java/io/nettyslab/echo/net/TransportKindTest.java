package io.nettyslab.echo.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransportKindTest {

    @Test
    void nio_isAvailableEverywhere() {
        assertThat(TransportKind.available()).contains(TransportKind.NIO);
    }

    @Test
    void best_isAvailable() {
        assertThat(TransportKind.best().unavailability()).isEmpty();
    }

    @Test
    void unavailability_namesAReasonInOneLine() {
        for (TransportKind kind : TransportKind.values()) {
            assertThat(kind.unavailability().orElse("available")).isNotBlank().doesNotContain("\n");
        }
    }
}
