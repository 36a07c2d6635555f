package io.nettyslab.jmh.workload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of the table of targets: a benchmark, the parameter values that make its rows, and what each row should
 * reach. Immutable.
 *
 * @param name short and unique, as in {@code --only}; what comes before its first dash groups it with its kin
 * @param question the section of the report it belongs to
 * @param title what is done, for people
 * @param benchmark simple name of the benchmark's class
 * @param control its method that does the same without an allocator; empty if there is none
 * @param parameters values for each parameter of the benchmark but {@code allocator}, and under {@link #OPERATION} the
 *     methods to measure; those with several values make rows
 * @param threads number of JMH's workers
 * @param threadKind what they run on
 * @param reading the figure to compare; less is better
 * @param goal what to reach
 * @param garbage what may be left to the garbage collector
 * @param run name of the workload whose run gives the figures: its own, or one that reads another figure of the same
 */
public record Workload(
        String name,
        Question question,
        String title,
        String benchmark,
        String control,
        Map<String, List<String>> parameters,
        int threads,
        ThreadKind threadKind,
        Reading reading,
        Goal goal,
        GarbageRule garbage,
        String run) {

    /** Stands among the parameters for the benchmark's method. */
    public static final String OPERATION = "operation";

    /** Keeps the order of the parameters: it is the order of rows and of the words in their labels. */
    public Workload {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Returns this workload with other values of one parameter, as presets do that measure a part of it.
     *
     * @param parameter one that this workload has
     * @param values the rows that stay
     * @throws IllegalArgumentException if it has no such parameter or value
     */
    public Workload narrowed(String parameter, String... values) {
        List<String> known = parameters.get(parameter);
        if (known == null || !known.containsAll(List.of(values))) {
            throw new IllegalArgumentException(
                    parameter + ": " + List.of(values) + " (expected: some of " + known + " for " + name + ')');
        }
        Map<String, List<String>> changed = new LinkedHashMap<>(parameters);
        changed.put(parameter, List.of(values));
        return new Workload(
                name, question, title, benchmark, control, changed, threads, threadKind, reading, goal, garbage, run);
    }

    /** Returns this workload with the goal for an allocator that is neither ours nor Netty's: no more than that. */
    public Workload againstOther() {
        Goal other = goal instanceof Goal.Faster faster
                ? new Goal.Faster(Math.min(faster.ratio(), Workloads.OVER_OTHERS), faster.lessControl())
                : goal;
        return new Workload(
                name,
                question,
                title,
                benchmark,
                control,
                parameters,
                threads,
                threadKind,
                reading,
                other,
                garbage,
                run);
    }

    /** Returns this workload once for each of its rows, narrowed to it. */
    public List<Workload> byRow() {
        return rows().stream().map(this::narrowedTo).toList();
    }

    private Workload narrowedTo(Map<String, String> row) {
        Workload narrowed = this;
        for (Map.Entry<String, String> parameter : row.entrySet()) {
            narrowed = narrowed.narrowed(parameter.getKey(), parameter.getValue());
        }
        return narrowed;
    }

    /** Returns whether the control's figure is subtracted before two others are compared. */
    public boolean subtractsControl() {
        return goal instanceof Goal.Faster faster && faster.lessControl();
    }

    /** Returns whether it has to be measured for itself. */
    public boolean runsItself() {
        return run.equals(name);
    }

    /** Returns whether a JDK of feature version {@code jdk} has the threads it needs. */
    public boolean runsOn(int jdk) {
        return jdk >= threadKind.minJdk();
    }

    /** Returns the methods to measure. */
    public List<String> operations() {
        return parameters.get(OPERATION);
    }

    /** Returns the parameters of each row: every combination of values, the last parameter changing fastest. */
    public List<Map<String, String>> rows() {
        List<Map<String, String>> rows = List.of(Map.of());
        for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> row : rows) {
                for (String value : parameter.getValue()) {
                    Map<String, String> next = new LinkedHashMap<>(row);
                    next.put(parameter.getKey(), value);
                    longer.add(next);
                }
            }
            rows = longer;
        }
        return rows;
    }
}
