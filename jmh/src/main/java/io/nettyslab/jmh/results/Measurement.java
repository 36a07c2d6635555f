package io.nettyslab.jmh.results;

import com.fasterxml.jackson.databind.JsonNode;
import io.nettyslab.jmh.workload.Collector;
import io.nettyslab.jmh.workload.Reading;
import io.nettyslab.jmh.workload.ThreadKind;
import io.nettyslab.jmh.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One result of JMH, as far as a report needs it.
 *
 * @param benchmark simple class and method name
 * @param parameters by name
 * @param threads number of workers
 * @param threadKind what they ran on
 * @param jdk feature version of the JDK
 * @param collector the garbage collector
 * @param primary the score, nanoseconds for an operation
 * @param percentiles of the samples, or of single times that the benchmark took itself, by percentile from 0 to 100
 * @param secondary what counters and profilers added, by name
 * @param garbage the bytes that an operation left to the garbage collector; empty if that was not measured
 */
public record Measurement(
        String benchmark,
        SortedMap<String, String> parameters,
        int threads,
        ThreadKind threadKind,
        int jdk,
        Collector collector,
        Figure primary,
        SortedMap<Double, Double> percentiles,
        SortedMap<String, Figure> secondary,
        OptionalDouble garbage) {

    private static final SortedMap<String, Double> NANOS =
            new TreeMap<>(Map.of("ns/op", 1.0, "us/op", 1e3, "ms/op", 1e6, "s/op", 1e9));

    /** The secondary result in which a benchmark that times single operations itself hands them over. */
    private static final String OWN_TIMES = "single";

    /**
     * Reads an element of JMH's array.
     *
     * @throws IllegalArgumentException if something is missing, with its name
     */
    static Measurement of(JsonNode result) {
        List<String> jvmArgs = new ArrayList<>();
        result.path("jvmArgs").forEach(arg -> jvmArgs.add(arg.asText()));
        SortedMap<String, String> parameters = new TreeMap<>();
        result.path("params")
                .properties()
                .forEach(p -> parameters.put(p.getKey(), p.getValue().asText()));
        JsonNode primary = result.path("primaryMetric");
        double nanos = nanosPerUnit(result);
        JsonNode ownTimes = result.path("secondaryMetrics").path(OWN_TIMES);
        SortedMap<Double, Double> percentiles = new TreeMap<>();
        (ownTimes.isMissingNode() ? primary : ownTimes)
                .path("scorePercentiles")
                .properties()
                .forEach(p -> percentiles.put(
                        Double.valueOf(p.getKey()), p.getValue().asDouble() * (ownTimes.isMissingNode() ? nanos : 1)));
        SortedMap<String, Figure> secondary = new TreeMap<>();
        result.path("secondaryMetrics").properties().forEach(s -> secondary.put(s.getKey(), Figure.of(s.getValue())));
        return new Measurement(
                simpleName(text(result, "benchmark")),
                parameters,
                result.path("threads").asInt(1),
                ThreadKind.of(jvmArgs),
                featureVersion(text(result, "jdkVersion")),
                Collector.of(jvmArgs),
                Figure.of(primary).times(nanos),
                percentiles,
                secondary,
                garbage(result.path("secondaryMetrics").path("gc.alloc.rate.norm")));
    }

    /**
     * The median of each JVM's iterations, and the mean of those: the last iteration of each has in it what the end of
     * the benchmark leaves, which is no operation's. A JVM in which every operation leaves something counts in full.
     */
    private static OptionalDouble garbage(JsonNode bytes) {
        OptionalDouble ofAllJvms = bytes.path("rawData")
                .valueStream()
                .filter(jvm -> !jvm.isEmpty())
                .mapToDouble(Measurement::median)
                .average();
        return ofAllJvms.isPresent() || bytes.isMissingNode()
                ? ofAllJvms
                : OptionalDouble.of(bytes.path("score").asDouble());
    }

    private static double median(JsonNode iterations) {
        double[] sorted = iterations
                .valueStream()
                .mapToDouble(JsonNode::asDouble)
                .sorted()
                .toArray();
        return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    }

    /** Results per second turn every comparison upside down. */
    private static double nanosPerUnit(JsonNode result) {
        String unit = result.path("primaryMetric").path("scoreUnit").asText("ns/op");
        Double nanos = NANOS.get(unit);
        if (nanos == null) {
            throw new IllegalArgumentException("scoreUnit: " + unit + " (expected: one of " + NANOS.keySet() + ')');
        }
        return nanos;
    }

    private static String text(JsonNode result, String name) {
        if (!result.path(name).isTextual()) {
            throw new IllegalArgumentException(name + ": missing");
        }
        return result.path(name).asText();
    }

    private static String simpleName(String benchmark) {
        int method = benchmark.lastIndexOf('.');
        return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
    }

    private static int featureVersion(String version) {
        return Runtime.Version.parse(version).feature();
    }

    /** Returns whether this is a result of {@code operation} on the threads of {@code workload}. */
    public boolean isOf(Workload workload, String operation) {
        return benchmark.equals(workload.benchmark() + '.' + operation)
                && threads == workload.threads()
                && threadKind == workload.threadKind();
    }

    /**
     * Returns whether this was measured with the parameters of {@code row}. Those that only one of the two has are no
     * difference: a control lacks some, a benchmark may have more.
     */
    public boolean hasParameters(Map<String, String> row) {
        return row.entrySet().stream()
                .allMatch(p -> p.getValue().equals(parameters.getOrDefault(p.getKey(), p.getValue())));
    }

    /** Returns the allocator that was measured; empty for a control. */
    public Optional<String> allocator() {
        return Optional.ofNullable(parameters.get("allocator"));
    }

    /** Returns what {@code reading} asks for; empty if this result does not have it. */
    public Optional<Figure> read(Reading reading) {
        return switch (reading.kind()) {
            case SCORE -> Optional.of(primary);
            case PERCENTILE ->
                Optional.ofNullable(percentiles.get(reading.percentile())).map(Figure::exactly);
            case SECONDARY -> Optional.ofNullable(secondary.get(reading.secondary()));
        };
    }
}
