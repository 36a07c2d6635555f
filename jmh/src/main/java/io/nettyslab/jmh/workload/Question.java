package io.nettyslab.jmh.workload;

/** What a reader wants to know: a section of the report, with its charts, for one or more workloads. */
public enum Question {
    ALLOCATE_RELEASE("Allocate and release at once", "A buffer of one size, released right after it was written to."),
    CHURN(
            "Churn: many live buffers of mixed sizes",
            "A random one of the live buffers is released and one of the next size takes its place."),
    THREADS(
            "Churn on more threads",
            "The same steps on two event loops, on many plain threads and on very many virtual ones."),
    COLLECTED(
            "Before and after a full collection",
            "A full collection moves the allocators' objects to other places in the Java heap."),
    CROSS_THREAD(
            "Release on another thread",
            "One event loop allocates, others release. What the hand-over itself costs is subtracted."),
    GROWTH("Growth", "A buffer that doubles from 256 bytes to 64 KiB while it is written."),
    DERIVED("Slices and a frame decoder", "Retained slices, alone and cut from a 64 KiB read by a decoder."),
    ACCESS(
            "Reading, writing, copying, searching",
            "What is done with a buffer once it is there. Here the aim is never to be slower."),
    FIRST_ALLOCATION("First allocations", "How long single allocations take in an allocator that was just made."),
    LATENCY("Single allocations in a running server", "The same during churn, with 1,024 live buffers."),
    LIVE_SET(
            "More and more live buffers",
            "The cost of a step while the live set outgrows the caches. The control does the same on heap buffers that"
                    + " stay: its curve is the latency of memory, and on JDK 17 with G1 the collector's work too."),
    FOOTPRINT(
            "Footprint",
            "48 MiB are live while the mix of sizes changes, five phases in all; between two phases nine of ten buffers"
                    + " go at random. Bytes of memory for each live byte, in the worst phase; the books also for"
                    + " each reserved byte, of log-normal sizes alone.");

    private final String title;
    private final String explanation;

    Question(String title, String explanation) {
        this.title = title;
        this.explanation = explanation;
    }

    /** Returns the heading of its section. */
    public String title() {
        return title;
    }

    /** Returns one or two sentences on what is done. */
    public String explanation() {
        return explanation;
    }
}
