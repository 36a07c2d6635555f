package io.nettyslab.echo.load;

import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Results of all connections of one event loop. That event loop records; any one thread may take what was recorded. */
final class LoopStats {

    /** Latencies up to an hour with three digits; a quarter of a MiB, a few times per event loop. */
    private static final long MAX_NANOS = 3_600_000_000_000L;

    private static final int DIGITS = 3;

    private final SingleWriterRecorder latencies = new SingleWriterRecorder(MAX_NANOS, DIGITS);
    private final LongAdder bytes = new LongAdder();
    private final LongAdder unsent = new LongAdder();
    private final Roaring64Bitmap ids = new Roaring64Bitmap(); // touched by the event loop alone
    private Histogram interval; // the reader's, used again and again

    static Histogram newHistogram() {
        return new Histogram(MAX_NANOS, DIGITS);
    }

    void record(long nanos, int messageSize) {
        latencies.recordValue(within(nanos));
        bytes.add(messageSize);
    }

    /** Records messages that were due and never sent, with the least that they waited. */
    void recordUnsent(long nanos, long messages) {
        latencies.recordValueWithCount(within(nanos), messages);
        unsent.add(messages);
    }

    private static long within(long nanos) {
        return Math.min(Math.max(nanos, 1), MAX_NANOS);
    }

    /** Returns the messages that were due and not sent. */
    long unsent() {
        return unsent.sum();
    }

    /** Remembers a transmission id; returns whether this event loop sees it for the first time. */
    boolean addId(long id) {
        if (ids.contains(id)) {
            return false;
        }
        ids.addLong(id);
        return true;
    }

    /** Returns a copy of all ids; to be called on the event loop. */
    Roaring64Bitmap ids() {
        return ids.clone();
    }

    /** Adds to {@code target} what was recorded since the last call. */
    void drainTo(Histogram target) {
        interval = latencies.getIntervalHistogram(interval);
        target.add(interval);
    }

    /** Returns the bytes of all messages recorded so far. */
    long bytes() {
        return bytes.sum();
    }
}
