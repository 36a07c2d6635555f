package io.nettyslab.jmh.preset;

import io.nettyslab.jmh.workload.Goal;
import io.nettyslab.jmh.workload.Workload;
import io.nettyslab.jmh.workload.Workloads;

/**
 * What a preset measures of one workload; the smallest piece that is run and kept as a whole.
 *
 * @param workload with the rows to measure
 * @param effort for each
 */
record Part(Workload workload, Effort effort) {

    /** Returns how many results there will be: each allocator and, at most, the control, for each row. */
    int trials() {
        return workload.rows().size() * (1 + Workloads.RIVALS.size())
                + (workload.control().isEmpty() ? 0 : workload.rows().size());
    }

    /** One fork, unless the ratio depends on it: a control has no pool whose memory could lie better or worse. */
    Effort controlEffort() {
        boolean judged = workload.goal() instanceof Goal.Faster faster && faster.lessControl();
        return judged ? effort : new Effort(1, effort.setUpMillis());
    }

    /** Returns the estimated time. */
    long millis() {
        long rows = workload.rows().size();
        return rows * (1 + Workloads.RIVALS.size()) * effort.millis()
                + (workload.control().isEmpty() ? 0 : rows * controlEffort().millis());
    }
}
