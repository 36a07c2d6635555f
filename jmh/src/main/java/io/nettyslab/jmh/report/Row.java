package io.nettyslab.jmh.report;

import io.nettyslab.jmh.AllocatorKind;
import io.nettyslab.jmh.results.Figure;
import io.nettyslab.jmh.results.Measurement;
import io.nettyslab.jmh.workload.GarbageRule;
import io.nettyslab.jmh.workload.Goal;
import io.nettyslab.jmh.workload.Workload;
import io.nettyslab.jmh.workload.Workloads;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * One choice of a workload's parameters under one condition, with what was measured for it.
 *
 * @param workload where it belongs
 * @param parameters the choice
 * @param condition JDK and collector
 * @param measurements by allocator; some may be missing
 * @param control the same without an allocator, if it was measured
 * @param rivals the allocators to compare with, in the order of columns
 */
record Row(
        Workload workload,
        Map<String, String> parameters,
        Condition condition,
        Map<AllocatorKind, Measurement> measurements,
        Optional<Figure> control,
        List<AllocatorKind> rivals) {

    /** Makes a row that compares with the rivals of the table. */
    Row(
            Workload workload,
            Map<String, String> parameters,
            Condition condition,
            Map<AllocatorKind, Measurement> measurements,
            Optional<Figure> control) {
        this(workload, parameters, condition, measurements, control, Workloads.RIVALS);
    }

    /** Returns the same row, compared with the one allocator that is no rival of the table. */
    Row againstOther() {
        return new Row(
                workload.againstOther(), parameters, condition, measurements, control, List.of(AllocatorKind.other));
    }

    /** Returns all that are compared, ours first, in the order of columns. */
    List<AllocatorKind> allocators() {
        return Stream.concat(Stream.of(AllocatorKind.slab), rivals.stream()).toList();
    }

    /**
     * Below this, for each microsecond that it takes, an operation leaves no garbage: what is left is JMH's own, spread
     * over the operations.
     */
    static final double NO_GARBAGE_BYTES = 0.1;

    private static final double MICROSECOND = 1000; // in nanoseconds

    /** Returns what was read for {@code allocator}. */
    Optional<Figure> figure(AllocatorKind allocator) {
        return Optional.ofNullable(measurements.get(allocator)).flatMap(found -> found.read(workload.reading()));
    }

    Optional<Figure> ours() {
        return figure(AllocatorKind.slab);
    }

    /** Returns the rival with the lowest figure; empty unless all rivals were measured. */
    Optional<AllocatorKind> bestRival() {
        boolean all = rivals.stream().allMatch(rival -> figure(rival).isPresent());
        return !all
                ? Optional.empty()
                : rivals.stream()
                        .min(Comparator.comparingDouble(
                                rival -> figure(rival).orElseThrow().score()));
    }

    private boolean isLessControl() {
        return workload.subtractsControl() && !isWithinControl();
    }

    /**
     * Returns whether the control, which the goal wants subtracted, took in some iteration as long as ours or a rival
     * did in some. What a difference leaves then is what the machine did meanwhile. So the plain ratio is used: if it
     * is above 1, the other could only be more.
     */
    boolean isWithinControl() {
        return workload.subtractsControl()
                && control.isPresent()
                && allocators().stream()
                        .flatMap(allocator -> figure(allocator).stream())
                        .anyMatch(figure -> figure.low() <= control.get().high());
    }

    /** Returns the best rival's figure by ours, as the goal wants it: with or without what the control costs. */
    Optional<Figure> ratio() {
        return bestRival().flatMap(this::ratioTo);
    }

    /** Returns the best rival's figure by ours, control included in both. */
    Optional<Figure> plainRatio() {
        return bestRival().flatMap(rival -> divide(figure(rival), ours()));
    }

    private Optional<Figure> ratioTo(AllocatorKind rival) {
        return isLessControl()
                ? divide(lessControl(figure(rival)), lessControl(ours()))
                : divide(figure(rival), ours());
    }

    private Optional<Figure> lessControl(Optional<Figure> figure) {
        return figure.flatMap(whole -> control.map(whole::minus));
    }

    /** Ends of the interval that make no sense, because a figure may be nothing, become 0 and infinity. */
    private static Optional<Figure> divide(Optional<Figure> rival, Optional<Figure> ours) {
        if (rival.isEmpty()
                || ours.isEmpty()
                || ours.get().score() <= 0
                || rival.get().score() <= 0) {
            return Optional.empty();
        }
        Figure r = rival.get();
        Figure o = ours.get();
        double high = o.low() <= 0 ? Double.POSITIVE_INFINITY : r.high() / o.low();
        return Optional.of(new Figure(r.score() / o.score(), Math.max(0, r.low()) / o.high(), high));
    }

    /** Returns whether all iterations of some rival, not only of the best on average, were faster than all of ours. */
    private boolean isSlower() {
        return rivals.stream().flatMap(rival -> ratioTo(rival).stream()).anyMatch(ratio -> ratio.high() < 1);
    }

    /** Returns whether all iterations of ours were faster than all of every rival. */
    private boolean isFaster() {
        return rivals.stream()
                .allMatch(
                        rival -> ratioTo(rival).filter(ratio -> ratio.low() > 1).isPresent());
    }

    /** Returns whether iterations lie on either side of the target, so that another run may decide otherwise. */
    boolean isUnsure() {
        return workload.goal() instanceof Goal.Faster faster
                && faster.ratio() > 1
                && ratio().filter(ratio -> ratio.low() < faster.ratio() && ratio.high() >= faster.ratio())
                        .isPresent();
    }

    /** Returns a figure that a profiler or counter added. */
    Optional<Figure> secondary(AllocatorKind allocator, String name) {
        return Optional.ofNullable(measurements.get(allocator))
                .map(found -> found.secondary().get(name));
    }

    OptionalDouble garbage(AllocatorKind allocator) {
        Measurement found = measurements.get(allocator);
        return found == null ? OptionalDouble.empty() : found.garbage();
    }

    /** Returns the most bytes that the rule lets an operation of ours leave; empty if it sets no bound. */
    private OptionalDouble garbageLimit() {
        if (workload.garbage() == GarbageRule.NOT_JUDGED) {
            return OptionalDouble.empty();
        }
        if (workload.garbage() == GarbageRule.NONE) {
            return OptionalDouble.of(garbageOfJmh());
        }
        return rivals.stream()
                .map(this::garbage)
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .map(bytes -> bytes + garbageOfJmh())
                .min();
    }

    private double garbageOfJmh() {
        double nanos = ours().map(Figure::score).orElse(0.0);
        return NO_GARBAGE_BYTES * Math.max(1, nanos / MICROSECOND);
    }

    boolean leavesTooMuchGarbage() {
        OptionalDouble bytes = garbage(AllocatorKind.slab);
        OptionalDouble limit = garbageLimit();
        return bytes.isPresent() && limit.isPresent() && bytes.getAsDouble() > limit.getAsDouble();
    }

    Verdict verdict() {
        Verdict time = timeVerdict();
        return leavesTooMuchGarbage() && time.isJudged() && time != Verdict.SLOWER ? Verdict.MISSED : time;
    }

    private Verdict timeVerdict() {
        if (ours().isEmpty()) {
            return Verdict.NOT_MEASURED;
        }
        if (workload.goal() instanceof Goal.AtMost atMost) {
            return ours().get().score() <= atMost.limit() ? Verdict.MET : Verdict.MISSED;
        }
        if (bestRival().isEmpty()) {
            return Verdict.NOT_MEASURED;
        }
        if (!(workload.goal() instanceof Goal.Faster faster)) {
            return Verdict.SHOWN;
        }
        if (ratio().isEmpty()) {
            return Verdict.NOT_MEASURED;
        }
        if (isSlower()) {
            return Verdict.SLOWER;
        }
        Figure ratio = ratio().get();
        if (faster.ratio() > 1) {
            return ratio.score() >= faster.ratio() ? Verdict.MET : Verdict.MISSED;
        }
        if (isFaster()) {
            return Verdict.MET;
        }
        return ratio.score() < 1 ? Verdict.BEHIND : Verdict.EVEN;
    }

    /** Returns how many times faster than the best rival this row should be; empty if that is not its goal. */
    OptionalDouble targetRatio() {
        return workload.goal() instanceof Goal.Faster faster
                ? OptionalDouble.of(faster.ratio())
                : OptionalDouble.empty();
    }

    /** Returns whether a rival takes less where no target is set. */
    boolean losesWithoutTarget() {
        return verdict() == Verdict.SHOWN
                && figure(bestRival().orElseThrow()).orElseThrow().score()
                        < ours().orElseThrow().score();
    }

    /** Returns how much of the target was reached: 1 is all of it. Empty without a target or a measurement. */
    OptionalDouble reached() {
        if (workload.goal() instanceof Goal.AtMost atMost) {
            return ours().map(figure -> OptionalDouble.of(atMost.limit() / figure.score()))
                    .orElse(OptionalDouble.empty());
        }
        if (workload.goal() instanceof Goal.Faster faster && ratio().isPresent()) {
            return OptionalDouble.of(ratio().get().score() / faster.ratio());
        }
        return OptionalDouble.empty();
    }

    /** Returns the values that tell this row from the others of its workload; its title if there is only one. */
    String label() {
        String values = Labels.varying(workload, parameters);
        return values.isEmpty() ? workload.title() : values;
    }

    /** Returns what tells this row from all others under the same condition. */
    String fullLabel() {
        String values = Labels.varying(workload, parameters);
        return values.isEmpty() ? workload.title() : workload.title() + ": " + values;
    }
}
