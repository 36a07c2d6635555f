package io.nettyslab.echo.cli;

import io.nettyslab.echo.text.Units;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Refuses options: most by name, value and what was expected. */
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
        return usage(spec, name + ": " + value + " (expected: " + expected + ")");
    }

    static ParameterException usage(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
