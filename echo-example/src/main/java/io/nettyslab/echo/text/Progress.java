package io.nettyslab.echo.text;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows on standard error how far something is, if standard error is a terminal; otherwise it is mute. */
public final class Progress implements AutoCloseable {

    /** Fits nearly any terminal. Asking for the real width would load a native library of the terminal package. */
    private static final int WIDTH = 72;

    private static final int INTERVAL_MILLIS = 200;

    private final ProgressBar bar; // null if nobody watches
    private final Timer timer;

    private Progress(ProgressBar bar, LongSupplier position) {
        this.bar = bar;
        this.timer = bar == null ? null : new Timer("echo-progress", true);
        if (bar != null) {
            timer.scheduleAtFixedRate(moveTask(position), INTERVAL_MILLIS, INTERVAL_MILLIS);
        }
    }

    private TimerTask moveTask(LongSupplier position) {
        return new TimerTask() {
            @Override
            public void run() {
                bar.stepTo(Math.min(position.getAsLong(), bar.getMax()));
            }
        };
    }

    /**
     * Begins to show the progress of something that takes a known time.
     *
     * @param title what is going on
     * @param total how long it should take
     * @return the progress; close it before printing anything else
     */
    public static Progress start(String title, Duration total) {
        long start = System.nanoTime();
        long nearlyAll = total.toMillis() * 99 / 100; // all only when it is done, which may take longer
        return start(
                title,
                total.toMillis(),
                " s",
                1000,
                () -> Math.min(nearlyAll, (System.nanoTime() - start) / 1_000_000));
    }

    /**
     * Begins to show the progress of something that can be counted.
     *
     * @param title what is going on
     * @param total how many there are to do
     * @param done how many are done; called on a thread of its own
     * @return the progress; close it before printing anything else
     */
    public static Progress counting(String title, long total, LongSupplier done) {
        return start(title, total, "", 1, done);
    }

    private static Progress start(String title, long total, String unit, long unitSize, LongSupplier position) {
        return new Progress(Terminal.showsErrors() ? newBar(title, total, unit, unitSize) : null, position);
    }

    /**
     * Makes a progress that is never shown.
     *
     * @return a mute progress
     */
    public static Progress none() {
        return new Progress(null, () -> 0);
    }

    public static boolean isVisible() {
        return Terminal.showsErrors();
    }

    private static ProgressBar newBar(String title, long total, String unit, long unitSize) {
        PrintStream err = System.err;
        return new ProgressBarBuilder()
                .setTaskName(title)
                .setInitialMax(Math.max(1, total))
                .setUnit(unit, unitSize)
                .hideEta()
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                .continuousUpdate() // notes change though the position may not
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
