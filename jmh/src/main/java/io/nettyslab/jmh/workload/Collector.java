package io.nettyslab.jmh.workload;

import java.util.List;

/** The garbage collectors to measure under. Constants are lower case because they are the values of {@code --gc}. */
public enum Collector {
    /** The default on servers. */
    g1("G1", "-XX:+UseG1GC", 0),

    /** Stops the world with all cores. */
    parallel("Parallel", "-XX:+UseParallelGC", 0),

    /** Generational ZGC: by flag since JDK 21, by default since 23. */
    zgc("ZGC", "-XX:+UseZGC", 21);

    private static final int ZGC_GENERATIONAL_BY_DEFAULT = 23;

    private final String title;
    private final String flag;
    private final int minJdk;

    Collector(String title, String flag, int minJdk) {
        this.title = title;
        this.flag = flag;
        this.minJdk = minJdk;
    }

    /** Returns its usual name. */
    public String title() {
        return title;
    }

    /** Returns whether a JDK of feature version {@code jdk} has it; an old ZGC of one generation does not count. */
    public boolean isIn(int jdk) {
        return jdk >= minJdk;
    }

    /** Returns the JVM flags that choose it on a JDK of feature version {@code jdk}. */
    public List<String> flags(int jdk) {
        return this == zgc && jdk < ZGC_GENERATIONAL_BY_DEFAULT ? List.of(flag, "-XX:+ZGenerational") : List.of(flag);
    }

    /** Returns the collector that {@code jvmArgs} chose; G1 if they chose none. */
    public static Collector of(List<String> jvmArgs) {
        Collector chosen = g1;
        for (String arg : jvmArgs) {
            for (Collector candidate : values()) {
                if (arg.equals(candidate.flag)) {
                    chosen = candidate;
                }
            }
        }
        return chosen;
    }
}
