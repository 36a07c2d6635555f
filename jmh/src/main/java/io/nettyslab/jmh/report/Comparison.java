package io.nettyslab.jmh.report;

import io.nettyslab.jmh.AllocatorKind;
import io.nettyslab.jmh.results.BadInput;
import io.nettyslab.jmh.results.Figure;
import io.nettyslab.jmh.results.Header;
import io.nettyslab.jmh.results.Measurement;
import io.nettyslab.jmh.results.ResultsFolder;
import io.nettyslab.jmh.workload.Workload;
import io.nettyslab.jmh.workload.Workloads;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All rows of the table under all conditions that were measured. Nothing is left out: a row without results is there
 * and says so, and results that belong to no row are listed.
 */
final class Comparison {

    /** One folder. */
    record Source(ResultsFolder folder, Optional<Header> header) {}

    private final SortedMap<Condition, Source> sources = new TreeMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final SortedMap<Condition, List<String>> strangers = new TreeMap<>();

    /**
     * Reads folders.
     *
     * @throws BadInput if one cannot be understood, or two were measured under the same condition
     */
    static Comparison of(List<ResultsFolder> folders) {
        Comparison comparison = new Comparison();
        for (ResultsFolder folder : folders) {
            comparison.add(folder);
        }
        return comparison;
    }

    private void add(ResultsFolder folder) {
        SortedMap<Condition, List<Measurement>> measurements = new TreeMap<>();
        for (Measurement measurement : folder.measurements()) {
            Condition condition = new Condition(measurement.jdk(), measurement.collector());
            measurements.computeIfAbsent(condition, c -> new ArrayList<>()).add(measurement);
        }
        Optional<Header> header = folder.header();
        for (Map.Entry<Condition, List<Measurement>> entry : measurements.entrySet()) {
            Source earlier = sources.putIfAbsent(entry.getKey(), new Source(folder, header));
            if (earlier != null) {
                throw new BadInput("folders: " + earlier.folder().path() + ", " + folder.path() + " (expected: one for "
                        + entry.getKey().title() + ')');
            }
            join(entry.getKey(), entry.getValue());
        }
    }

    private void join(Condition condition, List<Measurement> measurements) {
        Set<Measurement> unused = new HashSet<>(measurements);
        for (Workload workload : Workloads.ALL) {
            if (workload.runsOn(condition.jdk())) {
                for (Map<String, String> parameters : workload.rows()) {
                    rows.add(row(workload, parameters, condition, measurements, unused));
                }
            }
        }
        List<String> names = unused.stream()
                .map(measurement -> measurement.benchmark() + ' ' + measurement.parameters())
                .sorted()
                .toList();
        strangers.put(condition, names);
    }

    private static Row row(
            Workload workload,
            Map<String, String> parameters,
            Condition condition,
            List<Measurement> measurements,
            Set<Measurement> unused) {
        Map<AllocatorKind, Measurement> byAllocator = new EnumMap<>(AllocatorKind.class);
        Optional<Figure> control = Optional.empty();
        for (Measurement measurement : measurements) {
            if (!measurement.hasParameters(parameters)) {
                continue;
            }
            if (measurement.isOf(workload, parameters.get(Workload.OPERATION))) {
                Optional<AllocatorKind> allocator = allocator(measurement);
                if (allocator.isPresent() && byAllocator.putIfAbsent(allocator.get(), measurement) == null) {
                    unused.remove(measurement);
                }
            } else if (measurement.isOf(workload, workload.control())) {
                control = control.or(() -> measurement.read(workload.reading()));
                unused.remove(measurement);
            }
        }
        return new Row(workload, parameters, condition, byAllocator, control);
    }

    private static Optional<AllocatorKind> allocator(Measurement measurement) {
        for (AllocatorKind kind : AllocatorKind.values()) {
            if (measurement.allocator().equals(Optional.of(kind.name()))) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Returns the folders, the default collector's first. */
    SortedMap<Condition, Source> sources() {
        return sources;
    }

    /** Returns the rows in the order of the table, those of the first condition first. */
    List<Row> rows() {
        return rows.stream()
                .sorted((a, b) -> a.condition().compareTo(b.condition())) // stable
                .toList();
    }

    /** Returns what was measured but belongs to no row. */
    SortedMap<Condition, List<String>> strangers() {
        return strangers;
    }
}
