package io.nettyslab.echo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nettyslab.echo.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
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
    private CommandRun compare(String allocators) {
        return CommandRun.of(
                "compare",
                "--output",
                folder.toString(),
                "--transport",
                "nio",
                "--allocator",
                allocators,
                "--rounds",
                "2",
                "--warmup",
                "400ms",
                "--duration",
                "100ms");
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("compare.json").toFile());
    }

    @Test
    void compare_twoAllocators_printsALineForEach_andWritesPageAndData() throws Exception {
        CommandRun run = compare("slab,adaptive");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("nio +slab +[\\d,]+ +\\d+\\.\\d\\d x .* 100 % +0\n")
                .containsPattern("nio +adaptive +[\\d,]+ ")
                .containsPattern("nio +throughput +\\d+\\.\\d\\d times as good as adaptive")
                .contains("Medians of 2 rounds")
                .contains("Every byte came back right.")
                .doesNotContain("Missing");
        JsonNode json = json();
        assertThat(json.get("missing")).isEmpty();
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

    /** Runs a comparison, and kills the server of the first allocator as soon as it is there. */
    private CommandRun compareWithoutTheFirst(String allocators) {
        Set<ProcessHandle> before = ProcessHandle.current().children().collect(Collectors.toSet());
        CompletableFuture<CommandRun> running = CompletableFuture.supplyAsync(() -> compare(allocators));
        Awaitility.await()
                .until(
                        () -> ProcessHandle.current()
                                .children()
                                .filter(child -> !before.contains(child))
                                .min(Comparator.comparingLong(ProcessHandle::pid)),
                        Optional::isPresent)
                .orElseThrow()
                .destroyForcibly();
        return running.join();
    }

    @Test
    void compare_oneProcessDies_showsAndWritesTheRest_andExits1() throws Exception {
        CommandRun run = compareWithoutTheFirst("adaptive,slab");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("error: not everything was measured").doesNotContain("\tat ");
        assertThat(run.out())
                .containsPattern("nio +slab +[\\d,]+ ")
                .doesNotContain("Every byte came back right.")
                .containsPattern("Missing:\n +nio +adaptive after 0 of 2 rounds: serve nio adaptive ended too early\n");
        assertThat(json().get("entries")).hasSize(1);
        assertThat(json().get("missing").get(0).get("allocator").asText()).isEqualTo("adaptive");
        assertThat(folder.resolve("compare.html")).exists();
    }

    @Test
    void compare_allProcessesDie_exits1_andLeavesOldFilesAlone() throws Exception {
        Files.writeString(folder.resolve("compare.json"), "of yesterday");
        CommandRun run = compareWithoutTheFirst("slab");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .containsPattern("Missing:\n +nio +slab +after 0 of 2 rounds: serve nio slab ended too early\n")
                .endsWith("error: nothing was measured\n");
        assertThat(folder.resolve("compare.json")).hasContent("of yesterday");
    }
}
