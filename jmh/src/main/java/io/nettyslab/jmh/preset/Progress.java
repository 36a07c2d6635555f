package io.nettyslab.jmh.preset;

import java.io.PrintStream;
import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows on standard error how far a run is and how long it still takes, if standard error is a terminal; otherwise it
 * is mute. The bar counts estimated time; what is left is reckoned from the time that the estimates took so far.
 */
final class Progress implements AutoCloseable {

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
        return Terminal.showsErrors() ? new Progress(newBar(System.err, millis)) : none();
    }

    /** Makes a progress that is never shown. */
    static Progress none() {
        return new Progress(null);
    }

    private static ProgressBar newBar(PrintStream err, long millis) {
        return new ProgressBarBuilder()
                .setTaskName("benchmarks")
                .setInitialMax(Math.max(1, millis))
                .setUnit(" s", 1000)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(INTERVAL_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                .clearDisplayOnFinish()
                .build();
    }

    /** Says beside the bar what is being measured. */
    void note(String what) {
        if (bar != null) {
            bar.setExtraMessage(what);
        }
    }

    /** Moves the bar by something that should have taken {@code millis}. */
    void step(long millis) {
        if (bar != null) {
            bar.stepBy(millis);
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
