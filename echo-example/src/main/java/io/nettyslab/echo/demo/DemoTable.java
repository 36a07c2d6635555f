package io.nettyslab.echo.demo;

import static io.nettyslab.echo.text.Units.count;
import static io.nettyslab.echo.text.Units.format;
import static io.nettyslab.echo.text.Units.micros;

import io.nettyslab.echo.net.AllocatorKind;
import io.nettyslab.echo.text.TextTable;
import io.nettyslab.echo.text.Units;
import java.io.PrintWriter;
import java.util.List;
import java.util.OptionalDouble;

/** The results of a demo: one line for each transport and allocator. */
public final class DemoTable {

    private static final String[] HEADER = {
        "transport",
        "allocator",
        "messages/s",
        "to best rival",
        "p50 us",
        "p99 us",
        "p99.9 us",
        "GCs",
        "GC ms",
        "CPU ns/KiB",
        "reserved",
        "reads from slabs",
        "still out"
    };

    private final List<Contestant> contestants;
    private final int rounds;

    DemoTable(List<Contestant> contestants, int rounds) {
        this.contestants = contestants;
        this.rounds = rounds;
    }

    /**
     * Returns how many rounds every contestant had.
     *
     * @return at most what was asked for; fewer if time ran out
     */
    public int rounds() {
        return rounds;
    }

    public void print(PrintWriter out) {
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
            micros(contestant.median(Round::p50Nanos)),
            micros(contestant.median(Round::p99Nanos)),
            micros(contestant.median(Round::p999Nanos)),
            format("%.0f", contestant.sum(Round::collections)),
            format("%.0f", contestant.sum(Round::collectionMillis)),
            format("%,.0f", contestant.median(Round::cpuNanosPerKib)),
            Units.bytes((long) contestant.atEnd("reservedBytes")),
            readsFromSlabs(contestant),
            stillOut(contestant)
        };
    }

    /**
     * Compares round by round, so that a machine that is slower for a while is slower for both, and takes the rival
     * that does best by that. Only the slab line has rivals; each other line would compare with itself.
     */
    private String ratioToBestRival(Contestant contestant) {
        if (contestant.allocator() != AllocatorKind.SLAB) {
            return "";
        }
        OptionalDouble ratio = contestants.stream()
                .filter(other -> other.transport() == contestant.transport() && other != contestant)
                .mapToDouble(contestant::medianRatioTo)
                .min();
        return ratio.isPresent() ? format("%.2f x", ratio.getAsDouble()) : "";
    }

    private static String readsFromSlabs(Contestant contestant) {
        long slab = (long) contestant.atEnd("slabReads");
        return contestant.allocator() == AllocatorKind.SLAB
                ? Units.percent(slab, slab + (long) contestant.atEnd("otherReads"))
                : "-";
    }

    private static String stillOut(Contestant contestant) {
        double buffers = contestant.atEnd("buffersInUse");
        double bytes = contestant.atEnd("bytesInUse");
        if (buffers >= 0) {
            return format("%.0f", buffers);
        }
        return bytes >= 0 ? Units.bytes((long) bytes) : "-";
    }
}
