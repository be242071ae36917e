package dev.rollcall.engine.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.OtherFaces;
import dev.rollcall.engine.Box;
import dev.rollcall.engine.DetectedFace;
import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

/** In pictures of 640×480; the subject is in the middle and 100 pixels high. */
class SubjectRuleTest {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final DetectedFace SUBJECT = face(320, 100, 0.99f);

    @Test
    void smallerFaceFartherFromTheMiddle_isABystander() {
        assertThat(verdict(SUBJECT, face(450, 80, 0.99f))).isEmpty();
    }

    @Test
    void faceAsLargeAsTheSubject_isRefused() {
        assertThat(verdict(SUBJECT, face(450, 97, 0.99f)))
                .get()
                .extracting(Rejection::reason)
                .isEqualTo(Reason.MULTIPLE_FACES);
    }

    @Test
    void faceAboutAsNearTheMiddle_isRefused() {
        assertThat(verdict(face(260, 100, 0.99f), face(400, 80, 0.99f))).isPresent();
        assertThat(verdict(face(400, 100, 0.99f), face(320, 70, 0.99f))).isPresent();
    }

    @Test
    void threeBystanders_areRefused() {
        DetectedFace left = face(150, 70, 0.99f);
        DetectedFace right = face(500, 70, 0.99f);

        assertThat(verdict(SUBJECT, left, right)).isEmpty();
        assertThat(verdict(SUBJECT, left, right, face(600, 70, 0.99f))).isPresent();
    }

    @Test
    void smallAndUncertainFaces_areNobody() {
        assertThat(SubjectRule.others(List.of(SUBJECT, face(330, 50, 0.99f), face(330, 100, 0.8f))))
                .isEmpty();
    }

    @Property
    void atMostOneOfTwoFaces_isTheSubject(
            @ForAll @FloatRange(min = 0, max = 640) float x,
            @ForAll @FloatRange(min = 20, max = 300) float size,
            @ForAll @FloatRange(min = 0, max = 640) float otherX,
            @ForAll @FloatRange(min = 20, max = 300) float otherSize) {
        DetectedFace one = face(x, size, 0.99f);
        DetectedFace other = face(otherX, otherSize, 0.99f);

        assertThat(SubjectRule.isSubject(one, List.of(other), WIDTH, HEIGHT)
                        && SubjectRule.isSubject(other, List.of(one), WIDTH, HEIGHT))
                .isFalse();
    }

    private static Optional<Rejection> verdict(DetectedFace... faces) {
        AnalysisRules rules = AnalysisRules.recognition().withOtherFaces(OtherFaces.BYSTANDERS);
        return new QualityGate(rules, new NormLimits(3, 2.5f, 2.7f)).checkDetections(List.of(faces), WIDTH, HEIGHT);
    }

    private static DetectedFace face(float middleX, float height, float score) {
        float half = height / 2;
        return new DetectedFace(new Box(middleX - half, 240 - half, middleX + half, 240 + half), score);
    }
}
