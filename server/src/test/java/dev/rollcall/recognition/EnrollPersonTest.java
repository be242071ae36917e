package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Rejection;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.EnrollmentStore;
import dev.rollcall.people.EnrollmentStore.Identity;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.EnrollPerson.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Who is enrolled, what is written, and what is refused. */
class EnrollPersonTest extends EnrollmentFixture {

    @Test
    void firstTemplate_isWrittenWithItsOrigin() {
        people.with(BOB, MODEL, MadeUpFaces.direction(1)).with(BOB, MODEL, MadeUpFaces.direction(2));

        Result result = enroll(picture, false);

        Identity identity = identity(null);
        assertThat(result)
                .isEqualTo(new Result.Enrolled(
                        identity, 1, MadeUpFaces.face(MadeUpFaces.direction(0)), List.of(0), MODEL));
        assertThat(people.written())
                .containsExactly(new EnrollmentStore.NewTemplate(
                        identity,
                        new EnrollmentStore.Template(MODEL, MadeUpFaces.direction(0), MadeUpFaces.NORM, NOW),
                        new EnrollmentStore.Keep(false, List.of(), List.of()),
                        2,
                        null,
                        CALLER));
        assertThat(analyses.begun()).containsExactly(AnalysisRules.enrollment());
        assertThat(notes.noted()).isEmpty();
    }

    @Test
    void faceOfSomebodyElse_isRefusedWithConfidenceAndThresholdAndNoted() {
        people.with(BOB, MODEL, MadeUpFaces.direction(0));

        Refusal refusal = refusal(enroll(picture, false));

        assertThat(refusal.code()).isEqualTo(Code.DUPLICATE_FACE);
        assertThat(refusal.facts()).isEqualTo(Map.of("confidence", CALIBRATION.confidence(1), "threshold", DUPLICATE));
        assertThat(refusal.detail()).doesNotContain("bob");
        assertThat(people.written()).isEmpty();
        assertThat(notes.notes()).singleElement().satisfies(note -> {
            assertThat(note.action()).isEqualTo("ENROLLMENT_REFUSED");
            assertThat(note.userId()).isEqualTo(ANN);
            assertThat(note.caller()).isEqualTo(CALLER);
            assertThat(note.details())
                    .containsEntry("code", "DUPLICATE_FACE")
                    .containsEntry("rival_user_id", "bob")
                    .containsEntry("rival_confidence", CALIBRATION.confidence(1))
                    .containsEntry("rival_similarity", 1.0);
        });
    }

    @Property(tries = 200)
    void face_isADuplicateIfAndOnlyIfTheNearestOfOthersReachesTheThreshold(
            @ForAll @Size(max = 8) List<@DoubleRange(min = -1, max = 1) Double> similarities) {
        EnrollPersonTest one = new EnrollPersonTest();
        double nearest = -1;
        for (int i = 0; i < similarities.size(); i++) {
            Embedding other = MadeUpFaces.similar(0, similarities.get(i), i + 1);
            one.people.with(new UserId("other-" + i), MODEL, other);
            nearest = Math.max(nearest, other.similarity(MadeUpFaces.direction(0)));
        }

        Result result = one.enroll(one.picture, false);

        assertThat(result instanceof Result.Refused).isEqualTo(CALIBRATION.confidence(nearest) >= DUPLICATE);
        assertThat(one.people.written()).hasSize(result instanceof Result.Enrolled ? 1 : 0);
    }

    @Test
    void faceExactlyAtTheThreshold_isADuplicate() {
        Embedding near = MadeUpFaces.similar(0, 0.6, 1);
        double confidence = CALIBRATION.confidence(near.similarity(MadeUpFaces.direction(0)));
        people.with(BOB, MODEL, near);

        assertThat(refusal(enrollPerson(confidence, MISMATCH, false)
                                .enroll(request(null, false), List.of(picture), CALLER))
                        .code())
                .isEqualTo(Code.DUPLICATE_FACE);
        assertThat(enrollPerson(Math.nextUp(confidence), MISMATCH, false)
                        .enroll(request(null, false), List.of(picture), CALLER))
                .isInstanceOf(Result.Enrolled.class);
    }

    @Test
    void templatesOfOneself_areNoDuplicates() {
        people.with(ANN, MODEL, MadeUpFaces.direction(0));

        assertThat(enroll(picture, false)).isInstanceOf(Result.Enrolled.class);
    }

    @Test
    void templateOfAnotherModel_isNotComparedWithOneself() {
        people.with(ANN, "another model", MadeUpFaces.direction(1));

        assertThat(enroll(picture, false)).isInstanceOf(Result.Enrolled.class);
    }

    @Test
    void faceUnlikeTheOtherTemplates_isRefusedUnlessItReplacesThem() {
        people.with(ANN, MODEL, MadeUpFaces.direction(1)).with(ANN, MODEL, MadeUpFaces.similar(0, 0.2, 1));

        Refusal refusal = refusal(enroll(picture, false));

        assertThat(refusal.code()).isEqualTo(Code.FACE_MISMATCH);
        double similarity = MadeUpFaces.similar(0, 0.2, 1).similarity(MadeUpFaces.direction(0));
        assertThat(refusal.facts())
                .isEqualTo(Map.of("confidence", CALIBRATION.confidence(similarity), "threshold", MISMATCH));
        assertThat(people.written()).isEmpty();
        assertThat(notes.noted()).containsExactly("FACE_MISMATCH");

        assertThat(enroll(picture, true)).isInstanceOf(Result.Enrolled.class);
        assertThat(people.written()).singleElement().satisfies(template -> assertThat(template.keep())
                .isEqualTo(new EnrollmentStore.Keep(true, List.of(), List.of())));
    }

    @Test
    void faceExactlyAtTheThresholdOfMismatch_isEnrolled() {
        Embedding own = MadeUpFaces.similar(0, 0.3, 1);
        double confidence = CALIBRATION.confidence(own.similarity(MadeUpFaces.direction(0)));
        people.with(ANN, MODEL, own);

        assertThat(refusal(enrollPerson(DUPLICATE, Math.nextUp(confidence), false)
                                .enroll(request(null, false), List.of(picture), CALLER))
                        .code())
                .isEqualTo(Code.FACE_MISMATCH);
        assertThat(enrollPerson(DUPLICATE, confidence, false).enroll(request(null, false), List.of(picture), CALLER))
                .isInstanceOf(Result.Enrolled.class);
    }

    @Test
    void personWithoutTemplatesOfTheModel_isNotCompared() {
        people.withoutTemplate(ANN);

        assertThat(enroll(picture, false)).isInstanceOf(Result.Enrolled.class);
    }

    @Test
    void enrollmentWithoutConsent_isRefusedUnanalysedWhereConsentIsRequired() {
        EnrollPerson strict = enrollPerson(DUPLICATE, MISMATCH, true);

        assertThat(refusal(strict.enroll(request(null, false), List.of(picture), CALLER))
                        .code())
                .isEqualTo(Code.CONSENT_REQUIRED);
        assertThat(analyses.begun()).isEmpty();
        assertThat(notes.noted()).containsExactly("CONSENT_REQUIRED");
        assertThat(strict.enroll(request(NOW.minusSeconds(60), false), List.of(picture), CALLER))
                .isInstanceOf(Result.Enrolled.class);
    }

    @Test
    void consentOfTheFuture_isRefusedBeyondTheClocksTolerance() {
        Instant latest = NOW.plus(Duration.ofMinutes(5));

        Refusal refusal = refusal(enroll(request(latest.plusNanos(1), false)));

        assertThat(refusal.code()).isEqualTo(Code.INVALID_REQUEST);
        assertThat(refusal.facts()).isEqualTo(Map.of("field", "consent_at"));
        assertThat(analyses.begun()).isEmpty();
        assertThat(enroll(request(latest, false))).isInstanceOfSatisfying(Result.Enrolled.class, enrolled -> assertThat(
                        enrolled.identity().consentAt())
                .isEqualTo(latest));
    }

    @Test
    void pictureWithoutAUsableFace_isRefusedAndNoted() {
        byte[] dark = analyses.picture(
                "dark", new Analysis.Rejected(new Rejection(Rejection.Reason.LOW_QUALITY, "More light.")));

        assertThat(enroll(dark, false)).isEqualTo(new Result.Refused(new Refusal(Code.LOW_QUALITY, "More light.")));
        assertThat(notes.noted()).containsExactly("LOW_QUALITY");
        assertThat(people.comparedFrom()).isEmpty();
    }

    @Test
    void overload_isRefusedAndNotNoted() {
        analyses.stop();
        assertThat(refusal(enroll(picture, false)).code()).isEqualTo(Code.OVERLOADED);
        analyses.fill();
        assertThat(refusal(enroll(picture, false)).code()).isEqualTo(Code.OVERLOADED);

        assertThat(notes.noted()).isEmpty();
        assertThat(people.written()).isEmpty();
    }

    @Test
    void imagesOfOneMoment_becomeOneTemplateThatIsTheirMean() {
        byte[] second = analyses.picture("second", MadeUpFaces.accepted(MadeUpFaces.similar(0, 0.8, 1)));
        byte[] dark = analyses.picture(
                "dark", new Analysis.Rejected(new Rejection(Rejection.Reason.LOW_QUALITY, "More light.")));

        Result result = enroll(List.of(picture, dark, second));

        assertThat(((Result.Enrolled) result).images()).containsExactly(0, 2);
        assertThat(people.written()).singleElement().satisfies(written -> {
            Embedding stored = written.template().embedding();
            double toOne = stored.similarity(MadeUpFaces.direction(0));
            assertThat(toOne).isCloseTo(Math.sqrt(0.9), within(1e-3));
            assertThat(stored.similarity(MadeUpFaces.similar(0, 0.8, 1))).isCloseTo(toOne, within(1e-3));
        });
    }

    @Test
    void imagesOfTwoPeople_areRefusedAndNoted() {
        byte[] other = analyses.picture("other", MadeUpFaces.accepted(MadeUpFaces.direction(1)));

        assertThat(refusal(enroll(List.of(picture, other))).code()).isEqualTo(Code.DIFFERENT_FACES);
        assertThat(people.written()).isEmpty();
        assertThat(notes.noted()).containsExactly("DIFFERENT_FACES");
    }

    @Test
    void faceThatLooksLikeAnother_isEnrolledAndThePairGivenToTheStore() {
        Embedding like = MadeUpFaces.similar(0, 0.5, 1);
        double similarity = like.similarity(MadeUpFaces.direction(0));
        people.with(BOB, MODEL, like).with(new UserId("carl"), MODEL, MadeUpFaces.direction(2));

        assertThat(enroll(picture, false)).isInstanceOf(Result.Enrolled.class);
        gallery.load();
        assertThat(enroll(picture, false)).isInstanceOf(Result.Enrolled.class);

        EnrollmentStore.LookAlike expected =
                new EnrollmentStore.LookAlike(BOB, similarity, CALIBRATION.confidence(similarity));
        assertThat(people.written())
                .extracting(EnrollmentStore.NewTemplate::lookAlike)
                .allSatisfy(found -> {
                    assertThat(found).isNotNull();
                    assertThat(found.userId()).isEqualTo(BOB);
                    assertThat(found.similarity()).isCloseTo(expected.similarity(), within(1e-4));
                    assertThat(found.confidence()).isCloseTo(expected.confidence(), within(1e-3));
                });
    }

    @Test
    void faceBelowTheThresholdOfLookAlikes_isNoLookAlike() {
        people.with(BOB, MODEL, MadeUpFaces.similar(0, 0.44, 1));

        enroll(picture, false);

        assertThat(people.written()).singleElement().satisfies(written -> assertThat(written.lookAlike())
                .isNull());
    }
}
