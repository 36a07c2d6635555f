package io.nettyslab.jmh.cli;

import io.nettyslab.jmh.preset.Progress;
import io.nettyslab.jmh.report.ReportWriter;
import io.nettyslab.jmh.results.BadInput;
import io.nettyslab.jmh.results.ResultsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a report. */
@Command(
        name = "report",
        description = "Makes report.md and its charts from the results of one or more runs.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ReportCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "folder",
            description = "What 'run' wrote: a folder with results.json, or one that has such folders in it.")
    private List<Path> folders;

    @Option(
            names = "--into",
            paramLabel = "<folder>",
            description = "Where the report goes. Default: the first folder given.")
    private Path into;

    @Override
    public Integer call() throws IOException {
        List<ResultsFolder> found = new ArrayList<>();
        for (Path folder : folders) {
            found.addAll(resultsIn(folder));
        }
        Path report;
        try (Progress progress = Progress.startSteps("report", ReportWriter.SECTIONS)) {
            report = ReportWriter.write(found, into == null ? folders.get(0) : into, section -> {
                progress.note(section);
                progress.step(1);
            });
        }
        spec.commandLine().getOut().println("report in " + report);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static List<ResultsFolder> resultsIn(Path folder) throws IOException {
        List<ResultsFolder> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> below = Files.walk(folder, 1)) {
                below.filter(Files::isDirectory)
                        .sorted()
                        .map(ResultsFolder::new)
                        .forEach(found::add);
            }
        }
        found.removeIf(candidate -> !candidate.hasResults());
        if (found.isEmpty()) {
            throw new BadInput("folder: " + folder + " (expected: results.json in it or in folders directly below it)");
        }
        return found;
    }
}
