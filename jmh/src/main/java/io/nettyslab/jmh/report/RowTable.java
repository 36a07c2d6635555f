package io.nettyslab.jmh.report;

import io.nettyslab.jmh.AllocatorKind;
import io.nettyslab.jmh.results.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows as a table in Markdown. */
final class RowTable {

    private static final String RESERVED = "reserved";

    private RowTable() {}

    /** Returns a line for each row; at least one row, all compared with the same rivals. */
    static String of(List<Row> rows) {
        return of(rows, false);
    }

    /** The same, with controls and with the memory that each allocator had taken from the system. */
    static String complete(List<Row> rows) {
        return of(rows, true);
    }

    private static String of(List<Row> rows, boolean complete) {
        StringBuilder table = new StringBuilder();
        List<String> head = head(rows.get(0).allocators(), complete);
        line(table, head);
        line(table, head.stream().map(cell -> "---").toList());
        rows.forEach(row -> line(table, cells(row, complete)));
        return table.toString();
    }

    private static void line(StringBuilder table, List<String> cells) {
        table.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static List<String> head(List<AllocatorKind> allocators, boolean complete) {
        List<String> head = new ArrayList<>(List.of("row", "measured on"));
        allocators.forEach(allocator -> head.add(allocator.name()));
        head.addAll(List.of("ratio", "target", "verdict", "garbage, B: " + names(allocators)));
        if (complete) {
            head.add("control");
            head.add("reserved, MiB: " + names(allocators));
        }
        return head;
    }

    private static String names(List<AllocatorKind> allocators) {
        return allocators.stream().map(Enum::name).collect(Collectors.joining(" / "));
    }

    private static List<String> cells(Row row, boolean complete) {
        List<String> cells =
                new ArrayList<>(List.of(row.fullLabel(), row.condition().title()));
        row.allocators().forEach(allocator -> cells.add(figure(row.figure(allocator))));
        cells.addAll(List.of(ratio(row), Labels.target(row.workload()), verdict(row), garbage(row)));
        if (complete) {
            cells.add(figure(row.control()));
            cells.add(row.allocators().stream()
                    .map(allocator -> row.secondary(allocator, RESERVED)
                            .map(figure -> Labels.number(figure.score()))
                            .orElse(Labels.NONE))
                    .collect(Collectors.joining(" / ")));
        }
        return cells;
    }

    private static String figure(Optional<Figure> figure) {
        return figure.map(f -> Labels.number(f.score()) + uncertainty(f)).orElse(Labels.NONE);
    }

    private static String uncertainty(Figure figure) {
        double off = Math.max(figure.high() - figure.score(), figure.score() - figure.low());
        double percent = figure.score() > 0 ? 100 * off / figure.score() : 0;
        return percent == 0 ? "" : String.format(Locale.ROOT, " ±%.0f %%", percent);
    }

    private static String ratio(Row row) {
        String ratio = row.ratio()
                .map(f -> Labels.ratio(f.score(), row.targetRatio().orElse(1)))
                .orElse(Labels.NONE);
        if (row.isWithinControl()) {
            return ratio + " with the hand-over, which took as long alone in some iteration";
        }
        return row.workload().subtractsControl() && row.plainRatio().isPresent()
                ? ratio + " (" + Labels.ratio(row.plainRatio().get().score()) + " with the hand-over)"
                : ratio;
    }

    private static String verdict(Row row) {
        String word = row.verdict().isMiss()
                ? "**" + row.verdict().word() + "**"
                : row.verdict().word();
        boolean misses = row.verdict().isJudged() && row.leavesTooMuchGarbage();
        return word + (misses ? ", garbage" : "") + (row.isUnsure() ? ", unsure" : "");
    }

    private static String garbage(Row row) {
        return row.allocators().stream()
                .map(row::garbage)
                .map(bytes -> bytes.isPresent() ? Labels.garbage(bytes.getAsDouble()) : Labels.NONE)
                .collect(Collectors.joining(" / "));
    }
}
