package io.nettyslab.jmh.cli;

import io.nettyslab.jmh.results.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program. {@code run} and {@code report} are ours, anything else is handed to JMH as it is, so that
 * {@code java -jar benchmarks.jar SteadyChurn -p mix=web} works as JMH's documentation says. Exit codes: 0 done, 1
 * failed, 2 wrong usage.
 */
@Command(
        name = "benchmarks",
        description = "Compares the slab allocator with Netty's own.",
        mixinStandardHelpOptions = true,
        version = "benchmarks of netty-slab",
        subcommands = {RunCommand.class, ReportCommand.class},
        footer = {
            "",
            "Everything else goes to JMH, for example:",
            "  java -jar benchmarks.jar SteadyChurn -p allocator=slab,adaptive -f 1",
            "  java -jar benchmarks.jar -h        (JMH's own help)"
        })
public final class BenchmarksMain implements Runnable {

    private static final Set<String> OURS = Set.of("run", "report", "--help", "--version", "-V");

    @Spec
    private CommandSpec spec;

    /** Runs a command, or JMH. */
    public static void main(String[] args) throws IOException {
        if (args.length == 0 || OURS.contains(args[0])) {
            System.exit(commandLine().execute(args));
        }
        org.openjdk.jmh.Main.main(args);
    }

    /** Makes the command line with its rules on errors; tests run it in their own JVM. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new BenchmarksMain());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(BenchmarksMain::report);
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Missing command: run, report, or the name of a benchmark for JMH");
    }

    /** What the user can put right is one line; everything else is a bug and keeps its stack trace. */
    private static int report(Exception e, CommandLine line, CommandLine.ParseResult result) {
        if (e instanceof BadInput) {
            say(line, e.getMessage());
            return line.getCommandSpec().exitCodeOnInvalidInput();
        }
        Throwable refused = e instanceof UncheckedIOException ? e.getCause() : e;
        if (refused instanceof FileSystemException file) {
            say(line, file.getFile() + ": " + reason(file));
        } else if (e instanceof RunnerException) {
            say(line, "JMH: " + e.getMessage());
        } else {
            e.printStackTrace(line.getErr());
            line.getErr().flush();
        }
        return line.getCommandSpec().exitCodeOnExecutionException();
    }

    private static void say(CommandLine line, String error) {
        line.getErr().println("error: " + error);
        line.getErr().flush();
    }

    private static String reason(FileSystemException file) {
        if (file instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (file instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        return file.getReason() != null ? file.getReason() : "is no folder"; // as where a file stands in the way
    }
}
