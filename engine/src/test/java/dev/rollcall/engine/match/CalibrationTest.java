package dev.rollcall.engine.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationTest {

    private final Calibration calibration = new Calibration(10.8, 0.322);

    @ParameterizedTest
    @CsvSource({"0.322, 0.50", "0.40, 0.70", "0.45, 0.80", "0.525, 0.90"})
    void confidence_followsTheLogisticCurve(double similarity, double confidence) {
        assertThat(calibration.confidence(similarity)).isCloseTo(confidence, offset(0.002));
    }

    @Property
    void confidence_growsWithSimilarity(
            @ForAll @DoubleRange(min = -1, max = 1) double one, @ForAll @DoubleRange(min = -1, max = 1) double other) {
        assertThat(Math.signum(calibration.confidence(one) - calibration.confidence(other)))
                .isEqualTo(Math.signum(one - other));
    }

    @Property
    void similarity_undoesConfidence(@ForAll @DoubleRange(min = -1, max = 1) double similarity) {
        assertThat(calibration.similarity(calibration.confidence(similarity))).isCloseTo(similarity, offset(1e-6));
    }
}
