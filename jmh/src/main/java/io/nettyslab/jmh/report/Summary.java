package io.nettyslab.jmh.report;

import io.nettyslab.jmh.results.Figure;
import io.nettyslab.jmh.workload.Goal;
import io.nettyslab.jmh.workload.Workload;
import io.nettyslab.jmh.workload.Workloads;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All rows in a few lines: which workloads reach their targets where, and how far the worst row is. */
final class Summary {

    private Summary() {}

    /** One sentence with the number of rows of each verdict. */
    static String counts(List<Row> rows) {
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            counts.put(
                    verdict,
                    rows.stream().filter(row -> row.verdict() == verdict).count());
        }
        long slower = counts.get(Verdict.SLOWER);
        long missed = counts.get(Verdict.MISSED) + slower;
        long behind = counts.get(Verdict.BEHIND);
        long judged = missed + behind + counts.get(Verdict.EVEN) + counts.get(Verdict.MET);
        return Labels.counted(judged, "row", "rows") + " judged: " + Labels.count(missed)
                + (missed == 1 ? " misses" : " miss") + " the target, " + Labels.count(slower)
                + " of them slower than a rival; " + Labels.count(behind) + " behind, "
                + Labels.count(counts.get(Verdict.EVEN)) + " even; "
                + Labels.count(counts.get(Verdict.MET)) + " met it. Not measured: "
                + Labels.counted(counts.get(Verdict.NOT_MEASURED), "row", "rows") + '.';
    }

    /** A line for each workload and a column for each condition. */
    static String table(Collection<Condition> conditions, List<Row> rows) {
        StringBuilder table = new StringBuilder();
        table.append("| workload | target |")
                .append(each(conditions, condition -> ' ' + condition.title() + " |"))
                .append('\n');
        table.append("|---|---|").append("---|".repeat(conditions.size())).append('\n');
        for (Workload workload : Workloads.ALL) {
            table.append("| " + workload.title() + " | " + Labels.target(workload) + " |")
                    .append(each(
                            conditions,
                            condition -> ' '
                                    + standing(rows.stream()
                                            .filter(row -> row.workload().equals(workload)
                                                    && row.condition().equals(condition))
                                            .toList())
                                    + " |"))
                    .append('\n');
        }
        return table.toString();
    }

    private static String each(Collection<Condition> conditions, Function<Condition, String> cell) {
        return conditions.stream().map(cell).collect(Collectors.joining());
    }

    private static String standing(List<Row> rows) {
        List<Row> measured = rows.stream()
                .filter(row -> row.verdict() != Verdict.NOT_MEASURED)
                .toList();
        if (measured.isEmpty()) {
            return Labels.NONE;
        }
        long good = measured.stream()
                .filter(row -> !row.verdict().isMiss() && row.verdict() != Verdict.BEHIND && !row.losesWithoutTarget())
                .count();
        return sign(measured) + ' ' + good + " of " + measured.size() + ", " + worst(measured);
    }

    private static String sign(List<Row> measured) {
        if (measured.stream().anyMatch(row -> row.verdict() == Verdict.SLOWER)) {
            return "🔴";
        }
        if (measured.stream().anyMatch(row -> row.verdict().isMiss())) {
            return "🟠";
        }
        if (measured.stream().anyMatch(row -> row.verdict() == Verdict.BEHIND)) {
            return "🟡";
        }
        return measured.stream().allMatch(row -> row.verdict() == Verdict.SHOWN) ? "⚪" : "🟢";
    }

    private static String worst(List<Row> measured) {
        return measured.stream()
                .filter(row -> reachedOrRatio(row).isPresent())
                .min(Comparator.comparingDouble(row -> reachedOrRatio(row).getAsDouble()))
                .map(Summary::figure)
                .orElse(Labels.NONE);
    }

    private static String figure(Row worst) {
        return worst.workload().goal() instanceof Goal.AtMost
                ? Labels.number(worst.ours().orElseThrow().score())
                        + ' '
                        + worst.workload().reading().unit()
                : Labels.ratio(worst.ratio().orElseThrow().score());
    }

    /** Empty if there is nothing to divide by: a rival's figure of nothing, or less. */
    private static OptionalDouble reachedOrRatio(Row row) {
        OptionalDouble reached = row.reached();
        return reached.isPresent()
                ? reached
                : row.ratio().stream().mapToDouble(Figure::score).findFirst();
    }
}
