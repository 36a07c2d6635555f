package io.nettyslab.jmh.report;

import io.nettyslab.jmh.workload.Collector;
import java.util.Comparator;

/**
 * What all rows of one folder have in common.
 *
 * @param jdk feature version
 * @param collector the garbage collector
 */
record Condition(int jdk, Collector collector) implements Comparable<Condition> {

    private static final Comparator<Condition> ORDER =
            Comparator.comparing(Condition::collector).thenComparing(Condition::jdk);

    /** The default collector first: it is what most people run. */
    @Override
    public int compareTo(Condition other) {
        return ORDER.compare(this, other);
    }

    String title() {
        return "JDK " + jdk + ", " + collector.title();
    }

    /** Returns a name for files, such as {@code jdk17-g1}. */
    String fileName() {
        return "jdk" + jdk + '-' + collector;
    }

    boolean hasDefaultCollector() {
        return collector == Collector.g1;
    }
}
