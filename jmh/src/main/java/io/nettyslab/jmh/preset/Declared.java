package io.nettyslab.jmh.preset;

import io.nettyslab.jmh.workload.Workload;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** What the benchmarks say of themselves, in the list that JMH's annotation processor wrote. */
final class Declared {

    private static final OutputFormat NOBODY = OutputFormatFactory.createFormatInstance(
            new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT);

    private Declared() {}

    /**
     * Returns the names of the parameters that one method depends on.
     *
     * @throws NoSuchElementException if there is no such benchmark
     */
    static Set<String> parameters(Workload workload, String method) {
        String pattern = pattern(workload, List.of(method));
        return BenchmarkList.defaultList().find(NOBODY, List.of(pattern), List.of()).stream()
                .findFirst()
                .map(BenchmarkListEntry::getParams)
                .map(parameters -> parameters.hasValue() ? parameters.get() : Map.<String, String[]>of())
                .map(Map::keySet)
                .orElseThrow(() -> new NoSuchElementException("benchmark: " + pattern));
    }

    /** Returns a pattern for JMH that fits these methods of the workload's class and nothing else. */
    static String pattern(Workload workload, List<String> methods) {
        return "\\." + workload.benchmark() + "\\.(" + String.join("|", methods) + ")$";
    }
}
