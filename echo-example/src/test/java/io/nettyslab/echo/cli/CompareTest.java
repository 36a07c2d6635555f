package io.nettyslab.echo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettyslab.echo.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompareTest {

    @TempDir
    private Path folder;

    /** Before the run: it takes minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"compare.html", "compare.json"})
    void whatCannotBeWritten_isRefusedAtOnce(String file) throws IOException {
        Files.createDirectory(folder.resolve(file));
        CommandRun run = CommandRun.of("compare", "--output", folder.toString(), "--quick");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--output: " + folder.resolve(file), "a file that can be written");
    }

    /** Real processes, each for a moment: that they start, talk, and end, not how fast they are. */
    @Test
    void compare_twoAllocators_printsALineForEach_andWritesPageAndData() throws Exception {
        CommandRun run = CommandRun.of(
                "compare",
                "--output",
                folder.toString(),
                "--transport",
                "nio",
                "--allocator",
                "slab,adaptive",
                "--rounds",
                "2",
                "--warmup",
                "400ms",
                "--duration",
                "100ms");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("nio +slab +[\\d,]+ +\\d+\\.\\d\\d x .* 100 % +0\n")
                .containsPattern("nio +adaptive +[\\d,]+ ")
                .containsPattern("nio +throughput +\\d+\\.\\d\\d times as good as adaptive")
                .contains("Medians of 2 rounds");
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("compare.json").toFile());
        assertThat(json.get("verdicts")).hasSizeGreaterThanOrEqualTo(5);
        assertThat(json.get("entries")).hasSize(2);
        JsonNode slab = json.get("entries").get(0);
        assertThat(slab.get("allocator").asText()).isEqualTo("slab");
        assertThat(slab.get("rounds")).hasSize(2);
        assertThat(slab.get("slabs").get(0).get("spans")).isNotEmpty();
        assertThat(slab.get("latency").get(3).get("micros").asDouble()).isPositive();
        assertThat(Files.readString(folder.resolve("compare.html")))
                .contains("Chart.js", "\"transport\" : \"nio\"")
                .doesNotContain("{{");
    }
}
