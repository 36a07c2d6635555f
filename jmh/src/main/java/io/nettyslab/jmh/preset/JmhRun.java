package io.nettyslab.jmh.preset;

import io.nettyslab.jmh.ReadingsProfiler;
import io.nettyslab.jmh.workload.Workload;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Hands a part of a preset to JMH: row by row, since JMH itself would measure all rows of one allocator before those of
 * the next, minutes later. A machine whose neighbours take half of its speed for a minute would take it from one of
 * them. Where a row gets several JVMs, all rows get their first before any gets its second.
 */
final class JmhRun {

    private final MeasuredJvm jvm;
    private final StartMillis start;
    private final Path log;
    private final Progress progress;
    private final Map<BenchmarkParams, List<BenchmarkResult>> results = new LinkedHashMap<>();
    private int trials;
    private int failed;

    JmhRun(MeasuredJvm jvm, StartMillis start, Path log, Progress progress) {
        this.jvm = jvm;
        this.start = start;
        this.log = log;
        this.progress = progress;
    }

    /** Measures the part and its control, one JVM for each row and allocator at a time. */
    void measure(Part part) throws IOException, RunnerException {
        Workload workload = part.workload();
        for (int turn = 0; turn < part.effort().forks(); turn++) {
            for (Workload row : workload.byRow()) {
                run(part, row, row.operations(), part.effort().forks(1));
            }
            if (!workload.control().isEmpty() && turn < part.controlEffort().forks()) {
                run(
                        part,
                        workload,
                        List.of(workload.control()),
                        part.controlEffort().forks(1));
            }
        }
    }

    private void run(Part part, Workload workload, List<String> methods, Effort effort)
            throws IOException, RunnerException {
        PrintStream stream = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(log.toFile(), true)), true, StandardCharsets.UTF_8);
        LoggedOutput output = new LoggedOutput(stream, progress, effort.millis(start));
        Collection<RunResult> measured =
                new Runner(options(part, workload, methods, effort), output).run(); // closes it
        measured.forEach(result -> results.computeIfAbsent(result.getParams(), row -> new ArrayList<>())
                .addAll(result.getBenchmarkResults()));
        trials += output.trials();
        failed += output.trials() - measured.size();
    }

    private Options options(Part part, Workload workload, List<String> methods, Effort effort) {
        List<String> flags = new ArrayList<>(jvm.flags());
        flags.addAll(workload.threadKind().flags());
        flags.addAll(effort.flags());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(Declared.pattern(workload, methods))
                .jvm(jvm.java().toString())
                .jvmArgs() // or JMH hands on those of this JVM, which are nobody's business
                .jvmArgsAppend(flags.toArray(String[]::new))
                .threads(workload.threads())
                .param("allocator", part.allocators().stream().map(Enum::name).toArray(String[]::new))
                .addProfiler(GCProfiler.class)
                .addProfiler(ReadingsProfiler.class);
        workload.parameters().forEach((name, values) -> {
            if (!name.equals(Workload.OPERATION)) {
                options.param(name, values.toArray(String[]::new));
            }
        });
        effort.apply(options);
        return options.build();
    }

    /** Returns how many trials, of a JVM each, were begun. */
    int trials() {
        return trials;
    }

    /** Returns how many of them gave no result. */
    int failed() {
        return failed;
    }

    /** Returns all results as JMH writes them, those of one row and allocator together. */
    String json() {
        List<RunResult> rows = new ArrayList<>();
        results.forEach((row, ofJvms) -> rows.add(new RunResult(row, ofJvms)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ResultFormatFactory.getInstance(ResultFormatType.JSON, stream).writeOut(rows);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
