package io.nettyslab.echo.cli;

import io.nettyslab.echo.text.Units;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

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
        Object shown = value instanceof Duration time ? Units.duration(time) : value;
        return usage(spec, name + ": " + shown + " (expected: " + expected + ")");
    }

    /** Refuses options that were given but would be ignored, for the reason that {@code why} tells of each. */
    static void refuseGiven(CommandSpec spec, String why, String... names) {
        ParseResult given = spec.commandLine().getParseResult();
        for (String name : names) {
            if (given.hasMatchedOption(name)) {
                throw usage(spec, name + " " + why);
            }
        }
    }

    static ParameterException usage(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
