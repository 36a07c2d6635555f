package io.nettyslab.jmh.preset;

import io.nettyslab.jmh.workload.Workload;
import io.nettyslab.jmh.workload.Workloads;
import java.util.ArrayList;
import java.util.List;

/** How much is measured. Constants are lower case because they are what the user types. */
public enum Preset {
    /** Does a change help or hurt? A few rows of each kind, one JVM for each. */
    quick(4) {
        @Override
        List<Part> parts() {
            return new PartList(Effort.forks(1))
                    .add(workload("allocate").narrowed("size", "256", "4096").narrowed("kind", "direct"))
                    .add(workload("churn")
                            .narrowed("mix", "tiny", "web", "loguniform")
                            .narrowed("kind", "direct"))
                    .add(workload("churn-collected").narrowed("mix", "tiny"))
                    .add(workload("cross-thread").narrowed("receivers", "1").narrowed("kind", "direct"))
                    .list();
        }
    },

    /** Every question, direct buffers mostly. */
    standard(12) {
        @Override
        List<Part> parts() {
            return new PartList(Effort.forks(1))
                    .add(workload("allocate").narrowed("kind", "direct"))
                    .add(workload("churn"))
                    .add(workload("churn-large").narrowed("kind", "direct"))
                    .add(workload("churn-loops").narrowed("mix", "tiny", "web"))
                    .add(workload("churn-threads").narrowed("mix", "web"))
                    .add(workload("churn-virtual").narrowed("mix", "web"))
                    .add(workload("churn-collected"))
                    .add(workload("churn-collected-large"))
                    .add(workload("cross-thread").narrowed("kind", "direct"))
                    .list();
        }
    },

    /** Every row of the table. */
    full(20) {
        @Override
        List<Part> parts() {
            return new PartList(Effort.forks(2)).add(Workloads.ALL).list();
        }
    };

    private final int minutes;

    Preset(int minutes) {
        this.minutes = minutes;
    }

    /** Returns the time it takes at most, for one JDK and one collector on two cores. */
    public int minutes() {
        return minutes;
    }

    /** Returns what it measures, in the order of the table. */
    abstract List<Part> parts();

    private static Workload workload(String name) {
        return Workloads.ALL.stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("workload: " + name + " (expected: one of the table)"));
    }

    /** Gives each workload the effort it needs. */
    private static final class PartList {
        private final Effort effort;
        private final List<Part> parts = new ArrayList<>();

        PartList(Effort effort) {
            this.effort = effort;
        }

        PartList add(Workload workload) {
            parts.add(new Part(workload, effort));
            return this;
        }

        PartList add(List<Workload> workloads) {
            workloads.forEach(this::add);
            return this;
        }

        List<Part> list() {
            return parts;
        }
    }
}
