package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.UTC;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.Circumstances;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.AttendanceStore.Once;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkConditions;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of marks must do about late marks and about days that don't begin at midnight. */
interface LateMarkContract {

    AttendancePolicy SPACED = new AttendancePolicy(4, Duration.ofSeconds(60), UTC);

    PeopleStore people();

    AttendanceStore attendance();

    @Test
    default void lateMark_countsWhenItWasCaptured() {
        UserId ann = enrolledPerson();
        Instant yesterday = MORNING.minus(Duration.ofDays(1));

        Mark late = marked(late(ann, yesterday), SPACED);

        assertThat(late.markedAt()).isEqualTo(yesterday);
        assertThat(late.workDate()).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(late.direction()).isEqualTo(Direction.IN);
        assertThat(listed(ann))
                .singleElement()
                .satisfies(row -> assertThat(row.origin().source()).isEqualTo(Source.LATE));
    }

    @Test
    default void lateMark_isExportedWithBothTimes() {
        UserId ann = enrolledPerson();
        marked(late(ann, MORNING.minusSeconds(7200)), SPACED);

        assertThat(people().export(ann, MORNING, Samples.CALLER).orElseThrow())
                .containsPattern("\"captured_at\" ?: \"2026-11-22T06:00:00.123456\\+00:00\"")
                .containsPattern("\"received_at\" ?: \"2026-11-22T08:00:00.123456\\+00:00\"");
    }

    @Test
    default void markWithinAGeofence_saysSoInTheExport() {
        UserId ann = enrolledPerson();
        MarkRequest plain = Samples.request(ann, MORNING);
        marked(
                new MarkRequest(
                        ann, MORNING, plain.origin(), plain.evidence(), null, null, new Circumstances(null, true)),
                SPACED);
        marked(Samples.request(ann, MORNING.plusSeconds(60)), SPACED);

        assertThat(people().export(ann, MORNING, Samples.CALLER).orElseThrow())
                .containsPattern("\"inside_geofence\" ?: true")
                .containsPattern("\"inside_geofence\" ?: null");
    }

    @Test
    default void lateMark_keepsTheDistanceToTheMarksBeforeAndAfterIt() {
        UserId ann = enrolledPerson();
        Mark first = marked(Samples.request(ann, MORNING), SPACED);
        Mark second = marked(Samples.request(ann, MORNING.plusSeconds(200)), SPACED);

        assertThat(decided(late(ann, MORNING.plusSeconds(59)), SPACED))
                .isEqualTo(new MarkDecision.TooSoon(MORNING.plusSeconds(60), first));
        assertThat(decided(late(ann, MORNING.minusSeconds(59)), SPACED))
                .isEqualTo(new MarkDecision.TooSoon(MORNING.plusSeconds(60), first));
        assertThat(decided(late(ann, MORNING.plusSeconds(141)), SPACED))
                .isEqualTo(new MarkDecision.TooSoon(MORNING.plusSeconds(260), second));
        assertThat(marked(late(ann, MORNING.plusSeconds(60)), SPACED).markedAt())
                .isEqualTo(MORNING.plusSeconds(60));
    }

    @Test
    default void lateMarkBetweenOthers_changesNeitherTheirNumbersNorTheirDirections() {
        UserId ann = enrolledPerson();
        Mark in = marked(Samples.request(ann, MORNING), SPACED);
        Mark out = marked(Samples.request(ann, MORNING.plusSeconds(3600)), SPACED);

        Mark late = marked(late(ann, MORNING.plusSeconds(1800)), SPACED);

        assertThat(late.number()).isEqualTo(3);
        assertThat(late.direction()).isEqualTo(Direction.OUT);
        assertThat(listed(ann)).extracting(MarkOfPerson::mark).containsExactly(in, out, late);
    }

    @Test
    default void marksThatAreInTheWay_areNamedAsListsShowThem() {
        UserId ann = enrolledPerson();
        Mark written = marked(Samples.request(ann, MORNING), SPACED);
        Mark late = marked(late(ann, MORNING.minusSeconds(3600)), SPACED);
        Mark shown = new Mark(written.id(), written.markedAt(), written.workDate(), written.number(), Direction.OUT);

        assertThat(decided(Samples.request(ann, MORNING.plusSeconds(5)), SPACED))
                .isEqualTo(new MarkDecision.TooSoon(MORNING.plusSeconds(60), shown));
        AttendancePolicy full = new AttendancePolicy(2, Duration.ZERO, SPACED.zone());
        assertThat(decided(Samples.request(ann, MORNING.plusSeconds(7200)), full))
                .isEqualTo(new MarkDecision.DailyLimitReached(2, List.of(late, shown)));
    }

    @Test
    default void lateMarkBeforeAllOthersOfItsDay_isAnArrival() {
        UserId ann = enrolledPerson();
        marked(Samples.request(ann, MORNING), SPACED);

        assertThat(marked(late(ann, MORNING.minusSeconds(3600)), SPACED).direction())
                .isEqualTo(Direction.IN);
    }

    @Test
    default void markAfterLateOnes_alternatesWithTheOneBeforeAsListsShowIt() {
        UserId ann = enrolledPerson();
        marked(Samples.request(ann, MORNING), SPACED);
        Mark late = marked(late(ann, MORNING.minusSeconds(3600)), SPACED);

        Mark next = marked(Samples.request(ann, MORNING.plusSeconds(3600)), SPACED);

        assertThat(late.number()).isEqualTo(2);
        assertThat(next.direction()).as("in, out, in").isEqualTo(Direction.IN);
        assertThat(next.number()).isEqualTo(3);
    }

    @Test
    default void lateMarks_countForTheLimitOfTheirDay() {
        UserId ann = enrolledPerson();
        AttendancePolicy two = new AttendancePolicy(2, Duration.ZERO, UTC);
        Instant yesterday = MORNING.minus(Duration.ofDays(1));
        marked(Samples.request(ann, yesterday), two);
        marked(late(ann, yesterday.minusSeconds(600)), two);

        assertThat(decided(late(ann, yesterday.plusSeconds(600)), two))
                .isInstanceOf(MarkDecision.DailyLimitReached.class);
        assertThat(decided(Samples.request(ann, MORNING), two)).isInstanceOf(MarkDecision.Marked.class);
    }

    @Test
    default void lateMarkAtTheInstantOfAnother_isWrittenAtTheNextFreeMicrosecond() {
        UserId ann = enrolledPerson();
        AttendancePolicy two = new AttendancePolicy(9, Duration.ZERO, UTC);
        marked(Samples.request(ann, MORNING), two);
        marked(late(ann, MORNING.plus(1, ChronoUnit.MICROS)), two);

        assertThat(marked(late(ann, MORNING), two).markedAt()).isEqualTo(MORNING.plus(2, ChronoUnit.MICROS));
    }

    @Test
    default void lateMarkUnderAKey_isWrittenOnceAlsoDaysLater() {
        UserId ann = enrolledPerson();
        Attempt attempt = Samples.newAttempt();
        Instant captured = MORNING.minus(Duration.ofDays(2));
        marked(under(attempt, late(ann, captured), MORNING.plus(Duration.ofDays(3))), SPACED);

        MarkRequest again = under(
                attempt,
                Samples.late(ann, captured, MORNING.plus(Duration.ofHours(71))),
                MORNING.plus(Duration.ofHours(143)));

        assertThat(attendance().mark(again, SPACED)).isEqualTo(new Marking.Repeated());
        assertThat(listed(ann)).hasSize(1);
    }

    @Test
    default void nightShift_isOneWorkDateWhereTheDayBeginsInTheMorning() {
        UserId ann = enrolledPerson();
        AttendancePolicy night = new AttendancePolicy(
                2, Duration.ofSeconds(60), ZoneId.of("Europe/Madrid"), LocalTime.of(5, 0), MarkConditions.USUAL);

        Mark evening = marked(Samples.request(ann, Instant.parse("2026-11-21T21:00:00Z")), night);
        Mark morning = marked(Samples.request(ann, Instant.parse("2026-11-22T00:30:00Z")), night);
        Mark nextDay = marked(Samples.request(ann, Instant.parse("2026-11-22T04:00:00Z")), night);

        assertThat(evening.direction()).isEqualTo(Direction.IN);
        assertThat(morning.workDate()).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(morning.number()).isEqualTo(2);
        assertThat(morning.direction()).isEqualTo(Direction.OUT);
        assertThat(nextDay.workDate()).isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(nextDay.direction()).isEqualTo(Direction.IN);
    }

    @Test
    default void workDate_mayBeTwoDaysBeforeTheDateInUtc() {
        UserId ann = enrolledPerson();
        AttendancePolicy west = new AttendancePolicy(
                2, Duration.ZERO, ZoneId.of("Etc/GMT+12"), LocalTime.of(23, 0), MarkConditions.USUAL);

        assertThat(marked(Samples.request(ann, Instant.parse("2026-11-22T10:00:00Z")), west)
                        .workDate())
                .isEqualTo(LocalDate.of(2026, 11, 20));
    }

    private UserId enrolledPerson() {
        UserId userId = newUserId();
        Samples.enroll(people(), userId, 1);
        return userId;
    }

    /** A late mark that the service gets at once, or in the morning. */
    private static MarkRequest late(UserId person, Instant capturedAt) {
        return Samples.late(person, capturedAt, capturedAt.isAfter(MORNING) ? capturedAt : MORNING);
    }

    private static MarkRequest under(Attempt attempt, MarkRequest request, Instant expiresAt) {
        String answer = Json.json(Samples.match(request.userId())).toString();
        return new MarkRequest(
                request.userId(),
                request.at(),
                request.origin(),
                request.evidence(),
                null,
                new Once(attempt.key(), attempt.fingerprint(), expiresAt, answer),
                request.circumstances());
    }

    private List<MarkOfPerson> listed(UserId person) {
        return attendance().list(new Query(person, null, null, 0, 100));
    }

    private Mark marked(MarkRequest request, AttendancePolicy policy) {
        return ((MarkDecision.Marked) decided(request, policy)).mark();
    }

    private MarkDecision decided(MarkRequest request, AttendancePolicy policy) {
        return ((Marking.Decided) attendance().mark(request, policy)).decision();
    }
}
