package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import dev.rollcall.engine.match.ImpostorTail;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.IdentifyPerson.Request;
import dev.rollcall.recognition.IdentifyPerson.Result;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is identified, and what is answered and written then. */
class IdentifyPersonTest extends IdentificationFixture {

    @Test
    void mostSimilarPerson_isFoundAndNothingWritten() {
        Result result = identify(ASK, face(0.7, 0.2));

        Match match = match(result);
        assertThat(match.userId()).isEqualTo(RecognitionSite.MANUEL);
        assertThat(match.name()).isEqualTo("Name of manuel");
        assertThat(match.similarity()).isCloseTo(0.7, within(1e-3));
        assertThat(similarityOfRival(match)).isCloseTo(0.2, within(1e-3));
        assertThat(((Result.Identified) result).marked()).isEmpty();
        assertThat(site.stores.marks()).isZero();
        assertThat(site.stores.noted()).isEmpty();
    }

    @Test
    void stranger_isNotRecognisedWithoutHintsAboutOthers() {
        Refusal refusal = refusal(identify(MARK, face(0.3, 0.2)));

        assertThat(refusal.code()).isEqualTo(Code.NOT_RECOGNIZED);
        assertThat(refusal.facts()).containsOnlyKeys("threshold");
        assertThat(site.stores.marks()).isZero();
        assertThat(site.stores.notes()).singleElement().satisfies(note -> {
            assertThat(note.action()).isEqualTo("IDENTIFICATION_REFUSED");
            assertThat(note.userId()).isNull();
            assertThat(note.details()).containsOnlyKeys("code", "threshold");
        });
    }

    @Test
    void emptyGallery_recognisesNobody() {
        site.people.erase(ANNA, RecognitionSite.MODEL);
        site.people.erase(RecognitionSite.MANUEL, RecognitionSite.MODEL);

        assertThat(refusal(identify(MARK, face(0.9, 0.2))).code()).isEqualTo(Code.NOT_RECOGNIZED);
    }

    @Test
    void twoPeopleWhoAreTooClose_areNamedInTheAuditLogOnlyAndNobodyIsMarked() {
        Refusal refusal = refusal(identify(MARK, face(0.66, 0.65)));

        assertThat(refusal.code()).isEqualTo(Code.AMBIGUOUS);
        assertThat(refusal.facts()).isEmpty();
        assertThat(refusal.detail()).doesNotContain("manuel").doesNotContain("anna");
        assertThat(site.stores.marks()).isZero();
        assertThat(site.stores.notes()).singleElement().satisfies(note -> {
            assertThat(note.userId()).isEqualTo(RecognitionSite.MANUEL);
            assertThat(note.details())
                    .containsEntry("rival_user_id", "anna")
                    .containsEntry("code", "AMBIGUOUS")
                    .containsEntry("declared_look_alikes", "no");
        });
    }

    @Test
    void declaredLookAlikesOverTheThreshold_areAmbiguousWhateverTheMargin() {
        site.people.declareLookAlikes(RecognitionSite.MANUEL, ANNA);

        assertThat(refusal(identify(MARK, face(0.66, 0.5))).code()).isEqualTo(Code.AMBIGUOUS);
        assertThat(site.stores.notes()).singleElement().satisfies(note -> assertThat(note.details())
                .containsEntry("declared_look_alikes", "yes"));
    }

    @Test
    void declaredLookAlikeBelowTheThreshold_doesNotMatter() {
        site.people.declareLookAlikes(RecognitionSite.MANUEL, ANNA);

        assertThat(match(identify(ASK, face(0.66, 0.3))).userId()).isEqualTo(RecognitionSite.MANUEL);
    }

    @Test
    void margin_decidesWhetherTwoPeopleAreTooClose() {
        double margin = IdentifyPerson.Policy.LEAST_MARGIN;

        assertThat(refusal(identify(ASK, face(0.6, 0.6 - margin + 0.002))).code())
                .isEqualTo(Code.AMBIGUOUS);
        assertThat(match(identify(ASK, face(0.6, 0.6 - margin - 0.002))).userId())
                .isEqualTo(RecognitionSite.MANUEL);
    }

    @Test
    void twoTemplatesOfOnePerson_areNotTwoPeople() {
        site.people.with(RecognitionSite.MANUEL, RecognitionSite.MODEL, MadeUpFaces.similar(0, 0.95, 5));

        assertThat(match(identify(ASK, face(0.8, 0))).userId()).isEqualTo(RecognitionSite.MANUEL);
    }

    @Test
    void threshold_isThatOfTheGallerysSizeAndNeverBelowTheOneOfVerification() {
        double ofVerification = RecognitionSite.CALIBRATION.similarity(RecognitionSite.THRESHOLD);
        assertThat(match(identify(ASK, face(ofVerification + 0.001, 0))).threshold())
                .isCloseTo(RecognitionSite.THRESHOLD, within(1e-9));
        site.threshold(0.75);
        for (int i = 0; i < 300; i++) {
            site.people.with(new UserId("p" + i), RecognitionSite.MODEL, MadeUpFaces.direction(10 + i));
        }
        double ofGallery = RecognitionSite.TAIL.similarityForGallery(302, RecognitionSite.TARGET_FPIR);

        assertThat(ofGallery).isGreaterThan(RecognitionSite.CALIBRATION.similarity(0.75));
        assertThat(refusal(identify(ASK, face(ofGallery - 0.001, 0))).code()).isEqualTo(Code.NOT_RECOGNIZED);
        assertThat(match(identify(ASK, face(ofGallery + 0.001, 0))).threshold())
                .isCloseTo(RecognitionSite.CALIBRATION.confidence(ofGallery), within(1e-9));
    }

    @Test
    void tailOfTheSite_raisesTheThresholdAndNeverLowersIt() {
        ImpostorTail homogeneous = new ImpostorTail(0.2, 0.12);
        double needed = homogeneous.similarityForGallery(2, RecognitionSite.TARGET_FPIR);
        site.tailOfSite(homogeneous);

        assertThat(refusal(identify(ASK, face(needed - 0.001, 0))).code()).isEqualTo(Code.NOT_RECOGNIZED);
        assertThat(match(identify(ASK, face(needed + 0.001, 0))).threshold())
                .isCloseTo(RecognitionSite.CALIBRATION.confidence(needed), within(1e-9));

        site.tailOfSite(new ImpostorTail(-0.3, 0.05));
        assertThat(match(identify(ASK, face(needed + 0.001, 0))).threshold())
                .isCloseTo(RecognitionSite.THRESHOLD, within(1e-9));
    }

    @Test
    void severalImages_findThePersonByTheBestOfThem() {
        byte[] poor = face(0.45, 0);
        byte[] good = face(0.7, 0.1);

        Match match = match(identify(ASK, poor, good));

        assertThat(match.similarity()).isCloseTo(0.7, within(1e-3));
        assertThat(similarityOfRival(match)).isCloseTo(0.1, within(1e-3));
    }

    @Test
    void inactivePeopleAndThoseOfOtherSites_areNotFound() {
        site.people.deactivate(RecognitionSite.MANUEL);
        site.people.bind(ANNA, "gate-9");

        assertThat(refusal(identify(MARK, face(0.9, 0))).code()).isEqualTo(Code.NOT_RECOGNIZED);
        assertThat(refusal(identify(MARK, face(0, 0.9))).code()).isEqualTo(Code.NOT_RECOGNIZED);
        assertThat(match(identify(new Request("gate-9", false, MarkDetails.NONE, Optional.empty()), face(0, 0.9)))
                        .userId())
                .isEqualTo(ANNA);
    }

    @Test
    void personWhoWasErasedAfterTheGalleryWasRead_isNotRecognised() {
        site.loadGallery();
        site.people.erase(RecognitionSite.MANUEL, RecognitionSite.MODEL);

        assertThat(refusal(site.identify(MARK, face(0.9, 0))).code()).isEqualTo(Code.NOT_RECOGNIZED);
    }

    @Test
    void personWhoWasDeactivatedAfterTheGalleryWasRead_isNotRecognised() {
        site.loadGallery();
        site.people.deactivate(RecognitionSite.MANUEL);

        assertThat(refusal(site.identify(MARK, face(0.9, 0))).code()).isEqualTo(Code.NOT_RECOGNIZED);
    }

    @Test
    void beforeTheGalleryIsRead_nobodyIsSearched() {
        assertThat(refusal(site.identify(MARK, face(0.9, 0))).code()).isEqualTo(Code.GALLERY_LOADING);

        assertThat(site.analyses.begun()).isEmpty();
        assertThat(site.stores.noted()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void pictureWithoutAUsableFace_isRefusedAndNotedOnlyIfLivenessIsSuspected(Reason reason) {
        byte[] picture = site.analyses.picture("unusable", new Analysis.Rejected(new Rejection(reason, "Try again.")));

        assertThat(refusal(identify(MARK, picture)).detail()).isEqualTo("Try again.");

        assertThat(site.stores.noted())
                .isEqualTo(reason == Reason.SPOOF_SUSPECTED ? List.of("SPOOF_SUSPECTED") : List.of());
    }

    @Test
    void templateThatWasDeletedAfterTheGalleryWasRead_doesNotCount() {
        site.people.with(RecognitionSite.MANUEL, RecognitionSite.MODEL, MadeUpFaces.similar(0, 0.6, 1));
        site.loadGallery();
        site.people.erase(RecognitionSite.MANUEL, RecognitionSite.MODEL);
        site.people.with(RecognitionSite.MANUEL, RecognitionSite.MODEL, MadeUpFaces.direction(0));

        assertThat(refusal(site.identify(MARK, face(0.66, 0.65))).code()).isEqualTo(Code.AMBIGUOUS);
    }
}
