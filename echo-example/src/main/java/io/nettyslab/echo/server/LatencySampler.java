package io.nettyslab.echo.server;

import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Times the server's part of an echo, now and then: from the arrival of bytes in the pipeline until the transport has
 * handed the first write after them to the kernel. What the bytes wait for in kernel and network is not in it.
 *
 * <p>Whoever wants figures asks for one sample at a time, as often as they like; the next read of any connection gives
 * it. So the cost does not grow with the traffic: reads that nobody asks about look at one field that rarely changes,
 * and only a timed one makes garbage, a promise and its listener.
 *
 * <p>Instances are thread-safe.
 */
public final class LatencySampler {

    /** A minute; whatever took longer counts as a minute. */
    private static final long HIGHEST_NANOS = 60_000_000_000L;

    private static final int DIGITS = 2;

    private final AtomicBoolean wanted = new AtomicBoolean();
    private final Recorder recorder = new Recorder(HIGHEST_NANOS, DIGITS);

    /** Asks for one sample; has no effect while the one before has not been given. */
    public void want() {
        wanted.set(true);
    }

    /** Tells one of the callers, after each {@link #want()}, that it is its turn. */
    boolean isMyTurn() {
        return wanted.get() && wanted.compareAndSet(true, false);
    }

    void record(long nanos) {
        recorder.recordValue(Math.min(nanos, HIGHEST_NANOS));
    }

    /**
     * Takes the samples since the last call.
     *
     * @param spent what an earlier call returned, to be used again, or {@code null}
     * @return samples in nanoseconds
     */
    public Histogram take(Histogram spent) {
        return recorder.getIntervalHistogram(spent);
    }
}
