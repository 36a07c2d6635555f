package io.nettyslab.jmh.workload;

import io.nettyslab.jmh.AllocateReleaseBenchmark;
import io.nettyslab.jmh.AllocatorKind;
import io.nettyslab.jmh.CrossThreadReleaseBenchmark;
import io.nettyslab.jmh.SteadyChurnBenchmark;
import java.util.List;
import java.util.stream.Stream;

/** The table of all workloads and their targets. */
public final class Workloads {

    /** The rivals, in the order of columns; the allocator without a pool is none. */
    public static final List<AllocatorKind> RIVALS = List.of(AllocatorKind.pooled, AllocatorKind.adaptive);

    private static final String[] KINDS = {"direct", "heap"};
    private static final String[] MIXES = {"tiny", "web", "proxy", "loguniform", "shifting"};

    /** Cheap and dear to serve; of the others a large live set would not fit. */
    private static final String[] SMALL_MIXES = {"tiny", "web"};

    /** In the order of the report. */
    public static final List<Workload> ALL = Stream.of(
                    new WorkloadBuilder(
                                    "allocate",
                                    Question.ALLOCATE_RELEASE,
                                    "Allocate, touch both ends, release",
                                    AllocateReleaseBenchmark.class,
                                    "allocateTouchRelease")
                            .control("control")
                            .with("size", "64", "256", "1024", "4096", "16384", "65536")
                            .with("kind", KINDS)
                            .faster(1.8),
                    churn("churn", Question.CHURN, "Churn, 1,024 live buffers")
                            .with("live", "1024")
                            .with("collect", "false")
                            .with("mix", MIXES)
                            .with("kind", KINDS)
                            .faster(3.5),
                    churn("churn-large", Question.CHURN, "Churn, large live sets")
                            .with("live", "16384", "65536")
                            .with("collect", "false")
                            .with("mix", SMALL_MIXES)
                            .with("kind", KINDS)
                            .faster(2.5),
                    churn("churn-loops", Question.THREADS, "Churn on 2 event loops")
                            .on(2, ThreadKind.CUSTOM)
                            .with("live", "1024")
                            .with("collect", "false")
                            .with("mix", MIXES)
                            .with("kind", "direct")
                            .faster(2.5),
                    churn("churn-threads", Question.THREADS, "Churn on 16 plain threads")
                            .on(16, ThreadKind.PLATFORM)
                            .with("live", "1024")
                            .with("collect", "false")
                            .with("mix", SMALL_MIXES)
                            .with("kind", "direct")
                            .faster(1.5),
                    churn("churn-virtual", Question.THREADS, "Churn on 1,000 virtual threads")
                            .on(1000, ThreadKind.VIRTUAL)
                            .with("live", "16")
                            .with("collect", "false")
                            .with("mix", SMALL_MIXES)
                            .with("kind", "direct")
                            .faster(1.5),
                    churn("churn-collected", Question.COLLECTED, "Churn after a full collection, 1,024 live")
                            .with("live", "1024")
                            .with("collect", "true")
                            .with("mix", SMALL_MIXES)
                            .with("kind", "direct")
                            .faster(3.5),
                    churn("churn-collected-large", Question.COLLECTED, "Churn after a full collection, 16,384 live")
                            .with("live", "16384")
                            .with("collect", "true")
                            .with("mix", SMALL_MIXES)
                            .with("kind", "direct")
                            .faster(2.5),
                    new WorkloadBuilder(
                                    "cross-thread",
                                    Question.CROSS_THREAD,
                                    "Allocate here, release there",
                                    CrossThreadReleaseBenchmark.class,
                                    "allocateHereReleaseThere")
                            .control("control")
                            .with("receivers", "1", "3")
                            .with("kind", KINDS)
                            .fasterLessControl(3))
            .map(WorkloadBuilder::build)
            .toList();

    private Workloads() {}

    private static WorkloadBuilder churn(String name, Question question, String title) {
        return new WorkloadBuilder(name, question, title, SteadyChurnBenchmark.class, "replaceOne").control("control");
    }
}
