package io.nettyslab.jmh.report;

import io.nettyslab.jmh.workload.Goal;
import io.nettyslab.jmh.workload.Workload;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Words and numbers as people read them. */
final class Labels {

    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final Set<String> BYTES = Set.of("size", "payload", "length", "frame", "maxSize");
    /** Stands where nothing was measured. */
    static final String NONE = "–";

    private Labels() {}

    /** Returns the values of the parameters that have more than one value in the table. */
    static String varying(Workload workload, Map<String, String> parameters) {
        return workload.parameters().entrySet().stream()
                .filter(parameter -> parameter.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .map(name -> value(name, parameters.get(name)))
                .collect(Collectors.joining(", "));
    }

    /** Returns a parameter's value with its unit. */
    static String value(String parameter, String value) {
        if (BYTES.contains(parameter)) {
            return bytes(Long.parseLong(value));
        }
        return switch (parameter) {
            case "live" -> count(Long.parseLong(value)) + " live";
            case "receivers" -> "1:" + value;
            case "chars" -> value + " characters";
            default -> value;
        };
    }

    /** Returns what a workload should reach. */
    static String target(Workload workload) {
        if (workload.goal() instanceof Goal.Faster faster) {
            return "≥ " + plain(faster.ratio()) + '×';
        }
        return workload.goal() instanceof Goal.AtMost atMost
                ? "≤ " + plain(atMost.limit()) + ' ' + workload.reading().unit()
                : NONE;
    }

    private static String bytes(long bytes) {
        if (bytes >= MIB && bytes % MIB == 0) {
            return bytes / MIB + " MiB";
        }
        return bytes >= KIB && bytes % KIB == 0 ? bytes / KIB + " KiB" : bytes + " B";
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** Three digits at least, and no more than matter: 0.012, 1.23, 12.3, 1,234. */
    static String number(double number) {
        double size = Math.abs(number);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 || size == 0 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, number);
    }

    /** All digits and no zeros behind the point, for axes: 0.5, 20, 1,000,000. */
    static String plain(double number) {
        DecimalFormat format = new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
        return format.format(number);
    }

    static String ratio(double ratio) {
        return ratio(ratio, 1);
    }

    /** Three digits at least, and as many more as it takes for what is below {@code target}, or below 1, to look so. */
    static String ratio(double ratio, double target) {
        int digits = ratio >= 100 ? 0 : ratio >= 10 ? 1 : 2;
        BigDecimal rounded = rounded(ratio, digits);
        while (hides(rounded, ratio, target) || hides(rounded, ratio, 1)) {
            rounded = rounded(ratio, ++digits);
        }
        return String.format(Locale.ROOT, "%,." + digits + "f", rounded) + '×';
    }

    private static boolean hides(BigDecimal rounded, double ratio, double bound) {
        return ratio < bound && rounded.doubleValue() >= bound;
    }

    private static BigDecimal rounded(double ratio, int digits) {
        return BigDecimal.valueOf(ratio).setScale(digits, RoundingMode.HALF_UP);
    }

    /** Bytes for one operation; what rounds to nothing is nothing. */
    static String garbage(double bytes) {
        return bytes < Row.NO_GARBAGE_BYTES ? "0" : number(bytes);
    }

    static String counted(long number, String one, String many) {
        return count(number) + ' ' + (number == 1 ? one : many);
    }
}
