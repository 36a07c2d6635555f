package io.nettyslab.echo.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static Verdict.Outcome outcome(double... advantages) {
        return Verdict.outcome(Quartiles.of(DoubleStream.of(advantages)), advantages.length);
    }

    @Test
    void outcome_roundsAgree_isBetterOrWorse() {
        assertThat(outcome(1.3, 1.1, 1.2, 1.15, 0.9)).isEqualTo(Verdict.Outcome.BETTER);
        assertThat(outcome(0.7, 0.9, 0.8, 0.85, 1.1)).isEqualTo(Verdict.Outcome.WORSE);
    }

    @Test
    void outcome_roundsDisagree_orHardlyDiffer_isNoDifference() {
        assertThat(outcome(0.8, 0.9, 1.2, 1.3, 1.4)).isEqualTo(Verdict.Outcome.NO_DIFFERENCE);
        assertThat(outcome(1.01, 1.01, 1.01)).isEqualTo(Verdict.Outcome.NO_DIFFERENCE);
    }

    @Test
    void outcome_twoRounds_saysThatTheyAreTooFew() {
        assertThat(outcome(2, 2)).isEqualTo(Verdict.Outcome.TOO_FEW_ROUNDS);
    }

    private static Round round(double messagesPerSecond, double other) {
        return new Round(messagesPerSecond, other, other, other, other, other, 0, 0, 0, other);
    }

    @Test
    void advantage_isAboveOne_ifMoreIsDoneOrLessIsTaken() {
        for (Metric metric : Metric.values()) {
            assertThat(metric.advantage(round(200, 10), round(100, 20)))
                    .as("%s", metric)
                    .isEqualTo(2);
            assertThat(metric.advantage(round(100, 20), round(200, 10)))
                    .as("%s", metric)
                    .isEqualTo(0.5);
        }
    }

    private static Verdict against(String rival, double advantage) {
        return new Verdict(
                "nio", "latency", rival, Quartiles.of(DoubleStream.of(advantage)), Verdict.Outcome.TOO_FEW_ROUNDS);
    }

    @Test
    void worst_ofAllRivals_isTheOneAgainstWhichSlabsDoWorst() {
        assertThat(Verdict.worst(
                        Stream.of(against("slower", 1.5), against("unknown", Double.NaN), against("faster", 0.9))))
                .map(Verdict::rival)
                .contains("faster");
        assertThat(Verdict.worst(Stream.of(against("unknown", Double.NaN)))).isEmpty();
    }

    @Test
    void steadyRate_isHalfOfWhatTheSlowestCanDo_andNeverMore() {
        assertThat(Comparison.steadyRate(100_000)).isEqualTo(50_000);
        assertThat(Comparison.steadyRate(60)).isEqualTo(30);
        assertThat(Comparison.steadyRate(0)).isEqualTo(1);
    }

    @Test
    void quartiles_ofFigures_areInterpolated() {
        assertThat(Quartiles.of(DoubleStream.of(4, 1, 3, 2))).isEqualTo(new Quartiles(1, 1.75, 2.5, 3.25, 4));
        assertThat(Quartiles.of(DoubleStream.of(7))).isEqualTo(new Quartiles(7, 7, 7, 7, 7));
    }
}
