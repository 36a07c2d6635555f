package io.nettyslab.jmh.workload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes down a workload. Unless told otherwise: one event loop, no control, mean times that are shown and not judged,
 * and no garbage allowed.
 */
final class WorkloadBuilder {

    private final String name;
    private final Question question;
    private final String title;
    private final Class<?> benchmark;
    private final Map<String, List<String>> parameters = new LinkedHashMap<>();
    private String control = "";
    private int threads = 1;
    private ThreadKind threadKind = ThreadKind.CUSTOM;
    private Reading reading = Reading.MEAN_NANOS;
    private Goal goal = new Goal.Shown();
    private GarbageRule garbage = GarbageRule.NONE;
    private String run;

    WorkloadBuilder(String name, Question question, String title, Class<?> benchmark, String... operations) {
        this.name = name;
        this.question = question;
        this.title = title;
        this.benchmark = benchmark;
        this.run = name;
        with(Workload.OPERATION, operations);
    }

    final WorkloadBuilder with(String parameter, String... values) {
        parameters.put(parameter, List.of(values));
        return this;
    }

    WorkloadBuilder control() {
        control = "control";
        return this;
    }

    WorkloadBuilder on(int count, ThreadKind kind) {
        threads = count;
        threadKind = kind;
        return this;
    }

    WorkloadBuilder read(Reading figure) {
        reading = figure;
        return this;
    }

    WorkloadBuilder faster(double ratio) {
        goal = new Goal.Faster(ratio, false);
        return this;
    }

    WorkloadBuilder fasterLessControl(double ratio) {
        goal = new Goal.Faster(ratio, true);
        return this;
    }

    WorkloadBuilder atMost(double limit) {
        goal = new Goal.AtMost(limit);
        return this;
    }

    WorkloadBuilder garbage(GarbageRule rule) {
        garbage = rule;
        return this;
    }

    /** Takes the figures from the run of another workload, with the same benchmark and parameters. */
    WorkloadBuilder fromRunOf(String workload) {
        run = workload;
        return this;
    }

    Workload build() {
        return new Workload(
                name,
                question,
                title,
                benchmark.getSimpleName(),
                control,
                parameters,
                threads,
                threadKind,
                reading,
                goal,
                garbage,
                run);
    }
}
