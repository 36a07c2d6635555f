package io.nettyslab.echo.cli;

import io.nettyslab.echo.text.Units;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuses values of options that are out of range: name, value, what was expected. */
final class Ranges {

    private Ranges() {}

    static void check(CommandSpec spec, String name, long value, long min, long max) {
        if (value < min || value > max) {
            String range = max == Long.MAX_VALUE
                    ? Units.count(min) + " or more"
                    : Units.count(min) + " to " + Units.count(max);
            throw refusal(spec, name, value, range);
        }
    }

    static ParameterException refusal(CommandSpec spec, String name, Object value, String expected) {
        return new ParameterException(spec.commandLine(), name + ": " + value + " (expected: " + expected + ")");
    }
}
