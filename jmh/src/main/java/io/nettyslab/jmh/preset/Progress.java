package io.nettyslab.jmh.preset;

import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows on standard error how far a run or a report is, if standard error is a terminal; otherwise it is mute. The bar
 * of a run counts estimated time; what is left is reckoned from the time that the estimates took so far. That of a
 * report counts sections.
 */
public final class Progress implements AutoCloseable {

    /** Fits nearly any terminal. Asking for the real width would load a native library of the terminal package. */
    private static final int WIDTH = 79;

    /** Seldom: the bar must not take time from what is measured. */
    private static final int INTERVAL_MILLIS = 1000;

    private final ProgressBar bar; // null if nobody watches

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /** Begins to show progress on a run that should take {@code millis}. */
    static Progress start(long millis) {
        return Terminal.showsErrors() ? new Progress(newBar("benchmarks", millis, " s", 1000)) : none();
    }

    /** Begins to show progress on something in {@code count} steps. */
    public static Progress startSteps(String task, int count) {
        return Terminal.showsErrors() ? new Progress(newBar(task, count, "", 1)) : none();
    }

    /** Makes a progress that is never shown. */
    static Progress none() {
        return new Progress(null);
    }

    private static ProgressBar newBar(String task, long max, String unit, long unitSize) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(Math.max(1, max))
                .setUnit(unit, unitSize)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                .continuousUpdate() // or it would stand still during a trial
                .clearDisplayOnFinish()
                .build();
    }

    /** Says beside the bar what is being done. */
    public void note(String what) {
        if (bar != null) {
            bar.setExtraMessage(what);
        }
    }

    /** Moves the bar by what was done: milliseconds that it should have taken, or steps. */
    public void step(long done) {
        if (bar != null) {
            bar.stepBy(done);
        }
    }

    /** Prints a line, above the bar where there is one. */
    void line(PrintWriter out, String line) {
        if (bar != null) {
            bar.pause();
            System.err.print("\r" + " ".repeat(WIDTH) + "\r");
            System.err.flush();
        }
        out.println(line);
        out.flush();
        if (bar != null) {
            bar.resume();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
