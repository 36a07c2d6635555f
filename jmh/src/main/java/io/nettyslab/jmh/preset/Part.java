package io.nettyslab.jmh.preset;

import io.nettyslab.jmh.AllocatorKind;
import io.nettyslab.jmh.workload.Question;
import io.nettyslab.jmh.workload.Workload;
import io.nettyslab.jmh.workload.Workloads;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a preset measures of one workload; the smallest piece that is run and kept as a whole.
 *
 * @param workload with the rows to measure
 * @param effort for each
 * @param allocators to measure, in turns
 */
record Part(Workload workload, Effort effort, List<AllocatorKind> allocators) {

    /** Makes a part that measures ours first, then the rivals. */
    Part(Workload workload, Effort effort) {
        this(workload, effort, Workloads.COMPARED);
    }

    /** Returns the same part with one more allocator. */
    Part with(AllocatorKind allocator) {
        return new Part(
                workload,
                effort,
                Stream.concat(allocators.stream(), Stream.of(allocator)).toList());
    }

    /** Returns how many JVMs are started. */
    int trials() {
        return measured() * effort.forks() + controls() * controlEffort().forks();
    }

    /** Each allocator for each row. */
    private int measured() {
        return workload.rows().size() * allocators.size();
    }

    /** Fewer than rows: a control does not depend on all parameters. */
    private int controls() {
        if (workload.control().isEmpty()) {
            return 0;
        }
        Set<String> names = Declared.parameters(workload, workload.control());
        return workload.parameters().entrySet().stream()
                .filter(parameter -> names.contains(parameter.getKey()))
                .mapToInt(parameter -> parameter.getValue().size())
                .reduce(1, (a, b) -> a * b);
    }

    /**
     * Little, unless the ratio depends on it or it is drawn: a control has no pool whose memory could lie better or
     * worse.
     */
    Effort controlEffort() {
        boolean matters = workload.subtractsControl() || workload.question() == Question.LIVE_SET;
        return matters ? effort : effort.brief();
    }

    /** Returns the estimated time. */
    long millis(StartMillis start) {
        return measured() * effort.millis(start) + controls() * controlEffort().millis(start);
    }
}
