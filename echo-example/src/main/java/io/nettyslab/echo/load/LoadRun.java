package io.nettyslab.echo.load;

import io.nettyslab.echo.net.EchoFailure;
import io.nettyslab.echo.text.Units;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * Measures the traffic of a client. It looks at it in steps, so that somebody can watch, and so that a server that
 * falls silent is noticed. One thread uses it: {@link #connect} once, then {@link #measure} as often as wanted.
 */
public final class LoadRun {

    /** The first steps; later ones grow with the run, so that a long one does not drown in samples. */
    static final Duration SHORTEST_STEP = Duration.ofMillis(200);

    private static final Duration LONGEST_STEP = Duration.ofSeconds(1);
    private static final int STEPS_BEFORE_THEY_GROW = 300;

    private final LoadClient client;
    private final Consumer<LoadSample> watcher;
    private final BooleanSupplier stopRequested;
    private final List<LoadSample> timeline = new ArrayList<>();
    private final Histogram all = LoopStats.newHistogram(); // since the measurement began
    private final Histogram step = LoopStats.newHistogram(); // since the latest sample
    private boolean ramping; // connections have sent since they were opened
    private long start; // of the measurement
    private long startBytes; // echoed before
    private long stepStart;
    private long stepBytes; // echoed before
    private final Silence silence;

    /**
     * Prepares a run.
     *
     * @param client has no connection yet
     * @param watcher gets each sample at once, those of the warm-up too
     * @param stopRequested asked after each sample whether to end early, with what was measured by then
     */
    public LoadRun(LoadClient client, Consumer<LoadSample> watcher, BooleanSupplier stopRequested) {
        this.client = client;
        this.silence = new Silence(client);
        this.watcher = watcher;
        this.stopRequested = stopRequested;
    }

    /**
     * Opens all connections. With a ramp, each sends from the time it is open.
     *
     * @throws EchoFailure if a connection cannot be opened, if anything that was sent does not come back right, or if a
     *     stop was requested
     */
    public void connect() {
        restart();
        ramping = !client.settings().ramp().isZero();
        if (ramping) {
            client.start(client.settings().traffic().rate());
        }
        client.connect(() -> {
            if (System.nanoTime() - stepStart >= SHORTEST_STEP.toNanos()) {
                sample();
                requireNoStop();
            }
        });
    }

    private void requireNoStop() {
        if (stopRequested.getAsBoolean()) {
            throw stoppedEarly();
        }
    }

    /** Returns what to throw when a stop is requested before there is a result. */
    public static EchoFailure stoppedEarly() {
        return new EchoFailure("stopped before anything was measured");
    }

    /**
     * Starts the traffic, lets it warm up, measures, and waits until everything is back. What is under way when the
     * time is over counts with its latency, but not for the throughput. If every connection is to send a certain number
     * of messages, all of them are measured, from the first.
     *
     * @param rate messages per second over all connections, 0 for a closed loop
     * @param warmUp traffic before the measurement
     * @param duration longest time to measure
     * @return what was measured
     * @throws EchoFailure if anything goes wrong, or if a stop was requested before the measurement began
     */
    public LoadReport measure(double rate, Duration warmUp, Duration duration) {
        boolean counted = client.settings().traffic().messages() > 0;
        if (!ramping) {
            restart();
            client.start(rate);
        }
        if (!counted) {
            runFor(warmUp);
            requireNoStop();
            restart();
        }
        runFor(duration);
        long nanos = stepStart - start;
        long bytes = stepBytes - startBytes;
        long messages = all.getTotalCount();
        long unsentBefore = client.unsentMessages();
        client.pause();
        takeStep(); // late ones count as late, not as never sent
        return LoadReport.of(
                nanos,
                messages,
                bytes,
                rate,
                client.unsentMessages() - unsentBefore,
                all.copy(),
                List.copyOf(timeline));
    }

    private void restart() {
        takeStep();
        all.reset();
        timeline.clear();
        start = stepStart;
        startBytes = stepBytes;
        silence.end();
    }

    private void runFor(Duration duration) {
        long begin = System.nanoTime();
        boolean done = false;
        for (long left = duration.toNanos(); left > 0 && !done; left = duration.toNanos() - System.nanoTime() + begin) {
            done = client.run(Duration.ofNanos(left < 2 * stepNanos() ? left : stepNanos()));
            requireProgress();
            sample();
            done |= stopRequested.getAsBoolean();
        }
    }

    private long stepNanos() {
        long grown = (System.nanoTime() - start) / STEPS_BEFORE_THEY_GROW;
        return Math.max(SHORTEST_STEP.toNanos(), Math.min(grown, LONGEST_STEP.toNanos()));
    }

    /** A single connection that falls silent is found at the end; this is for a server that does. */
    private void requireProgress() {
        if (client.messagesUnderWay() == 0) {
            silence.end();
        } else if (silence.isTooLong()) {
            throw new EchoFailure("nothing came back for "
                    + Units.duration(client.settings().timeout()) + ", " + client.messagesUnderWay()
                    + " messages are under way");
        }
    }

    private void sample() {
        long stepBegin = stepStart;
        long bytesBefore = stepBytes;
        takeStep();
        double seconds = (stepStart - stepBegin) / 1e9;
        LoadSample sample = new LoadSample(
                (stepStart - start) / 1e9,
                client.openedConnections(),
                step.getTotalCount() / seconds,
                (stepBytes - bytesBefore) / seconds / (1 << 20),
                step.getValueAtPercentile(50),
                step.getValueAtPercentile(99),
                step.getMaxValue());
        timeline.add(sample);
        watcher.accept(sample);
    }

    private void takeStep() {
        step.reset();
        client.drainLatencies(step);
        all.add(step);
        stepStart = System.nanoTime();
        stepBytes = client.echoedBytes();
    }
}
