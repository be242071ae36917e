package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Once;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.outcome.Code;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.RecognizePerson.Request;
import dev.rollcall.recognition.RecognizePerson.Result;
import dev.rollcall.sites.Geofence;
import dev.rollcall.sites.LivenessMode;
import dev.rollcall.sites.Position;
import dev.rollcall.sites.SiteRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the rules of the key's site do to recognition and its marks. */
class SiteRulesTest {

    private static final Attempt ATTEMPT = new Attempt("a".repeat(64), "b".repeat(64));
    private static final Geofence OFFICE = new Geofence(36.7213, -4.4214, 100);
    private static final SiteRules FENCED = rules(null, null, OFFICE);
    private static final MarkDetails FAR = new MarkDetails(null, null, new Position(36.8, -4.4214, 5));
    private static final MarkDetails THERE = new MarkDetails(null, null, new Position(36.7213, -4.4214, 5));

    private final RecognitionSite site = new RecognitionSite();

    @AfterEach
    void close() {
        site.close();
    }

    private static SiteRules rules(
            @Nullable LivenessMode liveness, @Nullable Boolean directions, @Nullable Geofence geofence) {
        return new SiteRules(
                ZoneId.of("Europe/Madrid"),
                3,
                null,
                LocalTime.of(10, 0),
                null,
                liveness,
                directions,
                geofence,
                null,
                null);
    }

    @Test
    void mark_followsTheRulesOfItsSite() {
        site.rules(rules(null, null, null));

        Result.Marked marked = (Result.Marked) recognized(MarkDetails.NONE, null);

        assertThat(marked.mark().workDate()).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(marked.remainingToday()).isEqualTo(2);
    }

    @Test
    void changedRules_holdForTheNextMark() {
        recognized(MarkDetails.of(Direction.OUT), null);
        site.rules(rules(null, false, null));

        assertThat(code(recognized(MarkDetails.of(Direction.OUT), null))).isEqualTo(Code.DIRECTION_NOT_ALLOWED);
        assertThat(site.stores.marks()).isEqualTo(1);
    }

    @Test
    void livenessMode_isThatOfTheSite() {
        site.rules(rules(LivenessMode.ENFORCE, null, null));
        recognized(MarkDetails.NONE, null);
        site.loadGallery();
        site.identify(
                new IdentifyPerson.Request(RecognitionSite.SITE, false, MarkDetails.NONE, Optional.empty()),
                site.portrait);
        site.identify(
                new IdentifyPerson.Request("elsewhere", false, MarkDetails.NONE, Optional.empty()), site.portrait);

        assertThat(site.analyses.begun())
                .extracting(begun -> begun.liveness())
                .containsExactly(
                        AnalysisRules.LivenessMode.ENFORCE,
                        AnalysisRules.LivenessMode.ENFORCE,
                        AnalysisRules.LivenessMode.MONITOR);
    }

    @Test
    void siteThatIsNotActive_recognisesNobody() {
        site.deactivate();
        site.loadGallery();

        assertThat(code(recognized(MarkDetails.NONE, null))).isEqualTo(Code.SITE_NOT_FOUND);
        assertThat(site.identify(
                        new IdentifyPerson.Request(RecognitionSite.SITE, false, MarkDetails.NONE, Optional.empty()),
                        site.portrait))
                .isInstanceOfSatisfying(
                        IdentifyPerson.Result.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.SITE_NOT_FOUND));
        assertThat(site.analyses.begun()).isEmpty();
    }

    @Test
    void withoutTheDatabase_theLastKnownRulesHold() {
        site.rules(rules(null, false, null));
        site.sites.breakDown();

        assertThat(code(recognized(MarkDetails.of(Direction.IN), null))).isEqualTo(Code.DIRECTION_NOT_ALLOWED);
    }

    @Test
    void lateMark_isAskedForAtTheMomentThatItWasCaptured() {
        Instant captured = RecognitionSite.NOW.minus(Duration.ofHours(50));
        recognized(new MarkDetails(null, captured, null), ATTEMPT);

        MarkRequest request = site.stores.markRequests().get(0);
        Once once = request.once();
        assertThat(request.at()).isEqualTo(captured);
        assertThat(request.circumstances().receivedAt()).isEqualTo(RecognitionSite.NOW);
        assertThat(request.origin().source()).isEqualTo(Source.LATE);
        assertThat(once)
                .isNotNull()
                .extracting(Once::expiresAt)
                .isEqualTo(RecognitionSite.NOW.plus(Duration.ofDays(3)));
    }

    @Test
    void markThatIsTooLate_isNotedForThePersonAndKept() {
        MarkDetails old = new MarkDetails(null, RecognitionSite.NOW.minus(Duration.ofHours(73)), null);

        Result first = recognized(old, ATTEMPT);

        assertThat(code(first)).isEqualTo(Code.TOO_LATE);
        assertThat(recognized(old, ATTEMPT)).isEqualTo(first);
        assertThat(site.stores.notes()).singleElement().satisfies(note -> {
            assertThat(note.userId()).isEqualTo(RecognitionSite.MANUEL);
            assertThat(note.details()).containsEntry("captured_at", "2026-11-19T07:00:00Z");
        });
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS);
    }

    @Test
    void faceThatDoesntMatch_isRefusedBeforeTheRulesOfMarks() {
        MarkDetails old = new MarkDetails(null, RecognitionSite.NOW.minus(Duration.ofHours(73)), null);

        assertThat(code(site.recognize(request(old, null), List.of(site.stranger))))
                .isEqualTo(Code.NOT_MATCHED);
    }

    @Test
    void refusalOutside_isNotedWithoutThePositionAndNotKept() {
        site.rules(FENCED);

        assertThat(code(recognized(FAR, ATTEMPT))).isEqualTo(Code.OUTSIDE_SITE);
        assertThat(site.stores.notes()).singleElement().satisfies(note -> assertThat(note.details())
                .isEqualTo(Map.of("code", "OUTSIDE_SITE", "position", "outside", "distance", "up_to_10000_m")));
        assertThat(recognized(THERE, ATTEMPT)).isInstanceOf(Result.Marked.class);
        assertThat(site.stores.markRequests()).singleElement().satisfies(request -> assertThat(
                        request.circumstances().insideGeofence())
                .isTrue());
    }

    @Test
    void identification_withoutAMarkAsksForNoPosition() {
        site.rules(FENCED);
        site.loadGallery();

        assertThat(site.identify(
                        new IdentifyPerson.Request(RecognitionSite.SITE, false, MarkDetails.NONE, Optional.empty()),
                        site.portrait))
                .isInstanceOf(IdentifyPerson.Result.Identified.class);
        assertThat(site.identify(
                        new IdentifyPerson.Request(RecognitionSite.SITE, true, FAR, Optional.empty()), site.portrait))
                .isInstanceOf(IdentifyPerson.Result.Refused.class);
        assertThat(site.stores.marks()).isZero();
    }

    private Result recognized(MarkDetails details, @Nullable Attempt attempt) {
        return site.recognize(request(details, attempt), List.of(site.portrait));
    }

    private static Request request(MarkDetails details, @Nullable Attempt attempt) {
        return new Request(RecognitionSite.MANUEL, RecognitionSite.SITE, details, Optional.ofNullable(attempt));
    }

    private static Code code(Result result) {
        return RecognitionSite.code(result);
    }
}
