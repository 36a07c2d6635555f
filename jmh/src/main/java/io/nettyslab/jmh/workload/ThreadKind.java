package io.nettyslab.jmh.workload;

import java.util.List;

/** The threads that JMH's workers run on. Constants are the values of {@code -Djmh.executor=}. */
public enum ThreadKind {
    /** Real event loops, by {@code EventLoopExecutor}; what all benchmarks use unless told otherwise. */
    CUSTOM("event loop", 17),

    /** Plain threads of a pool. */
    PLATFORM("plain thread", 17),

    /** Virtual threads. */
    VIRTUAL("virtual thread", 21);

    /** The system property by which JMH is told. */
    private static final String FLAG = "-Djmh.executor=";

    private final String title;
    private final int minJdk;

    ThreadKind(String title, int minJdk) {
        this.title = title;
        this.minJdk = minJdk;
    }

    /** Returns what one of them is called in a sentence. */
    public String title() {
        return title;
    }

    /** Returns the feature version of the first JDK that has them, 17 at least. */
    public int minJdk() {
        return minJdk;
    }

    /** Returns the JVM flags to append, none for event loops. */
    public List<String> flags() {
        return this == CUSTOM ? List.of() : List.of(FLAG + name());
    }

    /** Returns the kind that {@code jvmArgs} chose: the last one counts, as with every system property. */
    public static ThreadKind of(List<String> jvmArgs) {
        ThreadKind kind = PLATFORM; // what JMH does by itself
        for (String arg : jvmArgs) {
            for (ThreadKind candidate : values()) {
                if (arg.equals(FLAG + candidate)) {
                    kind = candidate;
                }
            }
        }
        return kind;
    }
}
