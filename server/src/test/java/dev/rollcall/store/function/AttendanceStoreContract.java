package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.TWO_A_DAY;
import static dev.rollcall.store.function.Samples.UTC;
import static dev.rollcall.store.function.Samples.newUserId;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.Evidence;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Others;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of marks must do. */
interface AttendanceStoreContract {

    PeopleStore people();

    AttendanceStore attendance();

    @Test
    default void unknownPerson_isNotMarked() {
        assertThat(mark(newUserId(), MORNING, TWO_A_DAY)).isInstanceOf(MarkDecision.UnknownPerson.class);
    }

    @Test
    default void mark_saysWhereItComesFromAndWhatItRestsOn() {
        UserId ann = enrolled();
        mark(ann, MORNING, TWO_A_DAY);

        MarkOfPerson listed = marksOf(ann, 0, 10).get(0);

        assertThat(listed.origin()).isEqualTo(new Origin(ApiKey.DEFAULT_SITE, Samples.CALLER.keyId(), Source.DEVICE));
        assertThat(listed.confidence()).isCloseTo(0.9, within(1e-6));
    }

    @Test
    default void mark_saysWhetherALookAlikeMatchedAsWell() {
        UserId ann = enrolled();
        MarkRequest plain = Samples.request(ann, MORNING);
        Evidence evidence = requireNonNull(plain.evidence());

        mark(ann, MORNING, TWO_A_DAY);
        attendance()
                .mark(
                        new MarkRequest(
                                ann,
                                MORNING.plusSeconds(1),
                                plain.origin(),
                                new Evidence(
                                        evidence.confidence(),
                                        evidence.similarity(),
                                        evidence.liveness(),
                                        new Others(0.25, 0.2, true)),
                                null,
                                null),
                        TWO_A_DAY);

        assertThat(marksOf(ann, 0, 10)).extracting(MarkOfPerson::lookAlike).containsExactly(null, true);
        assertThat(people().export(ann, MORNING, Samples.CALLER).orElseThrow())
                .containsPattern("\"rival_confidence\" ?: 0.25")
                .containsPattern("\"rival_similarity\" ?: 0.2");
    }

    @Test
    default void directionThatWasAskedFor_isWritten() {
        UserId ann = enrolled();
        MarkRequest plain = Samples.request(ann, MORNING);

        attendance()
                .mark(
                        new MarkRequest(
                                ann, MORNING, plain.origin(), requireNonNull(plain.evidence()), Direction.OUT, null),
                        TWO_A_DAY);
        mark(ann, MORNING.plusSeconds(1), TWO_A_DAY);

        assertThat(marksOf(ann, 0, 10))
                .extracting(row -> row.mark().direction())
                .containsExactly(Direction.OUT, Direction.IN);
    }

    @Test
    default void marksOfADay_alternateAndEnd() {
        UserId ann = enrolled();

        MarkDecision.Marked first = (MarkDecision.Marked) mark(ann, MORNING, TWO_A_DAY);
        MarkDecision.Marked second = (MarkDecision.Marked) mark(ann, MORNING.plusSeconds(1), TWO_A_DAY);
        MarkDecision.DailyLimitReached third =
                (MarkDecision.DailyLimitReached) mark(ann, MORNING.plusSeconds(2), TWO_A_DAY);

        assertThat(first.mark().direction()).isEqualTo(Direction.IN);
        assertThat(first.mark().markedAt()).isEqualTo(MORNING);
        assertThat(first.remainingToday()).isEqualTo(1);
        assertThat(second.mark().direction()).isEqualTo(Direction.OUT);
        assertThat(second.mark().number()).isEqualTo(2);
        assertThat(second.remainingToday()).isZero();
        assertThat(third.marks()).containsExactly(first.mark(), second.mark());
    }

    @Test
    default void refusalOfALongDay_listsTheLatestTenMarks() {
        UserId ann = enrolled();
        AttendancePolicy many = new AttendancePolicy(12, Duration.ZERO, UTC);
        for (int i = 0; i < 12; i++) {
            mark(ann, MORNING.plusSeconds(i), many);
        }

        assertThat(((MarkDecision.DailyLimitReached) mark(ann, MORNING.plusSeconds(12), many)).marks())
                .extracting(Mark::number)
                .containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    @Test
    default void nextWorkDate_startsAgainWithAnArrival() {
        UserId ann = enrolled();
        AttendancePolicy inBerlin = oneADay("Europe/Berlin");
        Instant beforeMidnight = Instant.parse("2026-11-22T22:59:59.999999Z");

        Mark before = marked(ann, beforeMidnight, inBerlin);
        Mark after = marked(ann, Instant.parse("2026-11-22T23:00:00Z"), inBerlin);

        assertThat(before.workDate()).isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(after.workDate()).isEqualTo(LocalDate.of(2026, 11, 23));
        assertThat(after.number()).isEqualTo(1);
        assertThat(after.direction()).isEqualTo(Direction.IN);
    }

    @Test
    default void zonesFourteenHoursEitherWay_haveTheirOwnWorkDates() {
        UserId ann = enrolled();
        Instant noon = Instant.parse("2026-11-22T10:30:00Z");

        Mark ahead = marked(ann, noon, oneADay("Pacific/Kiritimati"));
        Mark behind = marked(ann, noon, oneADay("Etc/GMT+12"));

        assertThat(ahead.workDate()).isEqualTo(LocalDate.of(2026, 11, 23));
        assertThat(behind.workDate()).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(mark(ann, noon, oneADay("Pacific/Kiritimati"))).isInstanceOf(MarkDecision.DailyLimitReached.class);
    }

    @Test
    default void hourThatComesTwiceInAutumn_isOneWorkDateAndKeepsItsSpacing() {
        UserId ann = enrolled();
        AttendancePolicy inBerlin = new AttendancePolicy(3, Duration.ofMinutes(30), ZoneId.of("Europe/Berlin"));

        Mark first = marked(ann, Instant.parse("2026-10-25T00:30:00Z"), inBerlin);
        Mark anHourLater = marked(ann, Instant.parse("2026-10-25T01:30:00Z"), inBerlin);

        assertThat(first.workDate()).isEqualTo(anHourLater.workDate());
        assertThat(anHourLater.number()).isEqualTo(2);
        assertThat(marked(ann, Instant.parse("2026-10-25T22:59:59Z"), inBerlin).workDate())
                .isEqualTo(first.workDate());
        assertThat(marked(ann, Instant.parse("2026-10-25T23:30:00Z"), inBerlin).workDate())
                .isEqualTo(first.workDate().plusDays(1));
    }

    @Test
    default void leapDay_isAWorkDate() {
        UserId ann = enrolled();

        assertThat(marked(ann, Instant.parse("2028-02-29T12:00:00Z"), oneADay("UTC"))
                        .workDate())
                .isEqualTo(LocalDate.of(2028, 2, 29));
        assertThat(marked(ann, Instant.parse("2028-03-01T00:00:00Z"), oneADay("UTC"))
                        .workDate())
                .isEqualTo(LocalDate.of(2028, 3, 1));
    }

    @Test
    default void secondMarkWithinSpacing_isRefused() {
        UserId ann = enrolled();
        AttendancePolicy spaced = new AttendancePolicy(5, Duration.ofSeconds(60), UTC);

        Mark first = marked(ann, MORNING, spaced);

        assertThat(mark(ann, MORNING.plusSeconds(59), spaced))
                .isEqualTo(new MarkDecision.TooSoon(MORNING.plusSeconds(60), first));
        assertThat(mark(ann, MORNING.plusSeconds(60), spaced)).isInstanceOf(MarkDecision.Marked.class);
    }

    @Test
    default void spacing_holdsAcrossMidnight() {
        UserId ann = enrolled();
        AttendancePolicy spaced = new AttendancePolicy(5, Duration.ofSeconds(60), UTC);
        Instant lastSecond = Instant.parse("2026-11-22T23:59:59Z");

        mark(ann, lastSecond, spaced);

        assertThat(mark(ann, lastSecond.plusSeconds(2), spaced)).isInstanceOf(MarkDecision.TooSoon.class);
    }

    @Test
    default void fiftyMarksAtOnce_leaveExactlyTwo() throws Exception {
        UserId ann = enrolled();
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            List<Future<MarkDecision>> decisions = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Instant at = MORNING.plusMillis(new Random(i).nextInt(1000));
                decisions.add(threads.submit(() -> mark(ann, at, TWO_A_DAY)));
            }
            int marked = 0;
            for (Future<MarkDecision> decision : decisions) {
                marked += decision.get() instanceof MarkDecision.Marked ? 1 : 0;
            }
            assertThat(marked).isEqualTo(2);
            assertThat(marksOf(ann, 0, 100))
                    .extracting(row -> row.mark().number())
                    .containsExactly(1, 2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void list_isFilteredAndPaged() {
        UserId ann = enrolled();
        AttendancePolicy many = new AttendancePolicy(10, Duration.ZERO, UTC);
        for (int day = 0; day < 4; day++) {
            mark(ann, MORNING.plus(Duration.ofDays(day)), many);
        }

        List<MarkOfPerson> firstTwo = marksOf(ann, 0, 2);
        List<MarkOfPerson> rest = marksOf(ann, firstTwo.get(1).mark().id(), 10);
        List<MarkOfPerson> middle =
                attendance().list(new Query(ann, LocalDate.of(2026, 11, 23), LocalDate.of(2026, 11, 24), 0, 10));

        assertThat(firstTwo).hasSize(2).allSatisfy(row -> assertThat(row.name()).isEqualTo("Ann"));
        assertThat(rest).hasSize(2);
        assertThat(middle)
                .extracting(row -> row.mark().workDate().getDayOfMonth())
                .containsExactly(23, 24);
        assertThat(firstTwo.get(0).confidence()).isEqualTo(0.9);
        assertThat(attendance().list(new Query(null, null, null, 0, 1001))).hasSizeGreaterThanOrEqualTo(4);
    }

    private UserId enrolled() {
        UserId userId = newUserId();
        Samples.enroll(people(), userId, 1);
        return userId;
    }

    private static AttendancePolicy oneADay(String zone) {
        return new AttendancePolicy(1, Duration.ZERO, ZoneId.of(zone));
    }

    private List<MarkOfPerson> marksOf(UserId person, long afterId, int limit) {
        return attendance().list(new Query(person, null, null, afterId, limit));
    }

    private Mark marked(UserId person, Instant at, AttendancePolicy policy) {
        return ((MarkDecision.Marked) mark(person, at, policy)).mark();
    }

    private MarkDecision mark(UserId person, Instant at, AttendancePolicy policy) {
        Marking marking = attendance().mark(Samples.request(person, at), policy);
        return ((Marking.Decided) marking).decision();
    }
}
