package io.nettyslab.echo.text;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on standard error how far a run of known length is, if standard error is a terminal; otherwise it is mute. */
public final class Progress implements AutoCloseable {

    /** Fits nearly any terminal. Asking for the real width would load a native library of the terminal package. */
    private static final int WIDTH = 72;

    private static final int INTERVAL_MILLIS = 200;

    private final ProgressBar bar; // null if nobody watches
    private final Timer timer;
    private final long start = System.nanoTime();
    private final long totalMillis;

    private Progress(ProgressBar bar, long totalMillis) {
        this.bar = bar;
        this.totalMillis = totalMillis;
        this.timer = bar == null ? null : new Timer("echo-progress", true);
        if (bar != null) {
            timer.scheduleAtFixedRate(moveTask(), INTERVAL_MILLIS, INTERVAL_MILLIS);
        }
    }

    /** The bar follows the clock, because what is shown takes a known time. */
    private TimerTask moveTask() {
        return new TimerTask() {
            @Override
            public void run() {
                long elapsed = (System.nanoTime() - start) / 1_000_000;
                bar.stepTo(Math.min(elapsed, totalMillis));
            }
        };
    }

    /**
     * Begins to show progress.
     *
     * @param title what is going on
     * @param total how long it should take
     * @return the progress; close it before printing anything else
     */
    public static Progress start(String title, Duration total) {
        return new Progress(Terminal.showsErrors() ? newBar(title, total) : null, total.toMillis());
    }

    /**
     * Makes a progress that is never shown.
     *
     * @return a mute progress
     */
    public static Progress none() {
        return new Progress(null, 0);
    }

    public static boolean isVisible() {
        return Terminal.showsErrors();
    }

    private static ProgressBar newBar(String title, Duration total) {
        PrintStream err = System.err;
        return new ProgressBarBuilder()
                .setTaskName(title)
                .setInitialMax(Math.max(1, total.toMillis()))
                .setUnit(" s", 1000)
                .hideEta()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                .clearDisplayOnFinish()
                .build();
    }

    /**
     * Says beside the bar how it goes.
     *
     * @param note a few words
     */
    public void note(String note) {
        if (bar != null) {
            bar.setExtraMessage(note);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            timer.cancel();
            bar.close();
        }
    }
}
