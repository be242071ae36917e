package dev.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.rollcall.bench.Verification.Fold;
import dev.rollcall.bench.Verification.Score;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerificationTest {

    @Test
    void separablePairs_areAllDecidedRightly() {
        Verification verification = new Verification(List.of(
                new Score(0.1, false, 1), new Score(0.8, true, 1), new Score(0.2, false, 2), new Score(0.7, true, 2)));

        assertThat(verification.folds())
                .allSatisfy(fold -> assertThat(fold.accuracy()).isEqualTo(1));
        assertThat(verification.equalErrorRate()).isZero();
    }

    @Test
    void fold_isJudgedByTheThresholdOfTheOthers() {
        Verification verification = new Verification(List.of(
                new Score(0.10, false, 1), new Score(0.30, true, 1),
                new Score(0.50, false, 2), new Score(0.90, true, 2)));

        List<Fold> folds = verification.folds();

        assertThat(folds.get(0).threshold()).isCloseTo(0.7, offset(1e-9));
        assertThat(folds.get(0).accuracy()).isEqualTo(0.5);
        assertThat(folds.get(1).threshold()).isCloseTo(0.2, offset(1e-9));
        assertThat(folds.get(1).accuracy()).isEqualTo(0.5);
    }

    @Test
    void rates_areCountedAtTheThreshold() {
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            scores.add(new Score(i / 200.0, false, 1));
            scores.add(new Score(0.25 + i / 200.0, true, 1));
        }
        Verification verification = new Verification(scores);

        assertThat(verification.fmr(0.4)).isEqualTo(0.20);
        assertThat(verification.fnmr(0.4)).isEqualTo(0.30);
        assertThat(verification.fmr(verification.thresholdAtFmr(0.1))).isEqualTo(0.1);
        assertThat(verification.equalErrorRate()).isCloseTo(0.25, offset(0.01));
    }
}
