package io.nettyslab.jmh.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.nettyslab.jmh.AllocatorKind;
import io.nettyslab.jmh.results.BadInput;
import io.nettyslab.jmh.results.Header;
import io.nettyslab.jmh.results.Measurement;
import io.nettyslab.jmh.results.ResultsFolder;
import io.nettyslab.jmh.workload.Collector;
import io.nettyslab.jmh.workload.Workload;
import io.nettyslab.jmh.workload.Workloads;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.RunnerException;

/** Measures for real, each trial for a moment: what it finds is worthless, but it has to be written down rightly. */
class PresetRunTest {

    private static final Effort A_MOMENT = new Effort(1, 0, 1, 1, 10, 0, true);

    @TempDir
    private Path temp;

    private final StringWriter said = new StringWriter();

    /** Two builds may share this machine. */
    @BeforeEach
    void ignoreLock() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void run_writesResultsAndHeader_andGoesOnWhereItWas() throws IOException, RunnerException {
        ResultsFolder folder = new ResultsFolder(temp.resolve("results"));
        Part slices = part(workload("slices").narrowed("kind", "direct").narrowed(Workload.OPERATION, "retainedSlice"));

        boolean complete = run(Preset.quick, List.of(slices), folder).run(false, 0);

        assertThat(complete).as(() -> read(folder.log())).isTrue();
        assertThat(folder.measurements())
                .extracting(Measurement::benchmark)
                .containsExactly(
                        "RetainedSliceBenchmark.control",
                        "RetainedSliceBenchmark.retainedSlice",
                        "RetainedSliceBenchmark.retainedSlice",
                        "RetainedSliceBenchmark.retainedSlice");
        assertThat(folder.measurements().get(1).collector()).isEqualTo(Collector.parallel);
        assertThat(folder.header().orElseThrow().jvm().flags()).contains("-XX:+UseParallelGC");
        assertThat(folder.header().orElseThrow().pieces()).singleElement().satisfies(piece -> {
            assertThat(piece.workload()).isEqualTo("slices");
            assertThat(piece.trials()).isEqualTo(slices.trials()).isEqualTo(4);
            assertThat(piece.failed()).isZero();
        });
        assertThat(folder.log()).content().contains("# Run complete");

        String before = Files.readString(folder.path().resolve("results.json"));
        assertThat(run(Preset.quick, List.of(slices), folder).run(false, 0)).isTrue();
        assertThat(said.toString()).contains("nothing is missing in " + folder.path());
        assertThat(folder.path().resolve("results.json")).hasContent(before);
    }

    /** What slows the machine down for a minute must not meet one allocator only. */
    @Test
    void run_takesAllAllocatorsOfARowInARow_andRowsInTurns() throws IOException, RunnerException {
        ResultsFolder folder = new ResultsFolder(temp.resolve("results"));
        Part slices = new Part(
                workload("slices").narrowed(Workload.OPERATION, "retainedSlice"),
                A_MOMENT.untouched().forks(2));

        assertThat(run(Preset.quick, List.of(slices), folder).run(false, 0)).isTrue();

        List<String> turn = List.of(
                "slab, kind = direct",
                "pooled, kind = direct",
                "adaptive, kind = direct",
                "slab, kind = heap",
                "pooled, kind = heap",
                "adaptive, kind = heap");
        assertThat(Files.readString(folder.log()).lines().filter(line -> line.contains("allocator = ")))
                .extracting(line -> line.replaceAll(".*allocator = (.*)\\)", "$1"))
                .containsExactlyElementsOf(
                        Stream.concat(turn.stream(), turn.stream()).toList());
        assertThat(folder.header().orElseThrow().pieces())
                .singleElement()
                .extracting(Header.Piece::trials)
                .isEqualTo(slices.trials())
                .isEqualTo(12 + 1);
        assertThat(folder.measurements()).hasSize(6 + 1);
        assertThat(folder.path().resolve("results.json"))
                .content()
                .containsPattern("\"rawData\" : \\[\\s+\\[\\s+[\\d.E-]+\\s+],\\s+\\[\\s+[\\d.E-]+\\s+]\\s+]");
    }

    @Test
    void run_measuresAnotherAllocatorBesideTheRest() throws IOException, RunnerException {
        ResultsFolder folder = new ResultsFolder(temp.resolve("results"));
        MeasuredJvm jvm = jvm().with(UnpooledByteBufAllocator.class.getName());

        PresetRun.of(Preset.quick, List.of("slices"), jvm, folder, new PrintWriter(said, true))
                .plan();
        assertThat(said.toString()).contains(" 5 trials ");
        Part slices = part(workload("slices").narrowed("kind", "direct").narrowed(Workload.OPERATION, "retainedSlice"))
                .with(AllocatorKind.other);
        PresetRun run =
                new PresetRun(Preset.quick, new ArrayList<>(List.of(slices)), jvm, folder, new PrintWriter(said, true));
        assertThat(run.run(false, 0)).as(() -> read(folder.log())).isTrue();

        assertThat(folder.measurements())
                .extracting(measurement -> measurement.allocator().orElse("control"))
                .containsExactlyInAnyOrder("control", "slab", "pooled", "adaptive", "other");
        assertThat(folder.header().orElseThrow().jvm().flags())
                .contains("-Dnettyslab.other=" + UnpooledByteBufAllocator.class.getName());
    }

    @Test
    void run_leavesTheHeapUntouchedWhereThePresetSaysSo() throws IOException, RunnerException {
        ResultsFolder folder = new ResultsFolder(temp.resolve("results"));
        Workload reading =
                workload("access-sequential").narrowed("kind", "direct").narrowed(Workload.OPERATION, "readLong");

        run(Preset.quick, List.of(new Part(reading, A_MOMENT.untouched())), folder)
                .run(false, 0);

        assertThat(folder.measurements()).isNotEmpty();
        assertThat(folder.path().resolve("results.json")).content().satisfies(json -> {
            assertThat(json.split("-XX:-AlwaysPreTouch", -1))
                    .as("control too")
                    .hasSize(folder.measurements().size() + 1);
        });
    }

    @Test
    void run_tellsOfTrialsThatFail() throws IOException, RunnerException {
        ResultsFolder folder = new ResultsFolder(temp.resolve("results"));
        Part tooLarge = part(refused());

        assertThat(run(Preset.quick, List.of(tooLarge), folder).run(false, 0)).isFalse();

        assertThat(said.toString()).contains("4 FAILED");
        assertThat(folder.header().orElseThrow().has("churn"))
                .as("worth another try")
                .isFalse();
        assertThat(folder.header().orElseThrow().pieces().get(0).failed()).isEqualTo(4);
        assertThat(folder.measurements()).isEmpty();
    }

    /** Or one that always fails would take the minutes from all others each time. */
    @Test
    void run_triesWhatFailedAfterAllOthers() throws IOException, RunnerException {
        ResultsFolder folder = new ResultsFolder(temp.resolve("results"));
        Header.Piece failed = new Header.Piece("slices", "2026-11-26T00:00:00Z", 1, 0, 0, 4, 4);
        folder.add(
                "[]", new Header("quick", PresetRun.build(), jvm().describe(), Computer.describe(), List.of(failed)));
        Part slices = part(workload("slices").narrowed("kind", "direct").narrowed(Workload.OPERATION, "retainedSlice"));
        Part decoder = part(workload("decoder").narrowed("kind", "direct").narrowed("frame", "64"));

        assertThat(run(Preset.quick, List.of(slices, decoder), folder).run(false, 0))
                .isTrue();

        assertThat(said.toString()).containsSubsequence("decoder ", "slices ");
        assertThat(folder.header().orElseThrow().has("slices")).isTrue();
    }

    @Test
    void run_beginsNothingThatWouldTakeTooLong() throws IOException, RunnerException {
        ResultsFolder folder = new ResultsFolder(temp.resolve("results"));
        Part tooLong = new Part(workload("slices"), new Effort(1, 0, 1, 1, 60_000, 0, true));

        assertThat(run(Preset.quick, List.of(tooLong), folder).run(false, 1)).isTrue();

        assertThat(said.toString()).contains("1 of 1 parts are left");
        assertThat(folder.hasResults()).isFalse();
    }

    @Test
    void run_measuresNothingForResultsThatAreDamaged() throws IOException {
        ResultsFolder folder = new ResultsFolder(temp.resolve("results"));
        Part slices = part(workload("slices").narrowed("kind", "direct").narrowed(Workload.OPERATION, "retainedSlice"));
        PresetRun run = run(Preset.quick, List.of(slices), folder);
        folder.add("[]", new Header("quick", PresetRun.build(), jvm().describe(), Computer.describe(), List.of()));
        Files.writeString(folder.path().resolve("results.json"), "[{");

        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> run.run(false, 0))
                .withMessageContaining("results.json");
        assertThat(folder.log()).as("nothing was begun").doesNotExist();

        Files.delete(folder.path().resolve("results.json"));
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> run.run(false, 0))
                .withMessageContaining("header but no results");
    }

    @Test
    void run_mixesNoPresets() {
        ResultsFolder folder = new ResultsFolder(temp.resolve("results"));
        folder.add(
                "[]",
                new Header("full", new Checkout(temp).describe(), jvm().describe(), Computer.describe(), List.of()));

        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> run(Preset.quick, List.of(), folder).run(false, 0))
                .withMessageContaining("--into: " + folder.path())
                .withMessageContaining("same preset");
    }

    @Test
    void run_addsNothingToResultsOfUnknownOrigin() throws IOException {
        Files.writeString(temp.resolve("results.json"), "[]");
        ResultsFolder folder = new ResultsFolder(temp);

        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> run(Preset.quick, List.of(), folder).run(false, 0))
                .withMessageContaining("--into: " + folder.path());
    }

    /** What is left when a JVM starts slowly is more than what the iterations take. */
    @Test
    void plan_countsTheStartOfEachJvm() throws IOException {
        Part slices = part(workload("slices").narrowed("kind", "direct").narrowed(Workload.OPERATION, "retainedSlice"));
        PresetRun run = new PresetRun(
                Preset.quick, List.of(slices), jvm("sleep 1\n"), new ResultsFolder(temp), new PrintWriter(said, true));

        run.plan();

        assertThat(said.toString()).containsPattern("slices +1 rows +4 trials +0:(0[4-9]|[1-5][0-9]) ");
        assertThat(said.toString())
                .containsPattern("by estimate, a JVM that touches its heap starting within [1-9]\\d*\\.\\d s");
    }

    @Test
    void plan_saysThatJvmDoesNotStart() throws IOException {
        PresetRun run = new PresetRun(
                Preset.quick,
                List.of(),
                jvm("case \"$*\" in *Xmx2g*) echo no memory; exit 3;; esac\n"),
                new ResultsFolder(temp),
                new PrintWriter(said, true));

        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(run::plan)
                .withMessageContaining("--jvm: ")
                .withMessageContaining("does not start with [-Xms2g")
                .withMessageContaining("no memory");
    }

    /** A live set that the benchmark itself finds too large. */
    private static Workload refused() {
        Workload churn = workload("churn").narrowed("mix", "loguniform").narrowed("kind", "direct");
        Map<String, List<String>> parameters = new LinkedHashMap<>(churn.parameters());
        parameters.put("live", List.of("65536"));
        return new Workload(
                churn.name(),
                churn.question(),
                churn.title(),
                churn.benchmark(),
                churn.control(),
                parameters,
                churn.threads(),
                churn.threadKind(),
                churn.reading(),
                churn.goal(),
                churn.garbage(),
                churn.run());
    }

    private PresetRun run(Preset preset, List<Part> parts, ResultsFolder folder) {
        return new PresetRun(preset, new ArrayList<>(parts), jvm(), folder, new PrintWriter(said, true));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A launcher of its own, which takes a small heap and leaves it untouched: otherwise the tests would wait for
     * gigabytes to be written to. What stands in this variable counts last.
     */
    private MeasuredJvm jvm() {
        return jvm("");
    }

    private MeasuredJvm jvm(String firstLines) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path launcher = temp.resolve("java");
        try {
            Files.writeString(
                    launcher,
                    "#!/bin/sh\n" + firstLines + "_JAVA_OPTIONS='-Xms64m -Xmx256m -XX:-AlwaysPreTouch' exec '" + java
                            + "' \"$@\"\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        return MeasuredJvm.at(launcher, Collector.parallel);
    }

    private static Part part(Workload workload) {
        return new Part(workload, A_MOMENT);
    }

    private static Workload workload(String name) {
        return Workloads.ALL.stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
