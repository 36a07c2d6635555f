package io.nettyslab.echo;

import io.nettyslab.echo.cli.CompareCommand;
import io.nettyslab.echo.cli.LoadCommand;
import io.nettyslab.echo.cli.ScaleCommand;
import io.nettyslab.echo.cli.ServeCommand;
import io.nettyslab.echo.cli.Versions;
import io.nettyslab.echo.net.EchoFailure;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program: {@code serve}, {@code load}, {@code compare} and {@code scale}. Exit codes: 0 done, 1 failed, 2 wrong
 * usage.
 */
@Command(
        name = "echo-example",
        description = "An echo server on slab memory, and the load to try it with.",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        subcommands = {ServeCommand.class, LoadCommand.class, CompareCommand.class, ScaleCommand.class})
public final class EchoExample implements Runnable {

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /**
     * Makes the command line with its rules on errors; tests run it in their own JVM.
     *
     * @return a new command line
     */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new EchoExample());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(EchoExample::report);
        line.setParameterExceptionHandler(EchoExample::refuse);
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: serve, load, compare or scale");
    }

    /** Some commands have more help than a terminal has lines: what is wrong would scroll away above it. */
    private static int refuse(ParameterException e, String[] args) {
        CommandLine line = e.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, err);
        if (e.getArgSpec() instanceof OptionSpec option) {
            err.println(option.longestName() + ": " + String.join(" ", option.description()));
        }
        err.println(line.getCommandSpec().qualifiedName() + " --help tells all.");
        err.flush();
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** What the user can understand is one line; everything else is a bug and keeps its stack trace. */
    private static int report(Exception e, CommandLine line, CommandLine.ParseResult result) {
        if (e instanceof EchoFailure) {
            line.getErr().println("error: " + e.getMessage());
        } else {
            e.printStackTrace(line.getErr());
        }
        line.getErr().flush();
        return line.getCommandSpec().exitCodeOnExecutionException();
    }
}
