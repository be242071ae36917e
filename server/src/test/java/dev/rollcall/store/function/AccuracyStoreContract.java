package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MODEL;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.Match;
import dev.rollcall.recognition.accuracy.AccuracyStore;
import dev.rollcall.recognition.accuracy.AccuracyStore.EnrolledTemplates;
import dev.rollcall.recognition.accuracy.AccuracyStore.Move;
import dev.rollcall.recognition.accuracy.AccuracyStore.SiteRow;
import dev.rollcall.recognition.accuracy.OwnMarks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store of the estimates of accuracy must do. */
interface AccuracyStoreContract {

    AccuracyStore accuracy();

    PeopleStore people();

    AttendanceStore attendance();

    AuditStore audit();

    @Test
    default void changeOfTemplates_isSeen() {
        long before = accuracy().sites().change();

        Samples.enroll(people(), newUserId(), 1);

        assertThat(accuracy().sites().change()).isGreaterThan(before);
    }

    @Test
    default void people_areListedOnceEachPageByPageWithTheirTemplates() {
        List<String> enrolled = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            UserId userId = newUserId();
            Samples.enroll(people(), userId, 10 + i);
            Samples.enroll(people(), userId, 20 + i);
            enrolled.add(userId.value());
        }
        List<EnrolledTemplates> all = new ArrayList<>();
        List<EnrolledTemplates> page;
        do {
            Long after = all.isEmpty() ? null : all.get(all.size() - 1).place();
            page = accuracy().people(MODEL, null, after, 2);
            all.addAll(page);
        } while (page.size() == 2);

        assertThat(all)
                .extracting(EnrolledTemplates::userId)
                .doesNotHaveDuplicates()
                .containsAll(enrolled);
        assertThat(all)
                .filteredOn(person -> person.userId().equals(enrolled.get(3)))
                .singleElement()
                .satisfies(person -> assertThat(person.templates().get(1).similarity(Samples.embedding(23)))
                        .isCloseTo(1, within(1e-4)));
        assertThat(accuracy().people("other@1", null, null, 2)).isEmpty();
    }

    @Test
    default void marks_areCountedBelowEachThreshold() {
        UserId ann = newUserId();
        Samples.enroll(people(), ann, 1);
        OwnMarks before = counted();
        for (double similarity : new double[] {0.5, 0.55, 0.7}) {
            Match match = new Match(ann, "Ann", 0.9, similarity, 0.8, null, null, false);
            attendance()
                    .mark(Samples.request(match, MORNING, null), new AttendancePolicy(9, Duration.ZERO, Samples.UTC));
        }

        OwnMarks after = counted();

        assertThat(after.marks() - before.marks()).isEqualTo(3);
        assertThat(after.people() - before.people()).isEqualTo(1);
        assertThat(marksMore(before, after)).containsExactly(0L, 1L, 2L, 3L);
        assertThat(after.below().get(1).people() - before.below().get(1).people())
                .isZero();
        assertThat(after.below().get(2).people() - before.below().get(2).people())
                .isEqualTo(1);
        assertThat(accuracy()
                        .marks("default", MORNING.plusSeconds(86_400), 1000, List.of(0.9))
                        .marks())
                .isLessThan(after.marks());
        assertThat(accuracy().marks("default", MORNING, 2, List.of(0.9)).marks())
                .isEqualTo(2);

        people().erase(ann, MORNING, KeptMarks.KEEP, CALLER);
        assertThat(counted().marks()).isEqualTo(before.marks());
    }

    private OwnMarks counted() {
        return accuracy()
                .marks(ApiKey.DEFAULT_SITE, MORNING.minusSeconds(60), 1_000_000, List.of(0.45, 0.52, 0.6, 0.8));
    }

    private static List<Long> marksMore(OwnMarks before, OwnMarks after) {
        List<Long> more = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            more.add(after.below().get(i).marks() - before.below().get(i).marks());
        }
        return more;
    }

    @Test
    default void threshold_movesOnceFromWhatItIsAndIsNoted() throws Exception {
        Double from = threshold();
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            Future<Boolean> one = both.submit(() -> accuracy().moveThreshold(move(from, 0.87, Duration.ZERO)));
            Future<Boolean> other = both.submit(() -> accuracy().moveThreshold(move(from, 0.87, Duration.ZERO)));
            assertThat(List.of(one.get(), other.get())).containsExactlyInAnyOrder(true, false);
        } finally {
            both.shutdown();
        }
        assertThat(threshold()).isEqualTo(0.87);
        assertThat(accuracy().moveThreshold(move(0.87, 0.88, Duration.ofHours(24))))
                .isFalse();
        assertThat(accuracy().moveThreshold(move(0.81, 0.88, Duration.ZERO))).isFalse();
        assertThat(accuracy().moveThreshold(move(0.87, 0.88, Duration.ZERO))).isTrue();
        assertThat(threshold()).isEqualTo(0.88);
        AuditStore.Entry noted = audit().list(
                        new AuditStore.Query("THRESHOLD_CHANGED", null, null, null, null, null, null, 1))
                .get(0);
        assertThat(noted.details()).contains("\"site\":\"default\"", "\"old\":0.8", "\"new\":0.88", "\"people\":30");
        assertThat(noted.keyId()).isEqualTo(CALLER.keyId());
    }

    private @Nullable Double threshold() {
        for (SiteRow site : accuracy().sites().sites()) {
            if (site.site().equals(ApiKey.DEFAULT_SITE)) {
                return site.threshold();
            }
        }
        throw new AssertionError("the site default is missing");
    }

    private static Move move(@Nullable Double from, double to, Duration unchangedFor) {
        return new Move(
                ApiKey.DEFAULT_SITE,
                from,
                to,
                unchangedFor,
                MORNING,
                CALLER,
                Map.of("old", from == null ? 0.8 : from, "people", 30));
    }
}
