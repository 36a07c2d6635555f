package io.nettyslab.echo.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
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

    @Test
    void quartiles_ofFigures_areInterpolated() {
        assertThat(Quartiles.of(DoubleStream.of(4, 1, 3, 2))).isEqualTo(new Quartiles(1, 1.75, 2.5, 3.25, 4));
        assertThat(Quartiles.of(DoubleStream.of(7))).isEqualTo(new Quartiles(7, 7, 7, 7, 7));
    }
}
