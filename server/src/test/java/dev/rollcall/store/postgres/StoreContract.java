package dev.rollcall.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.engine.Embedding;
import dev.rollcall.people.Person;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import dev.rollcall.usecase.AttendanceStore;
import dev.rollcall.usecase.AttendanceStore.Evidence;
import dev.rollcall.usecase.AttendanceStore.MarkOfPerson;
import dev.rollcall.usecase.AttendanceStore.MarkRequest;
import dev.rollcall.usecase.AttendanceStore.Query;
import dev.rollcall.usecase.PeopleStore;
import dev.rollcall.usecase.PeopleStore.NewTemplate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store must do. */
abstract class StoreContract {

    private static final String MODEL = "face-embedder@test";
    private static final Instant MORNING = Instant.parse("2026-11-22T08:00:00.123456Z");
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Evidence EVIDENCE = new Evidence(0.9, 0.6, 0.7);
    private static final AttendancePolicy TWO_A_DAY = new AttendancePolicy(2, Duration.ZERO, UTC);

    private final UserId userId = new UserId("u-" + UUID.randomUUID());

    abstract PeopleStore people();

    abstract AttendanceStore attendance();

    @Test
    void unknownPerson_isNotFoundAndNotMarked() {
        assertThat(people().find(userId, MODEL)).isEmpty();
        assertThat(mark(MORNING, TWO_A_DAY)).isInstanceOf(MarkDecision.UnknownPerson.class);
    }

    @Test
    void enrolledPerson_isFoundWithTemplatesOfTheModelAlone() {
        enroll(1, "Ann", false);

        Person found = people().find(userId, MODEL).orElseThrow();

        assertThat(found.name()).isEqualTo("Ann");
        assertThat(found.templates()).hasSize(1);
        assertThat(found.templates().get(0).similarity(embedding(1))).isGreaterThan(0.9999);
        assertThat(people().find(userId, "other@model").orElseThrow().templates())
                .isEmpty();
    }

    @Test
    void furtherTemplate_isAddedUntilTheOldestGoes() {
        assertThat(enroll(1, "Ann", false)).isEqualTo(1);
        assertThat(enroll(2, "Ann", false)).isEqualTo(2);
        assertThat(enroll(3, "Ann B.", false)).isEqualTo(3);
        assertThat(enroll(4, "Ann B.", false)).isEqualTo(3);

        Person found = people().find(userId, MODEL).orElseThrow();

        assertThat(found.name()).isEqualTo("Ann B.");
        assertThat(found.templates().get(0).similarity(embedding(2))).isGreaterThan(0.9999);
        assertThat(found.templates().get(2).similarity(embedding(4))).isGreaterThan(0.9999);
    }

    @Test
    void replacement_leavesOneTemplate() {
        enroll(1, "Ann", false);
        enroll(2, "Ann", false);

        assertThat(enroll(3, "Ann", true)).isEqualTo(1);
    }

    @Test
    void everyTemplate_isShownWithItsOwner() {
        enroll(1, "Ann", false);
        enroll(2, "Ann", false);
        List<Embedding> seen = new ArrayList<>();

        people().forEachTemplate(MODEL, (owner, template) -> {
            if (owner.equals(userId)) {
                seen.add(template);
            }
        });

        assertThat(seen).hasSize(2);
    }

    @Test
    void marksOfADay_alternateAndEnd() {
        enroll(1, "Ann", false);

        MarkDecision.Marked first = (MarkDecision.Marked) mark(MORNING, TWO_A_DAY);
        MarkDecision.Marked second = (MarkDecision.Marked) mark(MORNING.plusSeconds(1), TWO_A_DAY);
        MarkDecision.DailyLimitReached third = (MarkDecision.DailyLimitReached) mark(MORNING.plusSeconds(2), TWO_A_DAY);

        assertThat(first.mark().direction()).isEqualTo(Direction.IN);
        assertThat(first.remainingToday()).isEqualTo(1);
        assertThat(second.mark().direction()).isEqualTo(Direction.OUT);
        assertThat(second.mark().number()).isEqualTo(2);
        assertThat(second.remainingToday()).isZero();
        assertThat(third.marks()).containsExactly(first.mark(), second.mark());
    }

    @Test
    void refusalOfALongDay_listsTheLatestTenMarks() {
        enroll(1, "Ann", false);
        AttendancePolicy many = new AttendancePolicy(12, Duration.ZERO, UTC);
        for (int i = 0; i < 12; i++) {
            mark(MORNING.plusSeconds(i), many);
        }

        assertThat(((MarkDecision.DailyLimitReached) mark(MORNING.plusSeconds(12), many)).marks())
                .extracting(Mark::number)
                .containsExactly(3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    @Test
    void nextWorkDate_startsAgainWithAnArrival() {
        enroll(1, "Ann", false);
        AttendancePolicy inBerlin = new AttendancePolicy(1, Duration.ZERO, ZoneId.of("Europe/Berlin"));
        Instant beforeMidnight = Instant.parse("2026-11-22T22:59:59Z");

        Mark before = ((MarkDecision.Marked) mark(beforeMidnight, inBerlin)).mark();
        Mark after = ((MarkDecision.Marked) mark(beforeMidnight.plusSeconds(1), inBerlin)).mark();

        assertThat(before.workDate()).isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(after.workDate()).isEqualTo(LocalDate.of(2026, 11, 23));
        assertThat(after.number()).isEqualTo(1);
        assertThat(after.direction()).isEqualTo(Direction.IN);
    }

    @Test
    void secondMarkWithinSpacing_isRefused() {
        enroll(1, "Ann", false);
        AttendancePolicy spaced = new AttendancePolicy(5, Duration.ofSeconds(60), UTC);

        mark(MORNING, spaced);

        assertThat(mark(MORNING.plusSeconds(59), spaced)).isEqualTo(new MarkDecision.TooSoon(MORNING.plusSeconds(60)));
        assertThat(mark(MORNING.plusSeconds(60), spaced)).isInstanceOf(MarkDecision.Marked.class);
    }

    @Test
    void fiftyMarksAtOnce_leaveExactlyTwo() throws Exception {
        enroll(1, "Ann", false);
        ExecutorService threads = Executors.newFixedThreadPool(50);
        try {
            List<Future<MarkDecision>> decisions = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Instant at = MORNING.plusMillis(new Random(i).nextInt(1000));
                decisions.add(threads.submit(() -> mark(at, TWO_A_DAY)));
            }
            int marked = 0;
            for (Future<MarkDecision> decision : decisions) {
                marked += decision.get() instanceof MarkDecision.Marked ? 1 : 0;
            }
            assertThat(marked).isEqualTo(2);
            assertThat(marksOf(userId, 0, 100))
                    .extracting(row -> row.mark().number())
                    .containsExactly(1, 2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void list_isFilteredAndPaged() {
        enroll(1, "Ann", false);
        AttendancePolicy many = new AttendancePolicy(10, Duration.ZERO, UTC);
        for (int day = 0; day < 4; day++) {
            mark(MORNING.plus(Duration.ofDays(day)), many);
        }

        List<MarkOfPerson> firstTwo = marksOf(userId, 0, 2);
        List<MarkOfPerson> rest = marksOf(userId, firstTwo.get(1).mark().id(), 10);
        List<MarkOfPerson> middle =
                attendance().list(new Query(userId, LocalDate.of(2026, 11, 23), LocalDate.of(2026, 11, 24), 0, 10));

        assertThat(firstTwo).hasSize(2).allSatisfy(row -> assertThat(row.name()).isEqualTo("Ann"));
        assertThat(rest).hasSize(2);
        assertThat(middle)
                .extracting(row -> row.mark().workDate().getDayOfMonth())
                .containsExactly(23, 24);
        assertThat(firstTwo.get(0).mark().markedAt()).isEqualTo(MORNING);
        assertThat(attendance().list(new Query(null, null, null, 0, 1000))).hasSizeGreaterThanOrEqualTo(4);
    }

    private List<MarkOfPerson> marksOf(UserId person, long afterId, int limit) {
        return attendance().list(new Query(person, null, null, afterId, limit));
    }

    private MarkDecision mark(Instant at, AttendancePolicy policy) {
        return attendance().mark(new MarkRequest(userId, at, EVIDENCE), policy);
    }

    private int enroll(int seed, String name, boolean replace) {
        return people().enroll(new NewTemplate(
                userId, new PersonName(name), MODEL, embedding(seed), 3.5f, MORNING, replace, 3));
    }

    private static Embedding embedding(int seed) {
        Random random = new Random(seed);
        float[] vector = new float[Embedding.DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Embedding.normalized(vector);
    }
}
