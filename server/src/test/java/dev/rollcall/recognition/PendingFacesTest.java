package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.LivenessMode;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.Liveness;
import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.recognition.FaceFindings.ImageFace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What several images of one moment say together. */
class PendingFacesTest {

    private static final Calibration CALIBRATION = new Calibration(10.8, 0.322);
    private static final AnalysisRules RULES = AnalysisRules.recognition();
    private static final double SAME = 0.9;
    private static final double THRESHOLD = 0.5;

    private final MadeUpAnalyses analyses = new MadeUpAnalyses();

    @Test
    void facesOfOnePerson_areFoundInTheOrderOfTheirImages() {
        Embedding first = MadeUpFaces.direction(0);
        Embedding second = MadeUpFaces.similar(0, SAME, 1);

        FaceFindings findings = findings(
                analyses.picture("one", MadeUpFaces.accepted(first)),
                analyses.picture("two", MadeUpFaces.accepted(second)));

        assertThat(findings)
                .isEqualTo(new FaceFindings.Found(List.of(
                        new ImageFace(0, MadeUpFaces.face(first)), new ImageFace(1, MadeUpFaces.face(second)))));
        assertThat(analyses.begun()).containsExactly(RULES, RULES);
    }

    @Test
    void unusableImages_areLeftOut() {
        FaceFindings findings = findings(
                rejected("dark", Rejection.Reason.LOW_QUALITY),
                rejected("broken", Rejection.Reason.INVALID_IMAGE),
                face("good", MadeUpFaces.direction(0)),
                rejected("empty", Rejection.Reason.NO_FACE),
                rejected("crowd", Rejection.Reason.MULTIPLE_FACES));

        assertThat(findings)
                .isEqualTo(
                        new FaceFindings.Found(List.of(new ImageFace(2, MadeUpFaces.face(MadeUpFaces.direction(0))))));
    }

    @Test
    void unusableImagesAlone_areRefusedForTheFirstThatGotFarthest() {
        Refusal refusal = refusal(findings(
                rejected("empty", Rejection.Reason.NO_FACE),
                rejected("dark", Rejection.Reason.LOW_QUALITY),
                rejected("darker", Rejection.Reason.LOW_QUALITY),
                rejected("broken", Rejection.Reason.INVALID_IMAGE)));

        assertThat(refusal).isEqualTo(new Refusal(Code.LOW_QUALITY, "About dark.", Map.of("value", 7, "image", 1)));
    }

    @Test
    void soleUnusableImage_isRefusedWithoutItsNumber() {
        assertThat(refusal(findings(rejected("empty", Rejection.Reason.NO_FACE))))
                .isEqualTo(new Refusal(Code.NO_FACE, "About empty.", Map.of("value", 7)));
    }

    @Test
    void moreThanHalfOfTheImages_mustLookAlive() {
        assertThat(refusal(enforced(0.9, 0.1, 0.2)))
                .isEqualTo(new Refusal(
                        Code.SPOOF_SUSPECTED,
                        "The images don't look like a living face in front of the camera.",
                        Map.of("liveness", 0.2, "threshold", THRESHOLD)));
        assertThat(refusal(enforced(0.9, 0.2)).facts()).containsEntry("liveness", 0.2);
        assertThat(liveness(enforced(0.9, 0.8, 0.1))).containsOnly(new Liveness(0.8, THRESHOLD));
        assertThat(liveness(enforced(0.9))).containsOnly(new Liveness(0.9, THRESHOLD));
        assertThat(refusal(enforced(0.2)).code()).isEqualTo(Code.SPOOF_SUSPECTED);
    }

    @Test
    void livenessOfSeveralImages_decidesNothingBeforeAllAreSeen() {
        enforced(0.9, 0.9);
        enforced(0.9);

        assertThat(analyses.begun())
                .extracting(AnalysisRules::liveness)
                .containsExactly(LivenessMode.MONITOR, LivenessMode.MONITOR, LivenessMode.ENFORCE);
    }

    @Test
    void facesThatDontLookAlive_areFoundIfThatOnlyIsMonitored() {
        byte[] one = analyses.picture("one", alive(0.1));
        byte[] two = analyses.picture("two", alive(0.2));

        assertThat(liveness(findings(one, two))).hasSize(2).containsOnly(new Liveness(0.1, THRESHOLD));
    }

    @Test
    void imagesOfTwoPeople_areRefusedWithTheTwoThatDifferMost() {
        Refusal refusal = refusal(findings(
                face("ann", MadeUpFaces.direction(0)),
                face("ann again", MadeUpFaces.similar(0, SAME, 1)),
                rejected("empty", Rejection.Reason.NO_FACE),
                face("bob", MadeUpFaces.similar(0, -0.25, 1))));

        double similarity = MadeUpFaces.similar(0, SAME, 1).similarity(MadeUpFaces.similar(0, -0.25, 1));
        assertThat(similarity).isGreaterThan(-0.25);
        assertThat(refusal.code()).isEqualTo(Code.DIFFERENT_FACES);
        assertThat(refusal.facts())
                .containsEntry("images", List.of(0, 3))
                .containsEntry("threshold", SameFace.CONFIDENCE)
                .hasEntrySatisfying(
                        "confidence", value -> assertThat((double) value).isLessThan(SameFace.CONFIDENCE));
    }

    @Property(tries = 200)
    void images_areRefusedAsDifferentIfAndOnlyIfAPairIsBelowTheThreshold(
            @ForAll @Size(min = 1, max = 5) List<@DoubleRange(min = 0.3, max = 1) Double> similarities) {
        List<byte[]> images = new ArrayList<>();
        List<Embedding> embeddings = new ArrayList<>();
        for (int i = 0; i < similarities.size(); i++) {
            embeddings.add(MadeUpFaces.similar(0, similarities.get(i), i % 2 + 1));
            images.add(face("image " + i, embeddings.get(i)));
        }
        double least = 1;
        for (int i = 0; i < embeddings.size(); i++) {
            for (int j = i + 1; j < embeddings.size(); j++) {
                least = Math.min(least, embeddings.get(i).similarity(embeddings.get(j)));
            }
        }

        FaceFindings findings = findings(images.toArray(byte[][]::new));

        assertThat(findings instanceof FaceFindings.Refused)
                .isEqualTo(CALIBRATION.confidence(least) < SameFace.CONFIDENCE);
    }

    @Test
    void imageForWhichTheQueueIsFull_isAnOverload() {
        byte[] image = face("good", MadeUpFaces.direction(0));
        try (PendingFaces pending = begin(List.of(image, image))) {
            analyses.fill();

            assertThat(refusal(pending.await(CALIBRATION))).isEqualTo(FaceFinding.OVERLOADED);
        }
        assertThat(PendingFaces.begin(List.of(image), analyses, RULES)).isEmpty();
    }

    @Test
    void onlyTheFirstImage_beginsBeforeTheResultIsWaitedFor() {
        byte[] image = face("good", MadeUpFaces.direction(0));
        try (PendingFaces pending = begin(Collections.nCopies(5, image))) {
            assertThat(analyses.begun()).hasSize(1);

            pending.await(CALIBRATION);
            assertThat(analyses.begun()).hasSize(5);
        }
        assertThat(analyses.closed()).isEqualTo(5);
    }

    @Test
    void noImageAndTooMany_areNotTaken() {
        byte[] image = face("good", MadeUpFaces.direction(0));

        assertThatThrownBy(() -> begin(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> begin(Collections.nCopies(6, image))).isInstanceOf(IllegalArgumentException.class);
    }

    /** What images with these liveness scores say where liveness is enforced. */
    private FaceFindings enforced(double... scores) {
        List<byte[]> images = new ArrayList<>();
        for (double score : scores) {
            images.add(analyses.picture("score " + score, alive(score)));
        }
        AnalysisRules rules = RULES.withLiveness(LivenessMode.ENFORCE);
        try (PendingFaces pending = PendingFaces.begin(images, analyses, rules).orElseThrow()) {
            return pending.await(CALIBRATION);
        }
    }

    private static Analysis alive(double score) {
        Face face = MadeUpFaces.face(MadeUpFaces.direction(0));
        return new Analysis.Accepted(face.withLiveness(new Liveness(score, THRESHOLD)));
    }

    private static List<Liveness> liveness(FaceFindings findings) {
        return ((FaceFindings.Found) findings)
                .faces().stream()
                        .map(found -> Objects.requireNonNull(found.face().liveness()))
                        .toList();
    }

    private FaceFindings findings(byte[]... images) {
        try (PendingFaces pending = begin(List.of(images))) {
            return pending.await(CALIBRATION);
        }
    }

    private PendingFaces begin(List<byte[]> images) {
        return PendingFaces.begin(images, analyses, RULES).orElseThrow();
    }

    private byte[] face(String text, Embedding embedding) {
        return analyses.picture(text, MadeUpFaces.accepted(embedding));
    }

    private byte[] rejected(String text, Rejection.Reason reason) {
        return analyses.picture(
                text, new Analysis.Rejected(new Rejection(reason, "About " + text + ".", Map.of("value", 7))));
    }

    private static Refusal refusal(FaceFindings findings) {
        return ((FaceFindings.Refused) findings).refusal();
    }
}
