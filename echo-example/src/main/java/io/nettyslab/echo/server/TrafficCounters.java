package io.nettyslab.echo.server;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of one server, written by all its event loops. Adders cost some nanoseconds per read, against microseconds for
 * the read itself, and cost the same whichever allocator is tried. Telling whether a buffer is from a slab costs slabs
 * a little more than others: for those the answer is known at a glance.
 */
final class TrafficCounters {

    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder acceptFailures = new LongAdder();
    private final LongAdder broken = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();
    private final LongAdder slabReads = new LongAdder();
    private final LongAdder otherReads = new LongAdder();
    private final LongAdder slabWrites = new LongAdder();
    private final LongAdder otherWrites = new LongAdder();
    private volatile String lastError = "";

    void opened() {
        opened.increment();
    }

    void closed() {
        closed.increment();
    }

    void refused() {
        refused.increment();
    }

    void acceptFailed() {
        acceptFailures.increment();
    }

    void broke(Throwable cause) {
        broken.increment();
        lastError = cause.toString();
    }

    void read(int bytes, boolean fromSlab) {
        bytesRead.add(bytes);
        (fromSlab ? slabReads : otherReads).increment();
    }

    void written(int bytes, boolean fromSlab) {
        bytesWritten.add(bytes);
        (fromSlab ? slabWrites : otherWrites).increment();
    }

    Traffic snapshot(int peakConnections) {
        return new Traffic(
                opened.sum(),
                closed.sum(),
                peakConnections,
                refused.sum(),
                acceptFailures.sum(),
                broken.sum(),
                lastError,
                bytesRead.sum(),
                bytesWritten.sum(),
                slabReads.sum(),
                otherReads.sum(),
                slabWrites.sum(),
                otherWrites.sum());
    }
}
