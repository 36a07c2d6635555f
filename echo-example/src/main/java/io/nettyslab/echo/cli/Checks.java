package io.nettyslab.echo.cli;

import io.nettyslab.echo.text.Units;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuses values of options by name, value and allowed range. */
final class Checks {

    private Checks() {}

    static void range(CommandSpec spec, String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw usage(
                    spec, name + ": " + value + " (expected: " + Units.count(min) + " to " + Units.count(max) + ")");
        }
    }

    static ParameterException usage(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
