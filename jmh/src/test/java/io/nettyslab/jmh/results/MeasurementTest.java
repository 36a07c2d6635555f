package io.nettyslab.jmh.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of one of JMH's results. */
class MeasurementTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[[0.05, 0.07, 1.04]]; 0.07",
                "[[0.0, 0.0, 1.5], [6.0, 6.0, 9.0], [0.0, 0.0, 0.5]]; 2.0",
                "[[0.25, 0.75], []]; 0.5",
                "[[40.0]]; 40.0",
            })
    void garbageIsTheMeanOfTheJvmsMediansSoThatTheEndOfABenchmarkIsNoOperations(String iterations, double garbage)
            throws JsonProcessingException {
        assertThat(read("{\"gc.alloc.rate.norm\": {\"score\": 7.5, \"rawData\": " + iterations + "}}")
                        .garbage())
                .hasValue(garbage);
    }

    @Test
    void garbageWithoutIterationsIsTheScore() throws JsonProcessingException {
        assertThat(read("{\"gc.alloc.rate.norm\": {\"score\": 7.5}}").garbage()).hasValue(7.5);
        assertThat(read("{}").garbage()).isEmpty();
    }

    @Test
    void theScoreLiesInTheSpanOfAllIterations() throws JsonProcessingException {
        Figure figure = primary("{\"score\": 2.0, \"scoreUnit\": \"us/op\", \"scoreConfidence\": [-90.0, 90.0],"
                        + " \"rawData\": [[1.5, 2.0], [1.75, 2.75]]}")
                .primary();
        assertThat(figure).isEqualTo(new Figure(2000, 1500, 2750));
        assertThat(primary("{\"score\": 2.0, \"scoreConfidence\": [1.0, 3.0]}").primary())
                .as("samples: JMH's interval")
                .isEqualTo(new Figure(2, 1, 3));
    }

    @Test
    void operationsPerTimeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> primary("{\"score\": 2.0, \"scoreUnit\": \"ops/us\"}"))
                .withMessage("scoreUnit: ops/us (expected: one of [ms/op, ns/op, s/op, us/op])");
    }

    private static Measurement primary(String metric) throws JsonProcessingException {
        return Measurement.of(new ObjectMapper()
                .readTree("{\"benchmark\": \"a.B.c\", \"jdkVersion\": \"17.0.15\", \"primaryMetric\": " + metric
                        + ", \"secondaryMetrics\": {}}"));
    }

    private static Measurement read(String secondary) throws JsonProcessingException {
        return Measurement.of(new ObjectMapper()
                .readTree("{\"benchmark\": \"a.B.c\", \"jdkVersion\": \"17.0.15\","
                        + " \"primaryMetric\": {\"score\": 1.0}, \"secondaryMetrics\": " + secondary + "}"));
    }
}
