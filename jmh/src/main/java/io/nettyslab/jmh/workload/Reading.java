package io.nettyslab.jmh.workload;

/**
 * Which of a result's figures a workload is about.
 *
 * @param kind where the figure stands in a result of JMH
 * @param percentile 0 to 100; used by {@link Kind#PERCENTILE} only
 * @param secondary name of the secondary result; used by {@link Kind#SECONDARY} only
 * @param unit what is read, as it is printed beside the number
 */
public record Reading(Kind kind, double percentile, String secondary, String unit) {

    /** Places of a figure. */
    public enum Kind {
        /** The score: mean time of one operation. */
        SCORE,

        /** A percentile of sampled times. */
        PERCENTILE,

        /** A figure that a counter or a profiler adds. */
        SECONDARY
    }

    /** Mean nanoseconds of one operation. */
    public static final Reading MEAN_NANOS = new Reading(Kind.SCORE, 0, "", "ns");

    /** Nanoseconds that all but {@code 100 - percentile} of a hundred operations stay below. */
    public static Reading nanosAt(double percentile) {
        return new Reading(Kind.PERCENTILE, percentile, "", "ns");
    }

    /** The secondary result {@code name}. */
    public static Reading secondary(String name, String unit) {
        return new Reading(Kind.SECONDARY, 0, name, unit);
    }
}
