package dev.rollcall.recognition;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.attendance.AttendanceStore.Evidence;
import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Face;
import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.RecognizePerson.Result;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is recognised, and what is answered and written then. */
class RecognizePersonTest {

    private final RecognitionSite site = new RecognitionSite();

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void fittingFace_isMarkedWithWhatWasMeasured() {
        Result result = site.recognize(site.face(0.6), null);

        assertThat(result).isInstanceOfSatisfying(Result.Marked.class, marked -> {
            Match match = marked.match();
            assertThat(match.userId()).isEqualTo(RecognitionSite.MANUEL);
            assertThat(match.name()).isEqualTo("Name of manuel");
            assertThat(match.similarity()).isCloseTo(0.6, within(1e-6));
            assertThat(match.confidence()).isEqualTo(RecognitionSite.CALIBRATION.confidence(match.similarity()));
            assertThat(match.threshold()).isEqualTo(RecognitionSite.THRESHOLD);
            assertThat(match.liveness()).isEqualTo(MadeUpFaces.LIVE);
            assertThat(marked.mark())
                    .isEqualTo(new Mark(1, RecognitionSite.NOW, LocalDate.of(2026, 11, 22), 1, Direction.IN));
            assertThat(marked.remainingToday()).isEqualTo(8);
        });
        assertThat(site.stores.markRequests())
                .singleElement()
                .isEqualTo(new MarkRequest(
                        RecognitionSite.MANUEL,
                        RecognitionSite.NOW,
                        new Origin(RecognitionSite.SITE, "kiosk", Source.DEVICE),
                        evidence(result),
                        null,
                        null));
        assertThat(site.stores.noted()).isEmpty();
    }

    private static Evidence evidence(Result result) {
        Match match = ((Result.Marked) result).match();
        return new Evidence(match.confidence(), match.similarity(), MadeUpFaces.LIVE.score(), null);
    }

    @Test
    void markWithoutLiveness_hasNoScore() {
        Face face = MadeUpFaces.face(MadeUpFaces.direction(0));
        byte[] picture = site.analyses.picture("liveness off", new Analysis.Accepted(face.withLiveness(null)));

        assertThat(site.recognize(picture, null)).isInstanceOfSatisfying(Result.Marked.class, marked -> assertThat(
                        marked.match().liveness())
                .isNull());
        assertThat(site.stores.markRequests()).singleElement().satisfies(request -> assertThat(
                        requireNonNull(request.evidence()).liveness())
                .isNull());
    }

    @Test
    void picture_isAnalysedByTheRulesOfRecognitionAndTheAnalysisClosed() {
        site.recognize(site.portrait, null);

        assertThat(site.analyses.begun()).containsExactly(AnalysisRules.recognition());
        assertThat(site.analyses.closed()).isEqualTo(1);
    }

    @Property(tries = 200)
    void face_isMarkedIfAndOnlyIfItReachesTheThreshold(@ForAll @DoubleRange(min = -1, max = 1) double similarity) {
        double measured = MadeUpFaces.direction(0).similarity(MadeUpFaces.similar(0, similarity, 1));
        double confidence = RecognitionSite.CALIBRATION.confidence(measured);
        try (RecognitionSite one = new RecognitionSite()) {
            Result result = one.recognize(one.face(similarity), null);

            assertThat(result instanceof Result.Marked).isEqualTo(confidence >= RecognitionSite.THRESHOLD);
            assertThat(one.stores.marks()).isEqualTo(result instanceof Result.Marked ? 1 : 0);
        }
    }

    @Test
    void faceExactlyAtTheThreshold_isMarked() {
        double similarity = MadeUpFaces.direction(0).similarity(MadeUpFaces.similar(0, 0.5, 1));
        double confidence = RecognitionSite.CALIBRATION.confidence(similarity);
        byte[] picture = site.face(0.5);

        site.threshold(confidence);
        assertThat(site.recognize(picture, null)).isInstanceOf(Result.Marked.class);
        site.threshold(Math.nextUp(confidence));
        assertThat(RecognitionSite.code(site.recognize(picture, null))).isEqualTo(Code.NOT_MATCHED);
    }

    @Test
    void faceThatDoesNotFit_isRefusedWithConfidenceAndThresholdAndNothingOfOthers() {
        Refusal refusal = RecognitionSite.refusal(site.recognize(site.stranger, null));

        assertThat(refusal.code()).isEqualTo(Code.NOT_MATCHED);
        assertThat(refusal.facts())
                .isEqualTo(Map.of(
                        "confidence",
                        RecognitionSite.CALIBRATION.confidence(0),
                        "threshold",
                        RecognitionSite.THRESHOLD));
        assertThat(site.stores.marks()).isZero();
        assertThat(site.stores.notes()).singleElement().satisfies(note -> {
            assertThat(note.action()).isEqualTo("RECOGNITION_REFUSED");
            assertThat(note.userId()).isEqualTo(RecognitionSite.MANUEL);
            assertThat(note.caller()).isEqualTo(RecognitionSite.CALLER);
            assertThat(note.at()).isEqualTo(RecognitionSite.NOW);
            assertThat(note.details()).containsKeys("confidence", "threshold");
        });
    }

    @Test
    void nearestOfSeveralTemplates_decides() {
        site.people.with(RecognitionSite.MANUEL, RecognitionSite.MODEL, MadeUpFaces.direction(1));

        assertThat(site.recognize(site.stranger, null))
                .isInstanceOfSatisfying(
                        Result.Marked.class,
                        marked -> assertThat(marked.match().similarity()).isEqualTo(1));
    }

    @Test
    void templatesOfAnotherModel_areNotCompared() {
        site.people.with(RecognitionSite.MANUEL, "another model", MadeUpFaces.direction(1));

        assertThat(RecognitionSite.code(site.recognize(site.stranger, null))).isEqualTo(Code.NOT_MATCHED);
    }

    @Test
    void whoeverIsUnknownOrHasNoTemplate_isNotEnrolledAndTheAnalysisGivenUp() {
        UserId bare = new UserId("bare");
        site.people.withoutTemplate(bare);

        for (UserId userId : List.of(new UserId("nobody"), bare)) {
            assertThat(RecognitionSite.code(site.recognize(userId, site.portrait, null)))
                    .isEqualTo(Code.NOT_ENROLLED);
        }

        assertThat(site.analyses.awaited()).isZero();
        assertThat(site.analyses.closed()).isEqualTo(2);
        assertThat(site.stores.noted()).containsExactly("NOT_ENROLLED", "NOT_ENROLLED");
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS);
    }

    @Test
    void whoeverIsInactiveOrBoundToAnotherSite_getsTheAnswerOfSomebodyUnknown() {
        Refusal unknown = RecognitionSite.refusal(site.recognize(new UserId("nobody"), site.portrait, null));
        site.people.bind(RecognitionSite.MANUEL, "gate-3");
        Refusal elsewhere = RecognitionSite.refusal(site.recognize(site.portrait, null));
        site.people.deactivate(RecognitionSite.MANUEL);
        Refusal inactive = RecognitionSite.refusal(site.recognize(site.portrait, null));

        assertThat(List.of(elsewhere, inactive)).allSatisfy(refusal -> {
            assertThat(refusal.code()).isEqualTo(unknown.code());
            assertThat(refusal.detail()).isEqualTo(unknown.detail());
            assertThat(refusal.facts()).isEqualTo(unknown.facts());
        });
        assertThat(site.stores.notes())
                .extracting(note -> note.details())
                .containsExactly(
                        Map.of("code", "NOT_ENROLLED"),
                        Map.of("code", "NOT_ENROLLED", "reason", "other_site"),
                        Map.of("code", "NOT_ENROLLED", "reason", "inactive"));
        assertThat(site.stores.marks()).isZero();
        assertThat(site.analyses.awaited()).isZero();
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS);
    }

    @Test
    void whoeverIsBoundToTheSiteOfTheRequest_isMarked() {
        site.people.bind(RecognitionSite.MANUEL, RecognitionSite.SITE);

        assertThat(site.recognize(site.portrait, null)).isInstanceOf(Result.Marked.class);
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_IMAGE, INVALID_IMAGE",
        "UNSUPPORTED_IMAGE, UNSUPPORTED_IMAGE",
        "IMAGE_TOO_LARGE, PAYLOAD_TOO_LARGE",
        "NO_FACE, NO_FACE",
        "MULTIPLE_FACES, MULTIPLE_FACES",
        "LOW_QUALITY, LOW_QUALITY",
        "SPOOF_SUSPECTED, SPOOF_SUSPECTED"
    })
    void pictureWithoutAUsableFace_isRefusedAsTheEngineSaysItAndNoted(Reason reason, Code code) {
        byte[] picture = site.analyses.picture(
                "unusable", new Analysis.Rejected(new Rejection(reason, "Try again.", Map.of("value", 7))));

        Refusal refusal = RecognitionSite.refusal(site.recognize(picture, null));

        assertThat(refusal).isEqualTo(new Refusal(code, "Try again.", Map.of("value", 7)));
        assertThat(site.stores.notes()).singleElement().satisfies(note -> assertThat(note.details())
                .isEqualTo(Map.of("code", code.name(), "value", 7)));
    }

    @Test
    void everyReason_hasACode() {
        for (Reason reason : Reason.values()) {
            byte[] picture =
                    site.analyses.picture(reason.name(), new Analysis.Rejected(new Rejection(reason, "Try again.")));
            assertThat(RecognitionSite.refusal(site.recognize(picture, null)).detail())
                    .isEqualTo("Try again.");
        }
    }

    @Test
    void rulesThatRefuse_sayWhy() {
        Mark mark = new Mark(7, Instant.parse("2026-11-22T07:00:00Z"), LocalDate.of(2026, 11, 22), 2, Direction.OUT);
        site.stores.decide(new MarkDecision.DailyLimitReached(9, List.of(mark)));
        assertThat(RecognitionSite.refusal(site.recognize(site.portrait, null)))
                .isEqualTo(new Refusal(
                        Code.DAILY_LIMIT_REACHED,
                        "All marks of this day are made.",
                        Map.of(
                                "max_per_day",
                                9,
                                "marks",
                                List.of(Map.of(
                                        "id",
                                        7L,
                                        "marked_at",
                                        "2026-11-22T07:00:00Z",
                                        "number",
                                        2,
                                        "direction",
                                        "out")),
                                "time_zone",
                                "Z")));

        site.stores.decide(new MarkDecision.TooSoon(Instant.parse("2026-11-22T08:05:00Z"), mark));
        Refusal tooSoon = RecognitionSite.refusal(site.recognize(site.portrait, null));
        assertThat(tooSoon.code()).isEqualTo(Code.TOO_SOON);
        assertThat(tooSoon.facts())
                .isEqualTo(Map.of(
                        "next_allowed_at",
                        "2026-11-22T08:05:00Z",
                        "last_mark",
                        Map.of("id", 7L, "marked_at", "2026-11-22T07:00:00Z", "number", 2, "direction", "out"),
                        "time_zone",
                        "Z"));

        site.stores.decide(new MarkDecision.UnknownPerson());
        assertThat(RecognitionSite.code(site.recognize(site.portrait, null))).isEqualTo(Code.NOT_ENROLLED);
        assertThat(site.stores.noted()).containsExactly("DAILY_LIMIT_REACHED", "TOO_SOON", "NOT_ENROLLED");
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS);
    }
}
