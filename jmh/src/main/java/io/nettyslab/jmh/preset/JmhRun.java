package io.nettyslab.jmh.preset;

import io.nettyslab.jmh.AllocatorKind;
import io.nettyslab.jmh.ReadingsProfiler;
import io.nettyslab.jmh.workload.Workload;
import io.nettyslab.jmh.workload.Workloads;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Hands a part of a preset to JMH. */
final class JmhRun {

    /** Ours first, then the rivals, one after the other in each row: what disturbs one row disturbs all of them. */
    private static final String[] ALLOCATORS = allocators();

    private final MeasuredJvm jvm;
    private final StartMillis start;
    private final Path log;
    private final Progress progress;
    private final List<RunResult> results = new ArrayList<>();
    private int trials;

    JmhRun(MeasuredJvm jvm, StartMillis start, Path log, Progress progress) {
        this.jvm = jvm;
        this.start = start;
        this.log = log;
        this.progress = progress;
    }

    private static String[] allocators() {
        List<String> names = new ArrayList<>(List.of(AllocatorKind.slab.name()));
        Workloads.RIVALS.forEach(rival -> names.add(rival.name()));
        return names.toArray(String[]::new);
    }

    /** Measures the part and, in the same go, its control. */
    void measure(Part part) throws IOException, RunnerException {
        Workload workload = part.workload();
        run(workload, workload.operations(), part.effort());
        if (!workload.control().isEmpty()) {
            run(workload, List.of(workload.control()), part.controlEffort());
        }
    }

    private void run(Workload workload, List<String> methods, Effort effort) throws IOException, RunnerException {
        PrintStream stream = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(log.toFile(), true)), true, StandardCharsets.UTF_8);
        LoggedOutput output = new LoggedOutput(stream, progress, effort.millis(start));
        Collection<RunResult> measured = new Runner(options(workload, methods, effort), output).run(); // closes it
        results.addAll(measured);
        trials += output.trials();
    }

    private Options options(Workload workload, List<String> methods, Effort effort) {
        List<String> flags = new ArrayList<>(jvm.flags());
        flags.addAll(workload.threadKind().flags());
        flags.addAll(effort.flags());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(Declared.pattern(workload, methods))
                .jvm(jvm.java().toString())
                .jvmArgs() // or JMH hands on those of this JVM, which are nobody's business
                .jvmArgsAppend(flags.toArray(String[]::new))
                .threads(workload.threads())
                .param("allocator", ALLOCATORS)
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

    /** Returns how many trials were begun. */
    int trials() {
        return trials;
    }

    /** Returns how many of them gave no result. */
    int failed() {
        return trials - results.size();
    }

    /** Returns all results as JMH writes them. */
    String json() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        ResultFormatFactory.getInstance(ResultFormatType.JSON, stream).writeOut(results);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
