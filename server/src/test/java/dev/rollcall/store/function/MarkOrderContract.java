package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.UTC;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** How every store of marks keeps them in the order of time, whatever the clocks say. */
interface MarkOrderContract {

    AttendancePolicy MANY = new AttendancePolicy(1000, Duration.ZERO, UTC);

    PeopleStore people();

    AttendanceStore attendance();

    @Test
    default void marksAtOnce_areNumberedInTheOrderOfTime() throws Exception {
        UserId ann = enrolled();
        ExecutorService threads = Executors.newFixedThreadPool(30);
        try {
            List<Future<MarkDecision>> decisions = new ArrayList<>();
            Random random = new Random(7);
            for (int i = 0; i < 150; i++) {
                Instant at = MORNING.plusMillis(random.nextInt(1000));
                decisions.add(threads.submit(() -> mark(ann, at, MANY)));
            }
            for (Future<MarkDecision> decision : decisions) {
                assertThat(decision.get()).isInstanceOf(MarkDecision.Marked.class);
            }
        } finally {
            threads.shutdownNow();
        }

        List<Mark> byNumber = marksOf(ann).stream()
                .sorted(Comparator.comparingInt(Mark::number))
                .toList();
        assertThat(byNumber).hasSize(150);
        for (int i = 1; i < byNumber.size(); i++) {
            assertThat(byNumber.get(i).number()).isEqualTo(i + 1);
            assertThat(byNumber.get(i).markedAt()).isAfter(byNumber.get(i - 1).markedAt());
        }
    }

    @Test
    default void overtakenMark_isWrittenTheMicrosecondAfterTheOneBefore() {
        UserId ann = enrolled();
        mark(ann, MORNING, MANY);

        Mark overtaken = marked(ann, MORNING.minusSeconds(30), MANY);

        assertThat(overtaken.markedAt()).isEqualTo(MORNING.plus(1, ChronoUnit.MICROS));
        assertThat(overtaken.number()).isEqualTo(2);
    }

    @Test
    default void markWithTheClockSetBack_getsTheClocksTime() {
        UserId ann = enrolled();
        AttendancePolicy two = new AttendancePolicy(2, Duration.ofMinutes(5), UTC);
        Instant anHourEarlier = MORNING.minus(Duration.ofHours(1));
        mark(ann, MORNING, two);

        Mark back = marked(ann, anHourEarlier, two);

        assertThat(back.markedAt()).isEqualTo(anHourEarlier);
        assertThat(back.number()).isEqualTo(2);
        assertThat(mark(ann, MORNING.plus(Duration.ofHours(1)), two))
                .isInstanceOf(MarkDecision.DailyLimitReached.class);
    }

    @Test
    default void markAYearAhead_keepsNobodyFromMarkingNow() {
        UserId ann = enrolled();
        AttendancePolicy spaced = new AttendancePolicy(3, Duration.ofSeconds(60), UTC);
        mark(ann, MORNING.plus(Duration.ofDays(365)), spaced);

        Mark now = marked(ann, MORNING, spaced);

        assertThat(now.markedAt()).isEqualTo(MORNING);
        assertThat(now.number()).isEqualTo(1);
        assertThat(mark(ann, MORNING.plusSeconds(30), spaced))
                .isEqualTo(new MarkDecision.TooSoon(MORNING.plusSeconds(60), now));
        assertThat(marked(ann, MORNING.plusSeconds(60), spaced).number()).isEqualTo(2);
    }

    @Test
    default void markOfAnInstanceWhoseClockIsSlightlyAhead_countsForTheSpacing() {
        UserId ann = enrolled();
        AttendancePolicy spaced = new AttendancePolicy(3, Duration.ofSeconds(60), UTC);
        Mark ahead = marked(ann, MORNING.plusSeconds(30), spaced);

        assertThat(mark(ann, MORNING, spaced)).isEqualTo(new MarkDecision.TooSoon(MORNING.plusSeconds(90), ahead));
    }

    @Test
    default void markOvertakenAcrossMidnight_countsForTheDayOnWhichItIsWritten() {
        UserId ann = enrolled();
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        AttendancePolicy two = new AttendancePolicy(2, Duration.ZERO, berlin);
        Instant beforeMidnight = Instant.parse("2026-11-22T22:59:59.999999Z");
        Instant afterMidnight = Instant.parse("2026-11-22T23:00:00.5Z");
        mark(ann, afterMidnight, two);

        Mark overtaken = marked(ann, beforeMidnight, two);

        assertThat(overtaken.markedAt()).isEqualTo(afterMidnight.plus(1, ChronoUnit.MICROS));
        assertThat(overtaken.workDate()).isEqualTo(LocalDate.of(2026, 11, 23));
        assertThat(overtaken.number()).isEqualTo(2);
        assertThat(mark(ann, beforeMidnight, two)).isInstanceOf(MarkDecision.DailyLimitReached.class);
    }

    @Test
    default void microsecondAfterTheLastOfADay_isTheNextDay() {
        UserId ann = enrolled();
        Instant lastMicrosecond = Instant.parse("2026-11-22T23:59:59.999999Z");
        mark(ann, lastMicrosecond, MANY);

        Mark next = marked(ann, lastMicrosecond, MANY);

        assertThat(next.markedAt()).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
        assertThat(next.workDate()).isEqualTo(LocalDate.of(2026, 11, 23));
        assertThat(next.number()).isEqualTo(1);
    }

    @Test
    default void newestEntry_isThatOfTheLatestMarkOrAuditEntry() {
        UserId ann = enrolled();
        Instant late = Instant.parse("2099-01-01T00:00:00.000001Z");

        mark(ann, late, MANY);
        assertThat(attendance().newestEntry()).contains(late);

        people().erase(ann, late.plusSeconds(1), KeptMarks.KEEP, Samples.CALLER);
        assertThat(attendance().newestEntry()).contains(late.plusSeconds(1));
    }

    private UserId enrolled() {
        UserId userId = newUserId();
        Samples.enroll(people(), userId, 1);
        return userId;
    }

    private List<Mark> marksOf(UserId person) {
        return attendance().list(new Query(person, null, null, 0, 1000)).stream()
                .map(AttendanceStore.MarkOfPerson::mark)
                .toList();
    }

    private Mark marked(UserId person, Instant at, AttendancePolicy policy) {
        return ((MarkDecision.Marked) mark(person, at, policy)).mark();
    }

    private MarkDecision mark(UserId person, Instant at, AttendancePolicy policy) {
        Marking marking = attendance().mark(Samples.request(person, at), policy);
        return ((Marking.Decided) marking).decision();
    }
}
