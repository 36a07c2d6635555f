package io.nettyslab.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettyslab.jmh.AllocatorKind;
import io.nettyslab.jmh.results.Figure;
import io.nettyslab.jmh.results.Measurement;
import io.nettyslab.jmh.workload.Collector;
import io.nettyslab.jmh.workload.ThreadKind;
import io.nettyslab.jmh.workload.Workload;
import io.nettyslab.jmh.workload.Workloads;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RowTest {

    private static final Figure FIRM = new Figure(10, 9, 11);

    private static Row row(String workload, Figure ours, Figure pooled, Figure adaptive, Optional<Figure> control) {
        Workload found = Workloads.ALL.stream()
                .filter(candidate -> candidate.name().equals(workload))
                .findFirst()
                .orElseThrow();
        return new Row(
                found,
                found.rows().get(0),
                new Condition(17, Collector.g1),
                Map.of(
                        AllocatorKind.slab, measured(ours),
                        AllocatorKind.pooled, measured(pooled),
                        AllocatorKind.adaptive, measured(adaptive)),
                control);
    }

    private static Measurement measured(Figure figure) {
        return measured(figure, 0);
    }

    private static Measurement measured(Figure figure, double garbage) {
        return new Measurement(
                "any",
                new TreeMap<>(),
                1,
                ThreadKind.CUSTOM,
                17,
                Collector.g1,
                figure,
                new TreeMap<>(),
                new TreeMap<>(),
                OptionalDouble.of(garbage));
    }

    private static Verdict verdict(String workload, Figure ours, Figure pooled, Figure adaptive) {
        return row(workload, ours, pooled, adaptive, Optional.empty()).verdict();
    }

    @Test
    void neverSlower_isJudgedByAllIterations() {
        Figure slow = new Figure(20, 15, 25);
        assertThat(verdict("slices", FIRM, slow, slow)).isEqualTo(Verdict.MET);
        assertThat(verdict("slices", FIRM, slow, new Figure(11, 10, 12))).isEqualTo(Verdict.EVEN);
        assertThat(verdict("slices", FIRM, slow, new Figure(9, 8, 10))).isEqualTo(Verdict.BEHIND);
        assertThat(verdict("slices", FIRM, slow, new Figure(8, 7, 8.9))).isEqualTo(Verdict.SLOWER);
    }

    @Test
    void neverSlower_isNeverSlowerThanAnyRival() {
        assertThat(verdict("slices", FIRM, new Figure(20, 10, 25), new Figure(12, 11.5, 12)))
                .isEqualTo(Verdict.EVEN);
    }

    @Test
    void garbageMissesATargetOnlyWhereThereIsOne() {
        Figure slow = new Figure(100, 99, 101);
        assertThat(withGarbage("churn", FIRM, slow).verdict()).isEqualTo(Verdict.MISSED);
        assertThat(withGarbage("live-set", FIRM, slow).verdict()).isEqualTo(Verdict.SHOWN);
        Row alone = withGarbage("churn", FIRM, slow);
        alone = new Row(
                alone.workload(),
                alone.parameters(),
                alone.condition(),
                Map.of(AllocatorKind.slab, alone.measurements().get(AllocatorKind.slab)),
                Optional.empty());
        assertThat(alone.verdict()).isEqualTo(Verdict.NOT_MEASURED);
        assertThat(Summary.table(List.of(alone.condition()), List.of(alone))).contains("| – |");
    }

    private static Row withGarbage(String workload, Figure ours, Figure rivals) {
        Row clean = row(workload, ours, rivals, rivals, Optional.empty());
        Map<AllocatorKind, Measurement> measurements = new EnumMap<>(clean.measurements());
        measurements.put(AllocatorKind.slab, measured(ours, 100));
        return new Row(clean.workload(), clean.parameters(), clean.condition(), measurements, Optional.empty());
    }

    /** What is told in steps may read nothing, and less. */
    @Test
    void aFigureOfNothingIsShown() {
        Row row = row("live-set", FIRM, new Figure(0, 0, 0), new Figure(-1, -1, -1), Optional.empty());
        assertThat(row.verdict()).isEqualTo(Verdict.SHOWN);
        assertThat(Summary.table(List.of(row.condition()), List.of(row))).contains("⚪ 0 of 1, –");
        assertThat(RowTable.of(List.of(row))).contains("| 10.0 ±10 % |").doesNotContain("NaN");
    }

    /** Nobody has set a target, but it is a loss all the same. */
    @Test
    void aLossWithoutATargetIsNoSuccess() {
        Row lost = row("live-set", FIRM, new Figure(9, 9, 9), new Figure(12, 12, 12), Optional.empty());
        assertThat(lost.verdict()).isEqualTo(Verdict.SHOWN);
        assertThat(lost.losesWithoutTarget()).isTrue();
        assertThat(Summary.table(List.of(lost.condition()), List.of(lost))).contains("⚪ 0 of 1, 0.90×");
        Row won = row("live-set", FIRM, new Figure(11, 11, 11), new Figure(12, 12, 12), Optional.empty());
        assertThat(won.losesWithoutTarget()).isFalse();
        assertThat(verdict("slices", FIRM, new Figure(9, 9, 9), FIRM)).isEqualTo(Verdict.BEHIND);
    }

    @Test
    void whatIsNotEqualDoesNotLookLikeIt() {
        assertThat(Labels.ratio(0.99)).isEqualTo("0.99×");
        assertThat(Labels.ratio(0.9962)).isEqualTo("0.996×");
        assertThat(Labels.ratio(0.99999)).isEqualTo("0.99999×");
        assertThat(Labels.ratio(3.4996, 3.5)).isEqualTo("3.4996×");
        assertThat(Labels.ratio(3.5004, 3.5)).isEqualTo("3.50×");
        assertThat(Labels.ratio(1234.5)).isEqualTo("1,235×");
        assertThat(Labels.ratio(1)).isEqualTo("1.00×");
        assertThat(Labels.ratio(12.34)).isEqualTo("12.3×");
    }

    @Test
    void aRivalThatIsSurelyFasterCounts_alsoIfAnotherIsFasterOnAverage() {
        Figure wide = new Figure(7, 2, 30);
        assertThat(verdict("slices", FIRM, wide, new Figure(8, 7, 8.9))).isEqualTo(Verdict.SLOWER);
        assertThat(verdict("churn", FIRM, wide, new Figure(8, 7, 8.9))).isEqualTo(Verdict.SLOWER);
    }

    @Test
    void moreThanOnce_isJudgedByTheAverage_andUnsureIfIterationsDiffer() {
        Figure slow = new Figure(100, 99, 101);
        Row sure = row("churn", FIRM, slow, slow, Optional.empty());
        assertThat(sure.verdict()).isEqualTo(Verdict.MET);
        assertThat(sure.isUnsure()).isFalse();
        Row unsure = row("churn", new Figure(10, 9, 40), slow, slow, Optional.empty());
        assertThat(unsure.verdict()).isEqualTo(Verdict.MET);
        assertThat(unsure.isUnsure()).isTrue();
        assertThat(verdict("churn", FIRM, slow, new Figure(30, 29, 31))).isEqualTo(Verdict.MISSED);
    }

    @Test
    void theControlIsSubtractedWithItsOwnSpan() {
        Figure slow = new Figure(50, 49, 51);
        Row row = row("cross-thread", FIRM, slow, slow, Optional.of(new Figure(5, 1, 8)));
        assertThat(row.ratio().orElseThrow().score()).isEqualTo(45.0 / 5);
        assertThat(row.isUnsure()).as("between 41 / 10 and 50 / 1").isFalse();
        assertThat(row("cross-thread", FIRM, new Figure(30, 29, 31), slow, Optional.of(new Figure(5, 1, 8)))
                        .isUnsure())
                .as("between 21 / 10 and 30 / 1")
                .isTrue();
    }

    /** It happens: the hand-over alone runs into itself more often than with an allocation between two. */
    @Test
    void aControlThatTakesAsLongAsTheWhole_isNotSubtracted() {
        Figure slow = new Figure(50, 49, 51);
        Optional<Figure> control = Optional.of(new Figure(10, 8, 12));
        Row row = row("cross-thread", FIRM, slow, slow, control);
        assertThat(row.isWithinControl()).isTrue();
        assertThat(row.ratio().orElseThrow().score()).isEqualTo(50.0 / 10);
        assertThat(row.verdict()).isEqualTo(Verdict.MET);

        Row lost = row("cross-thread", slow, FIRM, slow, control);
        assertThat(lost.ratio().orElseThrow().score()).isEqualTo(10.0 / 50);
        assertThat(lost.verdict()).isEqualTo(Verdict.SLOWER);

        assertThat(row("cross-thread", slow, slow, slow, control).isWithinControl())
                .isFalse();

        Figure shaky = new Figure(50, 22, 82);
        Row overlapping = row("cross-thread", shaky, slow, slow, Optional.of(new Figure(40, 14, 70)));
        assertThat(overlapping.isWithinControl()).as("in some iterations").isTrue();
        assertThat(overlapping.ratio().orElseThrow().score()).isEqualTo(50.0 / 50);
    }
}
