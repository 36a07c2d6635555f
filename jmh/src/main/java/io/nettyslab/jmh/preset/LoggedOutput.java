package io.nettyslab.jmh.preset;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Writes what JMH says into a log, tells the progress, and counts the trials. */
final class LoggedOutput implements OutputFormat {

    private final OutputFormat log;
    private final Progress progress;
    private final long millisPerTrial;
    private int trials;
    private boolean running;

    LoggedOutput(PrintStream log, Progress progress, long millisPerTrial) {
        this.log = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
        this.progress = progress;
        this.millisPerTrial = millisPerTrial;
    }

    /** Returns how many trials were begun, successful or not. */
    int trials() {
        return trials;
    }

    @Override
    public void startBenchmark(BenchmarkParams benchmark) {
        finishTrial();
        running = true;
        trials++;
        String allocator = benchmark.getParam("allocator");
        progress.note(allocator == null ? "control" : allocator);
        log.startBenchmark(benchmark);
    }

    /** A trial that fails has no end: the next one's beginning, or the end of all, must do. */
    private void finishTrial() {
        if (running) {
            progress.step(millisPerTrial);
            running = false;
        }
    }

    @Override
    public void endRun(Collection<RunResult> results) {
        finishTrial();
        log.endRun(results);
    }

    @Override
    public void startRun() {
        log.startRun();
    }

    @Override
    public void endBenchmark(BenchmarkResult result) {
        log.endBenchmark(result);
    }

    @Override
    public void iteration(BenchmarkParams benchmark, IterationParams parameters, int iteration) {
        log.iteration(benchmark, parameters, iteration);
    }

    @Override
    public void iterationResult(
            BenchmarkParams benchmark, IterationParams parameters, int iteration, IterationResult result) {
        log.iterationResult(benchmark, parameters, iteration, result);
    }

    @Override
    public void print(String text) {
        log.print(text);
    }

    @Override
    public void println(String text) {
        log.println(text);
    }

    @Override
    public void verbosePrintln(String text) {
        log.verbosePrintln(text);
    }

    @Override
    public void write(int b) {
        log.write(b);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        log.write(bytes);
    }

    @Override
    public void flush() {
        log.flush();
    }

    @Override
    public void close() {
        log.close();
    }
}
