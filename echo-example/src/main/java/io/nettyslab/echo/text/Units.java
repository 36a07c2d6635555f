package io.nettyslab.echo.text;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes sizes and durations the way people write them. */
public final class Units {

    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([kmgt]?)(?:i?b)?");
    private static final Pattern SIMPLE_DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h)");
    private static final Duration LONGEST = Duration.ofDays(365); // what is computed from it still fits a long
    private static final String[] SIZE_NAMES = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Units() {}

    /**
     * Parses a size; the prefixes k, m, g and t are powers of 1024, as memory is counted.
     *
     * @param text such as {@code 4096}, {@code 64k}, {@code 64KiB}
     * @return bytes
     * @throws IllegalArgumentException if the text is no size
     */
    public static long parseBytes(String text) {
        Matcher matcher = SIZE.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size (expected: 4096, 64k, 16MiB)");
        }
        int power = " kmgt".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power));
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is too large");
        }
    }

    /**
     * Parses a duration.
     *
     * @param text such as {@code 500ms}, {@code 10s}, {@code 2m} or {@code PT1M30S}
     * @return the duration, 0 to 365 days
     * @throws IllegalArgumentException if the text is no duration, or a longer one
     */
    public static Duration parseDuration(String text) {
        Duration duration = durationOf(text);
        if (duration == null || duration.isNegative()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration (expected: 500ms, 10s, 2m, PT1M30S)");
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is too long (expected: " + duration(LONGEST) + " at most)");
        }
        return duration;
    }

    private static Duration durationOf(String text) {
        Matcher matcher = SIMPLE_DURATION.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            double seconds = Double.parseDouble(matcher.group(1)) * secondsOf(matcher.group(2));
            return Duration.ofNanos(Math.round(seconds * 1e9)); // of too many the most there are, 292 years
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /**
     * Writes a duration in the largest unit that leaves no fraction.
     *
     * @param duration 0 or more
     * @return such as {@code 0s}, {@code 1500ms}, {@code 90s} or {@code 25h}, as {@link #parseDuration} reads it; only
     *     milliseconds have a fraction
     */
    public static String duration(Duration duration) {
        if (duration.getNano() != 0) {
            return BigDecimal.valueOf(duration.toNanos(), 6)
                            .stripTrailingZeros()
                            .toPlainString() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }

    private static double secondsOf(String unit) {
        return switch (unit) {
            case "ms" -> 0.001;
            case "m" -> 60;
            case "h" -> 3600;
            default -> 1;
        };
    }

    /**
     * Writes a size with at most one digit behind the point.
     *
     * @param bytes 0 or more
     * @return such as {@code 64 KiB} or {@code 1.5 GiB}
     */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < SIZE_NAMES.length - 1) {
            value /= 1024;
            unit++;
        }
        String number = format(value == Math.rint(value) ? "%.0f" : "%.1f", value);
        return number + " " + SIZE_NAMES[unit];
    }

    /**
     * Writes a number with separators between thousands.
     *
     * @param number any
     * @return such as {@code 1,234,567}
     */
    public static String count(long number) {
        return format("%,d", number);
    }

    /**
     * Writes a latency in microseconds, with more digits the smaller it is.
     *
     * @param nanos latency
     * @return such as {@code 87.3} or {@code 12,345}
     */
    public static String micros(double nanos) {
        double micros = nanos / 1000;
        return format(micros < 100 ? "%,.1f" : "%,.0f", micros);
    }

    /**
     * Writes a share of a whole; one that is not whole never rounds up to 100.
     *
     * @param part count
     * @param whole count, 0 for nothing to share
     * @return such as {@code 99.98 %}, {@code -} if there is no whole
     */
    public static String percent(long part, long whole) {
        if (whole == 0) {
            return "-";
        }
        double share = Math.floor(10_000.0 * part / whole) / 100;
        return part == whole ? "100 %" : format("%.2f %%", share);
    }

    /** Formats alike wherever the program runs, so that scripts and tests can read it. */
    public static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
