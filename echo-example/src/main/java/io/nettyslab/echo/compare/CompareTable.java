package io.nettyslab.echo.compare;

import static io.nettyslab.echo.text.Units.count;
import static io.nettyslab.echo.text.Units.format;
import static io.nettyslab.echo.text.Units.micros;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.text.TextTable;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;
import java.util.List;

/** The results of a comparison: one line for each transport and allocator. */
final class CompareTable {

    private static final String[] HEADER = {
        "transport",
        "allocator",
        "messages/s",
        "to best rival",
        "CPU ns/KiB",
        "p50 us",
        "p99 us",
        "p99.9 us",
        "GCs",
        "GC ms",
        "resident",
        "reserved",
        "reads from slabs",
        "still out"
    };

    private final List<Contestant> contestants;
    private final List<Verdict> verdicts;

    CompareTable(List<Contestant> contestants, List<Verdict> verdicts) {
        this.contestants = contestants;
        this.verdicts = verdicts;
    }

    void print(PrintWriter out) {
        TextTable table = new TextTable(2).row(HEADER);
        contestants.forEach(contestant -> table.row(cells(contestant)));
        table.print(out);
    }

    private String[] cells(Contestant contestant) {
        return new String[] {
            contestant.transport().toString(),
            contestant.allocator().toString(),
            count(Math.round(contestant.median(Round::messagesPerSecond))),
            ratioToBestRival(contestant),
            format("%,.0f", contestant.median(Round::cpuNanosPerKib)),
            micros(contestant.median(Round::p50Nanos)),
            micros(contestant.median(Round::p99Nanos)),
            micros(contestant.median(Round::p999Nanos)),
            format("%.0f", contestant.sum(Round::collections)),
            format("%.0f", contestant.sum(Round::collectionMillis)),
            resident(contestant),
            Units.bytes((long) contestant.figures().number("reservedBytes")),
            readsFromSlabs(contestant),
            stillOut(contestant)
        };
    }

    /** Only the slab line has rivals; each other line would compare with itself. */
    private String ratioToBestRival(Contestant contestant) {
        return verdicts.stream()
                .filter(verdict -> contestant.allocator() == AllocatorKind.SLAB
                        && verdict.transport().equals(contestant.transport().toString())
                        && verdict.metric().equals(Metric.THROUGHPUT.label()))
                .map(verdict -> format("%.2f x", verdict.advantage().median()))
                .findFirst()
                .orElse("");
    }

    private static String resident(Contestant contestant) {
        double bytes = contestant.median(Round::residentBytes);
        return bytes > 0 ? Units.bytes((long) bytes) : "-";
    }

    private static String readsFromSlabs(Contestant contestant) {
        long slab = (long) contestant.figures().number("slabReads");
        return contestant.allocator() == AllocatorKind.SLAB
                ? Units.percent(slab, slab + (long) contestant.figures().number("otherReads"))
                : "-";
    }

    private static String stillOut(Contestant contestant) {
        double buffers = contestant.figures().number("buffersInUse");
        double bytes = contestant.figures().number("bytesInUse");
        if (buffers >= 0) {
            return format("%.0f", buffers);
        }
        return bytes >= 0 ? Units.bytes((long) bytes) : "-";
    }
}
