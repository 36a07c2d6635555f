package io.nettyslab.jmh.workload;

/** What a row of a workload should reach. */
public sealed interface Goal {

    /**
     * The best rival's figure divided by ours is at least {@code ratio}.
     *
     * @param ratio 1 for "never slower"
     * @param lessControl whether the control's figure is subtracted from both first
     */
    record Faster(double ratio, boolean lessControl) implements Goal {}

    /**
     * Our own figure is at most {@code limit}, whatever the rivals do.
     *
     * @param limit in the unit of the workload's reading
     */
    record AtMost(double limit) implements Goal {}

    /** There is no bound; the figures are shown. */
    record Shown() implements Goal {}
}
