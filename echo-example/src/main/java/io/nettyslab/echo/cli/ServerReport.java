package io.nettyslab.echo.cli;

import static io.nettyslab.echo.text.Units.bytes;
import static io.nettyslab.echo.text.Units.count;
import static io.nettyslab.echo.text.Units.percent;

import io.nettyslab.echo.net.AllocatorFigures;
import io.nettyslab.echo.process.MemoryFigures;
import io.nettyslab.echo.server.ServerFigures;
import io.nettyslab.echo.server.Traffic;
import io.nettyslab.echo.text.KeyValues;
import io.nettyslab.echo.text.ProcessFigures;
import io.nettyslab.echo.text.TextTable;

/** What a server says at its end, to people and to programs. */
final class ServerReport {

    private ServerReport() {}

    static TextTable table(ServerFigures figures, int cutOff) {
        Traffic traffic = figures.traffic();
        TextTable table = new TextTable(2);
        table.row(
                "connections",
                count(traffic.opened()) + " accepted, at most " + count(traffic.peakConnections()) + " at once, "
                        + count(traffic.refused()) + " refused, " + count(traffic.errors()) + " broken, "
                        + count(cutOff) + " cut off at the stop");
        if (traffic.acceptFailures() > 0) {
            table.row("accept failed", count(traffic.acceptFailures()) + " times");
        }
        if (traffic.errors() > 0) {
            table.row("last error", traffic.lastError());
        }
        table.row("bytes", bytes(traffic.bytesRead()) + " read, " + bytes(traffic.bytesWritten()) + " written");
        AllocatorFigures memory = figures.memory();
        if (memory.slabAllocations() == AllocatorFigures.UNKNOWN) {
            table.row("reads", count(traffic.reads())).row("writes", count(traffic.writes()));
        } else {
            table.row("reads", origin(traffic.slabReads(), traffic.otherReads()));
            table.row("writes", origin(traffic.slabWrites(), traffic.otherWrites()));
        }
        return memoryRows(table, memory, figures.peakBytesInUse());
    }

    private static String origin(long slab, long other) {
        return count(slab + other) + ": " + count(slab) + " from slabs (" + percent(slab, slab + other) + "), "
                + count(other) + " from unpooled memory";
    }

    /** Adds what an allocator knows of itself; the load prints the same of its own. */
    static TextTable memoryRows(TextTable table, AllocatorFigures memory, long peak) {
        if (peak != AllocatorFigures.UNKNOWN) {
            table.row("peak in use", bytes(peak) + " (sampled ten times a second)");
        }
        table.row("reserved", bytes(memory.reservedBytes()) + " taken from the system");
        if (memory.slabAllocations() != AllocatorFigures.UNKNOWN) {
            table.row(
                    "allocations",
                    count(memory.slabAllocations()) + " from slabs, "
                            + count(memory.unpooledAllocations()) + " unpooled, " + count(memory.failedAllocations())
                            + " refused");
        }
        return table.row("still out", stillOut(memory));
    }

    private static String stillOut(AllocatorFigures memory) {
        if (memory.buffersInUse() != AllocatorFigures.UNKNOWN) {
            return memory.buffersInUse() + " buffers";
        }
        return memory.bytesInUse() == AllocatorFigures.UNKNOWN
                ? "not known by this allocator"
                : bytes(memory.bytesInUse());
    }

    static KeyValues keyValues(ServerFigures figures) {
        Traffic traffic = figures.traffic();
        AllocatorFigures memory = figures.memory();
        ProcessFigures process = ProcessFigures.now();
        MemoryFigures occupied = MemoryFigures.now();
        return new KeyValues()
                .put("connections", traffic.opened())
                .put("closed", traffic.closed())
                .put("peakConnections", traffic.peakConnections())
                .put("refused", traffic.refused())
                .put("acceptFailures", traffic.acceptFailures())
                .put("errors", traffic.errors())
                .put("bytesRead", traffic.bytesRead())
                .put("bytesWritten", traffic.bytesWritten())
                .put("slabReads", traffic.slabReads())
                .put("otherReads", traffic.otherReads())
                .put("slabWrites", traffic.slabWrites())
                .put("otherWrites", traffic.otherWrites())
                .put("peakBytesInUse", figures.peakBytesInUse())
                .put("bytesInUse", memory.bytesInUse())
                .put("reservedBytes", memory.reservedBytes())
                .put("buffersInUse", memory.buffersInUse())
                .put("slabAllocations", memory.slabAllocations())
                .put("unpooledAllocations", memory.unpooledAllocations())
                .put("failedAllocations", memory.failedAllocations())
                .put("collections", process.collections())
                .put("collectionMillis", process.collectionMillis())
                .put("cpuNanos", process.cpuNanos())
                .put("heapBytes", occupied.heapBytes())
                .put("residentBytes", occupied.residentBytes());
    }
}
