package io.nettyslab.echo;

import io.nettyslab.echo.cli.CompareCommand;
import io.nettyslab.echo.cli.LoadCommand;
import io.nettyslab.echo.cli.ScaleCommand;
import io.nettyslab.echo.cli.ServeCommand;
import io.nettyslab.echo.cli.Versions;
import io.nettyslab.echo.net.EchoFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: serve, load, compare or scale");
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
