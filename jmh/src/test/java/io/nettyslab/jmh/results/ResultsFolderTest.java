package io.nettyslab.jmh.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultsFolderTest {

    private static final Header HEADER = new Header(
            "quick",
            new Header.Build("c0ffee", "as committed", "abc", "4.2"),
            new Header.Jvm("17.0.1", "VM", "g1", List.of("-Xmx2g")),
            new Header.Machine("CPU", 2, "L1", "24 GiB", "Linux"),
            List.of());

    private static final Header.Piece CHURN = new Header.Piece("churn", "2026-11-21T10:00:00Z", 12, 0.1, 1.5, 4, 0);

    @TempDir
    private Path temp;

    @Test
    void add_keepsOthersAndReplacesTheSame() {
        ResultsFolder folder = new ResultsFolder(temp.resolve("new"));

        folder.add("[" + result("b.Zebra.run", "web", 1) + "," + result("b.Ant.run", "web", 2) + "]", HEADER);
        folder.add("[" + result("b.Zebra.run", "web", 3) + "," + result("b.Zebra.run", "tiny", 4) + "]", HEADER);

        assertThat(folder.measurements())
                .extracting(measurement -> measurement.benchmark()
                        + ' '
                        + measurement.parameters().get("mix")
                        + ' '
                        + measurement.primary().score())
                .containsExactly("Ant.run web 2.0", "Zebra.run tiny 4.0", "Zebra.run web 3.0");
    }

    @Test
    void add_forgetsPathsOfThisMachineAndRawHistograms() throws IOException {
        ResultsFolder folder = new ResultsFolder(temp);

        folder.add("[" + result("b.Ant.run", "web", 2) + "]", HEADER);

        assertThat(Files.readString(temp.resolve("results.json")))
                .doesNotContain("/secret/java")
                .doesNotContain("rawDataHistogram")
                .contains("\"benchmark\" : \"b.Ant.run\"");
        assertThat(temp).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void header_comesBack() {
        ResultsFolder folder = new ResultsFolder(temp);
        assertThat(folder.header()).isEmpty();

        folder.add("[]", HEADER.and(CHURN));

        assertThat(folder.header()).contains(HEADER.and(CHURN));
        assertThat(folder.header().orElseThrow().has("churn")).isTrue();
        assertThat(folder.header().orElseThrow().has("chur")).isFalse();
    }

    @Test
    void header_hasEachWorkloadOnce() {
        Header.Piece later = new Header.Piece("churn", "2026-11-22T10:00:00Z", 13, 0.1, 1.5, 4, 1);

        assertThat(HEADER.and(CHURN).and(later).pieces()).containsExactly(later);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | results.json",
                "{} | OBJECT (expected: JSON written by JMH, an array)",
                "[{}] | result 1: benchmark: missing",
                "[{\"benchmark\": \"a.B.c\", \"jdkVersion\": \"17\"}] | result 1: score",
                "[{\"benchmark\": \"a.B.c\", \"primaryMetric\": {\"score\": 1}}] | jdkVersion: missing",
                "[{\"benchmark\": \"a.B.c\", \"jdkVersion\": \"old\", \"primaryMetric\": {\"score\": 1}}] | result 1",
                "[{\"benchmark\": \"a.B.c\", \"jdkVersion\": \"17\", \"primaryMetric\": {\"score\": \"NaN\"}}] | score: \"NaN\"",
            })
    void measurements_refuseWhatJmhDidNotWrite(String content, String message) throws IOException {
        Files.writeString(temp.resolve("results.json"), content);

        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> new ResultsFolder(temp).measurements())
                .withMessageContaining("results.json")
                .withMessageContaining(message);
    }

    @Test
    void header_refusesWhatRunDidNotWrite() throws IOException {
        Files.writeString(temp.resolve("header.json"), "{\"preset\": 1, \"mood\": \"good\"}");

        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> new ResultsFolder(temp).header())
                .withMessageContaining("header.json")
                .withMessageContaining("mood");
    }

    @Test
    void aSingleSample_hasNoInterval() {
        ResultsFolder folder = new ResultsFolder(temp);

        folder.add("[" + result("b.Ant.run", "web", 2) + "]", HEADER);

        assertThat(folder.measurements().get(0).primary()).isEqualTo(new Figure(2, 2, 2));
    }

    private static String result(String benchmark, String mix, double score) {
        return """
                {"benchmark": "%s", "jvm": "/secret/java", "jdkVersion": "17.0.1", "jvmArgs": [], "threads": 1,
                 "params": {"mix": "%s"},
                 "primaryMetric": {"score": %s, "scoreConfidence": ["NaN", "NaN"], "rawDataHistogram": [[[1, 2]]]},
                 "secondaryMetrics": {}}""".formatted(benchmark, mix, score);
    }
}
