package io.nettyslab.echo.server;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Remembers the largest value seen of a figure that nobody tracks all the time. It samples: a peak between two samples
 * goes unseen.
 */
final class PeakSampler {

    /** Ten times a second finds anything that lasts, and reading a metric this often costs nothing. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    private final LongSupplier figure;
    private final ScheduledFuture<?> task;
    private volatile long peak; // written by one event loop, and by stop() after the task has ended

    PeakSampler(EventLoopGroup group, LongSupplier figure) {
        this.figure = figure;
        this.peak = figure.getAsLong();
        this.task = group.next()
                .scheduleAtFixedRate(this::sample, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void sample() {
        peak = Math.max(peak, figure.getAsLong());
    }

    long peak() {
        return peak;
    }

    void stop() {
        task.cancel(false);
    }
}
