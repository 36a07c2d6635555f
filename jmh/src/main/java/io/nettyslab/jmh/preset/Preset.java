package io.nettyslab.jmh.preset;

import io.nettyslab.jmh.workload.GarbageRule;
import io.nettyslab.jmh.workload.Workload;
import io.nettyslab.jmh.workload.Workloads;
import java.util.List;
import java.util.stream.Stream;

/** How much is measured. Constants are lower case because they are what the user types. */
public enum Preset {
    /** Does a change help or hurt? A few rows of each kind. */
    quick(4, 1) {
        @Override
        Stream<Workload> workloads() {
            return Stream.of(
                    direct("allocate").narrowed("size", "256", "4096"),
                    direct("churn").narrowed("mix", "tiny", "web", "loguniform"),
                    direct("collected").narrowed("mix", "tiny"),
                    direct("cross-thread").narrowed("receivers", "1"),
                    direct("growth").narrowed("pieces", "doubling"),
                    direct("slices").narrowed(Workload.OPERATION, "retainedSlice"),
                    direct("decoder").narrowed("frame", "64"),
                    direct("access-sequential").narrowed(Workload.OPERATION, "writeByte", "readLong"),
                    direct("copy").narrowed(Workload.OPERATION, "setBytes").narrowed("other", "array"),
                    direct("search").narrowed("length", "1024"),
                    direct("text-write").narrowed("chars", "40").narrowed("text", "ascii"),
                    direct("first-allocations"),
                    direct("footprint"),
                    workload("books"));
        }
    },

    /** Every question but that for single allocations in a running server; direct buffers mostly. */
    standard(13, 1) {
        @Override
        Stream<Workload> workloads() {
            return Stream.of(
                    direct("allocate"),
                    workload("churn"),
                    direct("churn-large"),
                    direct("churn-loops").narrowed("mix", Workloads.SMALL_MIXES),
                    direct("churn-threads").narrowed("mix", "web"),
                    direct("churn-virtual").narrowed("mix", "web"),
                    direct("collected"),
                    direct("collected-large"),
                    direct("cross-thread"),
                    direct("growth"),
                    direct("slices"),
                    direct("decoder"),
                    direct("access-sequential"),
                    direct("access-random"),
                    direct("copy"),
                    direct("copy-foreign"),
                    direct("search"),
                    direct("text-write").narrowed("chars", "40"),
                    direct("text-read").narrowed("chars", "40"),
                    direct("first-allocations"),
                    workload("live-set").narrowed("live", "4096", "262144"),
                    direct("footprint"),
                    workload("books"));
        }
    },

    /** Every row of the table, and two JVMs for those that differ most from one to the next. */
    full(31, 2) {
        @Override
        Stream<Workload> workloads() {
            return Workloads.ALL.stream()
                    .filter(Workload::runsItself)
                    .map(workload -> workload.name().equals("live-set")
                            ? workload.narrowed("live", "4096", "262144", "1048576") // churn has the others
                            : workload);
        }
    };

    private final int minutes;
    private final int carefulForks;

    Preset(int minutes, int carefulForks) {
        this.minutes = minutes;
        this.carefulForks = carefulForks;
    }

    /**
     * Returns the time it takes by estimate, and hardly more, for one JDK and one collector on two cores where a JVM
     * starts within 0.4 s, its heap touched.
     */
    public int minutes() {
        return minutes;
    }

    /** Returns the rows it measures. */
    abstract Stream<Workload> workloads();

    /** Returns what it measures, in the order of the table. */
    List<Part> parts() {
        return workloads().map(workload -> new Part(workload, effort(workload))).toList();
    }

    private Effort effort(Workload workload) {
        if (workload.name().equals("churn-threads")) {
            return Effort.STARVED;
        }
        if (workload.name().equals("churn-virtual")) {
            return Effort.TURNS;
        }
        return switch (workload.question()) {
            case CHURN, CROSS_THREAD -> Effort.NORMAL.forks(carefulForks);
            case ALLOCATE_RELEASE, THREADS, COLLECTED, LATENCY -> Effort.NORMAL;
            case LIVE_SET -> Effort.NORMAL.setUp(2100);
            case FIRST_ALLOCATION -> Effort.SHOTS;
            case FOOTPRINT -> Effort.ONE_SHOT;
            case GROWTH, DERIVED -> Effort.BRIEF.forks(carefulForks);
            case ACCESS -> access(workload).forks(carefulForks);
        };
    }

    /** One buffer that stays: only texts make objects. */
    private static Effort access(Workload workload) {
        return workload.garbage() == GarbageRule.NONE ? Effort.BRIEF.untouched() : Effort.BRIEF;
    }

    private static Workload direct(String name) {
        return workload(name).narrowed("kind", "direct");
    }

    private static Workload workload(String name) {
        return Workloads.ALL.stream()
                .filter(workload -> workload.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("workload: " + name + " (expected: one of the table)"));
    }
}
