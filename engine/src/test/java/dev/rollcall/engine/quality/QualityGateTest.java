package dev.rollcall.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.AlignedFace;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.Box;
import dev.rollcall.engine.DetectedFace;
import dev.rollcall.engine.Light;
import dev.rollcall.engine.Pose;
import dev.rollcall.engine.Quality;
import dev.rollcall.engine.Quality.Extent;
import dev.rollcall.engine.QualityCheck;
import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QualityGateTest {

    private static final NormLimits NORMS = new NormLimits(3, 2.5f, 2.7f);
    private static final Extent NEAR = new Extent(120, 45, 1);
    private static final Pose FRONTAL = new Pose(3, -4, 1);
    private static final Light EVEN = new Light(130, 100, 0);
    private static final AlignedFace FREE = face(150, 60);
    private static final Quality GOOD = new Quality(NEAR, FRONTAL, EVEN, 0.09f, 3.6f);

    static Stream<Arguments> poorFaces() {
        return Stream.of(
                Arguments.of("FACE_TOO_SMALL", new Quality(new Extent(50, 7, 1), FRONTAL, EVEN, 0.09f, 3.6f)),
                Arguments.of("FACE_CUT_OFF", new Quality(new Extent(120, 45, 0.5f), FRONTAL, EVEN, 0.09f, 3.6f)),
                Arguments.of("TOO_DARK", new Quality(NEAR, FRONTAL, new Light(15, 30, 0), 0.09f, 3.6f)),
                Arguments.of("BACKLIT", new Quality(NEAR, FRONTAL, new Light(22, 200, 0), 0.09f, 3.6f)),
                Arguments.of("TOO_BRIGHT", new Quality(NEAR, FRONTAL, new Light(250, 200, 0.2f), 0.09f, 3.6f)),
                Arguments.of("TOO_BRIGHT", new Quality(NEAR, FRONTAL, new Light(200, 200, 0.7f), 0.09f, 3.6f)),
                Arguments.of("FACE_TURNED_AWAY", new Quality(NEAR, new Pose(-70, 0, 0), EVEN, 0.09f, 3.6f)),
                Arguments.of("FACE_TURNED_AWAY", new Quality(NEAR, new Pose(0, 50, 0), EVEN, 0.09f, 3.6f)),
                Arguments.of("BLURRED", new Quality(NEAR, FRONTAL, EVEN, 0.002f, 3.6f)),
                Arguments.of("FACE_UNCLEAR", new Quality(NEAR, FRONTAL, EVEN, 0.09f, 2.4f)));
    }

    @ParameterizedTest
    @MethodSource("poorFaces")
    void poorFace_isRefusedWithReasonMeasureAndLimit(String reason, Quality quality) {
        Rejection rejection = verdict(QualityLevel.STANDARD, quality).orElseThrow();

        assertThat(rejection.reason()).isEqualTo(Reason.LOW_QUALITY);
        assertThat(rejection.details()).containsEntry("reason", reason).hasSizeGreaterThanOrEqualTo(3);
        assertThat(rejection.advice()).endsWith(".");
        assertThat(verdict(QualityLevel.STRICT, quality)).isPresent();
        assertThat(verdict(QualityLevel.OFF, quality)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("poorFaces")
    void checks_showWhatIsRefused(String reason, Quality quality) {
        assertThat(gate(QualityLevel.STANDARD).checks(quality))
                .as(reason)
                .extracting(QualityCheck::passes)
                .containsOnlyOnce(false);
        assertThat(gate(QualityLevel.OFF).checks(quality)).allMatch(QualityCheck::passes);
        assertThat(gate(QualityLevel.STRICT).checks(GOOD)).hasSize(10).allMatch(QualityCheck::passes);
    }

    @Test
    void coveredFace_isRefusedForEnrollmentOnly() {
        AlignedFace glasses = face(20, 60);
        AlignedFace mask = face(150, 150);

        assertThat(gate(QualityLevel.STRICT)
                        .checkCoverings(glasses)
                        .orElseThrow()
                        .details())
                .containsEntry("reason", "EYES_COVERED")
                .containsEntry("dark_eyes", 1f)
                .containsKey("max_dark_eyes");
        assertThat(gate(QualityLevel.STRICT).checkCoverings(mask).orElseThrow().details())
                .containsEntry("reason", "MOUTH_COVERED")
                .containsEntry("mouth_contrast", 0f)
                .containsKey("min_mouth_contrast");
        assertThat(gate(QualityLevel.STRICT).checkCoverings(FREE)).isEmpty();
        assertThat(gate(QualityLevel.STANDARD).checkCoverings(glasses)).isEmpty();
        assertThat(gate(QualityLevel.OFF).checkCoverings(mask)).isEmpty();
    }

    @Test
    void coveredFaceThatIsUnclear_isRefusedForItsCovering() {
        Quality unclear = new Quality(NEAR, FRONTAL, EVEN, 0.09f, 2.4f);
        AlignedFace mask = face(150, 150);

        assertThat(gate(QualityLevel.STANDARD)
                        .checkNorm(unclear, mask)
                        .orElseThrow()
                        .details())
                .containsEntry("reason", "MOUTH_COVERED");
        assertThat(gate(QualityLevel.STANDARD).checkNorm(GOOD, mask)).isEmpty();
    }

    @Test
    void goodFace_passesEveryLevel() {
        for (QualityLevel level : QualityLevel.values()) {
            assertThat(verdict(level, GOOD)).isEmpty();
        }
    }

    @Test
    void mediocreFace_isRecognisedButNotEnrolled() {
        Quality middling = new Quality(NEAR, FRONTAL, EVEN, 0.09f, 2.6f);

        assertThat(verdict(QualityLevel.STANDARD, middling)).isEmpty();
        assertThat(verdict(QualityLevel.STRICT, middling)).isPresent();
    }

    @Test
    void smallFaceInTheBackground_isIgnored() {
        assertThat(gate(QualityLevel.STANDARD).checkDetections(List.of(face(100, 0.99f), face(50, 0.99f)), 640, 480))
                .isEmpty();
    }

    @Test
    void secondFaceOfComparableSize_isMultipleFaces() {
        assertThat(gate(QualityLevel.STANDARD).checkDetections(List.of(face(100, 0.99f), face(70, 0.99f)), 640, 480))
                .hasValueSatisfying(rejection -> assertThat(rejection.reason()).isEqualTo(Reason.MULTIPLE_FACES));
    }

    @Test
    void secondDetectionOfLowScore_isIgnored() {
        assertThat(gate(QualityLevel.STANDARD).checkDetections(List.of(face(100, 0.99f), face(90, 0.7f)), 640, 480))
                .isEmpty();
    }

    private static Optional<Rejection> verdict(QualityLevel level, Quality quality) {
        QualityGate gate = gate(level);
        return gate.checkAppearance(quality).or(() -> gate.checkNorm(quality, FREE));
    }

    private static QualityGate gate(QualityLevel level) {
        return new QualityGate(new AnalysisRules(level, 40, true, LivenessMode.OFF, 0.5), NORMS);
    }

    /** An even grey face of 150 with other eyes and, as half of the mouth, other lips. */
    private static AlignedFace face(int eyes, int lips) {
        byte[] pixels = new byte[AlignedFace.SIDE * AlignedFace.SIDE];
        for (int i = 0; i < pixels.length; i++) {
            int y = i / AlignedFace.SIDE;
            pixels[i] = (byte) (y >= 40 && y < 66 ? eyes : y >= 88 && y < 97 ? lips : 150);
        }
        return new AlignedFace(pixels);
    }

    private static DetectedFace face(float height, float score) {
        return new DetectedFace(new Box(0, 0, height * 0.8f, height), score);
    }
}
