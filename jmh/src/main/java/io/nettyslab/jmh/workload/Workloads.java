package io.nettyslab.jmh.workload;

import io.nettyslab.jmh.AllocateReleaseBenchmark;
import io.nettyslab.jmh.AllocationLatencyBenchmark;
import io.nettyslab.jmh.AllocatorKind;
import io.nettyslab.jmh.CopyBenchmark;
import io.nettyslab.jmh.CrossThreadReleaseBenchmark;
import io.nettyslab.jmh.FirstAllocationBenchmark;
import io.nettyslab.jmh.FootprintBenchmark;
import io.nettyslab.jmh.FrameDecoderBenchmark;
import io.nettyslab.jmh.GrowthBenchmark;
import io.nettyslab.jmh.RandomAccessBenchmark;
import io.nettyslab.jmh.RetainedSliceBenchmark;
import io.nettyslab.jmh.SearchBenchmark;
import io.nettyslab.jmh.SequentialAccessBenchmark;
import io.nettyslab.jmh.SteadyChurnBenchmark;
import io.nettyslab.jmh.TextReadBenchmark;
import io.nettyslab.jmh.TextWriteBenchmark;
import java.util.List;
import java.util.stream.Stream;

/**
 * The table of all workloads and their targets, in the order of the report. A ratio is the best rival's time by ours.
 */
public final class Workloads {

    /** The rivals, in the order of columns; the allocator without a pool is none. */
    public static final List<AllocatorKind> RIVALS = List.of(AllocatorKind.pooled, AllocatorKind.adaptive);

    /** What every preset measures, in the order of columns. */
    public static final List<AllocatorKind> COMPARED =
            List.of(AllocatorKind.slab, AllocatorKind.pooled, AllocatorKind.adaptive);

    private static final String[] KINDS = {"direct", "heap"};
    private static final String[] MIXES = {"tiny", "web", "proxy", "loguniform", "shifting"};

    /** Of the other mixes 65,536 live buffers would not fit. */
    public static final String[] SMALL_MIXES = {"tiny", "web"};

    /** The line between "faster" and "slower". */
    private static final double NEVER_SLOWER = 1.0;

    /** How many times faster than allocators that are not Netty's we want to be at most. */
    public static final double OVER_OTHERS = 2.5;

    private static final double FIRST_ALLOCATION_NANOS = 1000;

    public static final List<Workload> ALL = Stream.of(
                    allocateAndRelease(),
                    churn(),
                    onMoreThreads(),
                    collected(),
                    crossThread(),
                    growth(),
                    derived(),
                    access(),
                    singleAllocations(),
                    liveSet(),
                    footprint())
            .flatMap(group -> group)
            .map(WorkloadBuilder::build)
            .toList();

    private Workloads() {}

    private static Stream<WorkloadBuilder> allocateAndRelease() {
        return Stream.of(new WorkloadBuilder(
                        "allocate",
                        Question.ALLOCATE_RELEASE,
                        "Allocate, touch, release",
                        AllocateReleaseBenchmark.class,
                        "allocateTouchRelease")
                .control()
                .with("size", "64", "256", "1024", "4096", "16384", "65536")
                .with("kind", KINDS)
                .faster(1.8));
    }

    private static Stream<WorkloadBuilder> churn() {
        return Stream.of(
                churn("churn", Question.CHURN, "Churn, 1,024 live")
                        .with("live", "1024")
                        .with("mix", MIXES)
                        .with("kind", KINDS)
                        .faster(3.5),
                churn("churn-large", Question.CHURN, "Churn, many live")
                        .with("live", "16384", "65536")
                        .with("mix", SMALL_MIXES)
                        .with("kind", "direct")
                        .faster(2.5));
    }

    private static Stream<WorkloadBuilder> onMoreThreads() {
        return Stream.of(
                churn("churn-loops", Question.THREADS, "Churn on 2 event loops")
                        .on(2, ThreadKind.CUSTOM)
                        .with("live", "1024")
                        .with("mix", MIXES)
                        .with("kind", "direct")
                        .faster(2.5),
                churn("churn-threads", Question.THREADS, "Churn on 16 plain threads")
                        .on(16, ThreadKind.PLATFORM)
                        .with("live", "64")
                        .with("mix", SMALL_MIXES)
                        .with("kind", "direct")
                        .faster(1.5),
                churn("churn-virtual", Question.THREADS, "Churn on 1,000 virtual threads")
                        .on(1000, ThreadKind.VIRTUAL)
                        .with("live", "16")
                        .with("mix", SMALL_MIXES)
                        .with("kind", "direct")
                        .faster(1.5));
    }

    /** The same targets as without a collection. */
    private static Stream<WorkloadBuilder> collected() {
        return Stream.of(
                churn("collected", Question.COLLECTED, "Churn after a collection, 1,024 live")
                        .with("collect", "true")
                        .with("live", "1024")
                        .with("mix", SMALL_MIXES)
                        .with("kind", "direct")
                        .faster(3.5),
                churn("collected-large", Question.COLLECTED, "Churn after a collection, 16,384 live")
                        .with("collect", "true")
                        .with("live", "16384")
                        .with("mix", SMALL_MIXES)
                        .with("kind", "direct")
                        .faster(2.5));
    }

    private static WorkloadBuilder churn(String name, Question question, String title) {
        return new WorkloadBuilder(name, question, title, SteadyChurnBenchmark.class, "replaceOne")
                .control()
                .with("collect", "false");
    }

    private static Stream<WorkloadBuilder> crossThread() {
        return Stream.of(new WorkloadBuilder(
                        "cross-thread",
                        Question.CROSS_THREAD,
                        "Release on another thread",
                        CrossThreadReleaseBenchmark.class,
                        "allocateHereReleaseThere")
                .control()
                .with("receivers", "1", "3")
                .with("capacity", "1024")
                .with("payload", "1024")
                .with("kind", KINDS)
                .fasterLessControl(3));
    }

    private static Stream<WorkloadBuilder> growth() {
        return Stream.of(new WorkloadBuilder(
                        "growth",
                        Question.GROWTH,
                        "Grow from 256 B to 64 KiB",
                        GrowthBenchmark.class,
                        "allocateWriteRelease")
                .control()
                .with("pieces", "doubling", "even")
                .with("size", "65536")
                .with("kind", KINDS)
                .faster(1.5));
    }

    private static Stream<WorkloadBuilder> derived() {
        return Stream.of(
                new WorkloadBuilder(
                                "slices",
                                Question.DERIVED,
                                "Retain a view, release it",
                                RetainedSliceBenchmark.class,
                                "retainedSlice",
                                "retainedDuplicate")
                        .control()
                        .with("kind", KINDS)
                        .faster(NEVER_SLOWER),
                new WorkloadBuilder(
                                "decoder",
                                Question.DERIVED,
                                "Frames cut from a 64 KiB read",
                                FrameDecoderBenchmark.class,
                                "decode")
                        .control()
                        .with("frame", "64", "1024")
                        .with("kind", KINDS)
                        .faster(NEVER_SLOWER));
    }

    private static Stream<WorkloadBuilder> access() {
        return Stream.of(
                access(
                        "access-sequential",
                        "Access in order",
                        SequentialAccessBenchmark.class,
                        "writeByte",
                        "readByte",
                        "writeLong",
                        "readLong"),
                access(
                        "access-random",
                        "Access at random",
                        RandomAccessBenchmark.class,
                        "setByte",
                        "getByte",
                        "setLong",
                        "getLong",
                        "setLongLE",
                        "getLongLE"),
                access("copy", "Copy 1 KiB", CopyBenchmark.class, "getBytes", "setBytes")
                        .with("length", "1024")
                        .with("other", "direct", "heap", "unpooledDirect", "unpooledHeap", "array", "nioDirect"),
                access(
                                "copy-foreign",
                                "Copy 1 KiB, called on the other",
                                CopyBenchmark.class,
                                "foreignGetBytes",
                                "foreignSetBytes")
                        .with("length", "1024")
                        .with("foreign", "unpooledDirect", "unpooledHeap"),
                access("search", "indexOf", SearchBenchmark.class, "indexOf").with("length", "16", "1024"),
                access("text-write", "Write UTF-8", TextWriteBenchmark.class, "writeUtf8")
                        .with("text", "ascii", "mixed")
                        .with("chars", "40", "1000"),
                access("text-read", "Read UTF-8", TextReadBenchmark.class, "readToString")
                        .with("text", "ascii", "mixed")
                        .with("chars", "40", "1000")
                        .garbage(GarbageRule.AS_NETTYS_BEST)); // the text itself
    }

    private static WorkloadBuilder access(String name, String title, Class<?> benchmark, String... operations) {
        return new WorkloadBuilder(name, Question.ACCESS, title, benchmark, operations)
                .control()
                .with("kind", KINDS)
                .faster(NEVER_SLOWER);
    }

    private static Stream<WorkloadBuilder> singleAllocations() {
        return Stream.of(
                firstAllocations("first-allocations", 99.9).atMost(FIRST_ALLOCATION_NANOS),
                firstAllocations("first-allocations-slowest", 99.99) // those that wait for a slab
                        .fromRunOf("first-allocations"),
                new WorkloadBuilder(
                                "latency",
                                Question.LATENCY,
                                "Allocation during churn, 99.9 %",
                                AllocationLatencyBenchmark.class,
                                "allocate")
                        .control()
                        .with("collect", "false")
                        .with("live", "1024")
                        .with("mix", "web", "loguniform")
                        .with("kind", "direct")
                        .read(Reading.nanosAt(99.9))
                        .garbage(GarbageRule.NOT_JUDGED)); // samples are objects
    }

    private static WorkloadBuilder firstAllocations(String name, double percentile) {
        return new WorkloadBuilder(
                        name,
                        Question.FIRST_ALLOCATION,
                        "First 20,000 allocations, " + percentile + " %",
                        FirstAllocationBenchmark.class,
                        "allocate")
                .control()
                .with("maxSize", "16384")
                .with("kind", KINDS)
                .read(Reading.nanosAt(percentile))
                .garbage(GarbageRule.NOT_JUDGED); // a new allocator every 20,000 operations
    }

    private static Stream<WorkloadBuilder> liveSet() {
        return Stream.of(churn("live-set", Question.LIVE_SET, "Churn, growing live set")
                .with("live", "1024", "4096", "16384", "65536", "262144", "1048576")
                .with("mix", "tiny")
                .with("kind", "direct"));
    }

    private static Stream<WorkloadBuilder> footprint() {
        return Stream.of(
                footprint("footprint", "changing", "Reserved, end of a phase", "reservedPerLive")
                        .with("kind", KINDS)
                        .atMost(2.0),
                footprint("footprint-peak", "changing", "Reserved, at the highest", "reservedPerLivePeak")
                        .with("kind", KINDS)
                        .fromRunOf("footprint"),
                footprint("footprint-resident", "changing", "Resident", "residentPerLive")
                        .with("kind", "direct")
                        .fromRunOf("footprint"),
                footprint("footprint-books", "changing", "Java heap for books, web phase", "javaHeapPerLiveWeb")
                        .with("kind", "direct")
                        .fromRunOf("footprint"),
                footprint("books", "web", "Java heap for books, of what is reserved, web alone", "javaHeapPerReserved")
                        .with("kind", "direct")
                        .atMost(0.02),
                footprint("footprint-web", "web", "Reserved, web alone", "reservedPerLive")
                        .with("kind", "direct")
                        .fromRunOf("books"),
                footprint("footprint-web-resident", "web", "Resident, web alone", "residentPerLive")
                        .with("kind", "direct")
                        .fromRunOf("books"));
    }

    private static WorkloadBuilder footprint(String name, String phases, String title, String figure) {
        return new WorkloadBuilder(name, Question.FOOTPRINT, title, FootprintBenchmark.class, "goThroughPhases")
                .control()
                .with("liveMiB", "48")
                .with("phases", phases)
                .read(Reading.secondary(figure, "B/B"))
                .garbage(GarbageRule.NOT_JUDGED); // each run makes an allocator
    }
}
