package io.nettyslab.jmh.report;

import io.nettyslab.jmh.results.Header;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Says where the figures come from. */
final class HeaderTable {

    private static final String UNKNOWN = "unknown, no header";

    private HeaderTable() {}

    /** One column for each condition. */
    static String of(SortedMap<Condition, Comparison.Source> sources) {
        StringBuilder table = new StringBuilder();
        table.append("| |");
        sources.keySet()
                .forEach(
                        condition -> table.append(' ').append(condition.title()).append(" |"));
        table.append("\n|---|").append("---|".repeat(sources.size())).append('\n');
        line(table, "commit", sources, header -> header.build().commit());
        line(table, "sources", sources, header -> header.build().sources());
        line(
                table,
                "JDK",
                sources,
                header -> header.jvm().version() + ", " + header.jvm().vm());
        line(table, "flags", sources, header -> String.join(" ", header.jvm().flags()));
        line(table, "Netty", sources, header -> header.build().netty());
        line(
                table,
                "processor",
                sources,
                header ->
                        header.machine().cores() + " cores, " + header.machine().processor());
        line(table, "caches", sources, header -> header.machine().caches());
        line(table, "memory", sources, header -> header.machine().memory());
        line(table, "system", sources, header -> header.machine().kernel());
        line(table, "preset", sources, Header::preset);
        line(table, "measured, UTC", sources, HeaderTable::dates);
        line(table, "time it took", sources, HeaderTable::minutes);
        line(table, "load before the first piece", sources, HeaderTable::load);
        line(table, "trials without result", sources, HeaderTable::failures);
        return table.toString();
    }

    private static void line(
            StringBuilder table,
            String name,
            SortedMap<Condition, Comparison.Source> sources,
            Function<Header, String> value) {
        String cells = sources.values().stream()
                .map(source -> source.header().map(value).orElse(UNKNOWN))
                .collect(Collectors.joining(" | "));
        table.append("| ").append(name).append(" | ").append(cells).append(" |\n");
    }

    private static String dates(Header header) {
        List<String> starts =
                header.pieces().stream().map(Header.Piece::started).sorted().toList();
        if (starts.isEmpty()) {
            return Labels.NONE;
        }
        String last = starts.get(starts.size() - 1);
        return starts.get(0).equals(last) ? last : starts.get(0) + " to " + last;
    }

    private static String minutes(Header header) {
        long seconds = header.pieces().stream().mapToLong(Header.Piece::seconds).sum();
        return String.format(Locale.ROOT, "%.0f minutes", seconds / 60.0);
    }

    private static String load(Header header) {
        return header.pieces().isEmpty()
                ? Labels.NONE
                : Labels.plain(header.pieces().get(0).loadBefore());
    }

    private static String failures(Header header) {
        return Labels.count(
                header.pieces().stream().mapToLong(Header.Piece::failed).sum());
    }

    /** The pieces of one run, each with the load before and after it. */
    static String pieces(Header header) {
        StringBuilder table =
                new StringBuilder("| workload | started, UTC | seconds | trials | load before | after |\n");
        table.append("|---|---|---|---|---|---|\n");
        for (Header.Piece piece : header.pieces()) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %d | %d | %.2f | %.2f |\n",
                    piece.workload(),
                    piece.started(),
                    piece.seconds(),
                    piece.trials(),
                    piece.loadBefore(),
                    piece.loadAfter()));
        }
        return table.toString();
    }
}
