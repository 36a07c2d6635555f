package io.nettyslab.jmh.cli;

import io.nettyslab.jmh.preset.MeasuredJvm;
import io.nettyslab.jmh.preset.Preset;
import io.nettyslab.jmh.preset.PresetRun;
import io.nettyslab.jmh.results.BadInput;
import io.nettyslab.jmh.results.ResultsFolder;
import io.nettyslab.jmh.workload.Collector;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a preset. */
@Command(
        name = "run",
        description = "Measures a preset on one JDK and one collector. May be stopped and repeated: it goes on where it"
                + " was. Leave the machine alone meanwhile.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {

    private static final int MAX_MINUTES = 24 * 60;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "preset",
            defaultValue = "quick",
            description =
                    "${COMPLETION-CANDIDATES}: about 4, 13, 31 minutes on two cores where a JVM of 2 GiB starts within"
                            + " 0.4 s; --plan says how long here. Default: quick.")
    private Preset preset;

    @Option(
            names = "--jvm",
            paramLabel = "<path>",
            description = "Java launcher, or folder of a JDK, to measure on. Default: the one that runs this.")
    private Path jvm;

    @Option(
            names = "--gc",
            paramLabel = "<collector>",
            defaultValue = "g1",
            description = "${COMPLETION-CANDIDATES}. Default: g1. ZGC needs JDK 21 or newer.")
    private Collector collector;

    @Option(
            names = "--into",
            paramLabel = "<folder>",
            description = "Results go into a folder below it, such as jdk17-g1. Default: jmh-results/<preset>.")
    private Path into;

    @Option(
            names = "--only",
            paramLabel = "<workload>",
            split = ",",
            description = "Only these workloads; 'churn' means all that begin with it. --plan lists them.")
    private List<String> only = List.of();

    @Option(
            names = "--other",
            paramLabel = "<class>",
            description =
                    "Measure an allocator of this class too, which takes a third more time; it must be on the class"
                            + " path: java -cp benchmarks.jar:other.jar "
                            + "io.nettyslab.jmh.cli.BenchmarksMain run --other <class>")
    private String other;

    @Option(
            names = "--minutes",
            paramLabel = "<n>",
            defaultValue = "0",
            description =
                    "Begin nothing that would not end within so many minutes, 0 to 1440. 0, the default: no limit.")
    private int minutes;

    @Option(names = "--again", description = "Measure also what the folder already has.")
    private boolean again;

    @Option(names = "--plan", description = "Print what would be measured and how long it takes, and stop.")
    private boolean plan;

    @Override
    public Integer call() throws Exception {
        if (minutes < 0 || minutes > MAX_MINUTES) {
            throw new BadInput("--minutes: " + minutes + " (expected: 0 to " + MAX_MINUTES + ')');
        }
        Path java = jvm == null ? Path.of(System.getProperty("java.home")) : jvm;
        MeasuredJvm found = MeasuredJvm.at(java, collector);
        MeasuredJvm measured = other == null ? found : found.with(other);
        Path parent = into == null ? Path.of("jmh-results", preset.name()) : into;
        ResultsFolder folder = new ResultsFolder(parent.resolve(measured.folderName()));
        PresetRun run =
                PresetRun.of(preset, only, measured, folder, spec.commandLine().getOut());
        if (plan) {
            run.plan();
            return 0;
        }
        return run.run(again, minutes) ? 0 : 1;
    }
}
