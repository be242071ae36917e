package dev.rollcall.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore.Circumstances;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.AttendanceStore.Standing;
import dev.rollcall.attendance.CorrectMarks.Addition;
import dev.rollcall.attendance.CorrectMarks.Change;
import dev.rollcall.attendance.CorrectMarks.Correcting;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.keys.By;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CorrectMarksTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final UserId ANN = new UserId("ann");
    private static final Reason WHY = new Reason("Forgot.");
    private static final Caller CALLER = Caller.SERVICE;

    /** A store with the mark 7 at the site gate, which notes what is wished and does nothing. */
    private static final class Wishes implements CorrectionStore {

        private final List<Wish> noted = new ArrayList<>();
        private String version = "1";

        @Override
        public Optional<VersionedMark> read(long id) {
            return id == 7 ? Optional.of(new VersionedMark(mark(), version)) : Optional.empty();
        }

        private static MarkOfPerson mark() {
            return new MarkOfPerson(
                    ANN,
                    "Ann",
                    new Mark(7, NOW, LocalDate.of(2026, 11, 22), 1, Direction.IN),
                    new Origin("gate", "kiosk", Source.DEVICE),
                    0.9,
                    null,
                    Circumstances.USUAL,
                    new Standing(MarkState.PRESENT, 1, Direction.IN, null, null, false));
        }

        @Override
        public Result correct(Wish wish, boolean needsApproval, By by) {
            noted.add(wish);
            return new Result.Not(new Problem.Conflict());
        }

        @Override
        public Optional<List<Event>> history(long id, long after, int limit) {
            return Optional.empty();
        }

        @Override
        public Decision decide(long requestId, boolean approve, @Nullable String reason, By by) {
            return new Decision.NoSuchRequest();
        }

        @Override
        public List<Request> requests(
                @Nullable RequestState state, @Nullable UserId userId, @Nullable Long before, int limit) {
            return List.of();
        }

        @Override
        public Undoing undo(long id, int seconds, String reason, By by) {
            return new Undoing.NoSuchMark();
        }
    }

    /** The site gate is where a day begins first, and every other where it begins last. */
    private record Far() implements AttendancePolicies {

        @Override
        public AttendancePolicy at(String site) {
            return new AttendancePolicy(
                    2, Duration.ZERO, ZoneId.of(site.equals("gate") ? "Pacific/Kiritimati" : "Pacific/Midway"));
        }

        @Override
        public String version() {
            return "1";
        }
    }

    private final Wishes store = new Wishes();
    private final CorrectMarks marks =
            new CorrectMarks(store, new Far(), new CorrectMarks.Rules(false, 10), Clock.fixed(NOW, ZoneId.of("UTC")));

    @Test
    void workDate_isThatOfTheSite() {
        add(NOW);
        change(NOW.minusSeconds(1));

        assertThat(store.noted)
                .containsExactly(
                        new CorrectionStore.Wish.Add(
                                ANN,
                                new CorrectionStore.NewMark(NOW, LocalDate.of(2026, 11, 22), Direction.IN, "default"),
                                WHY.text()),
                        new CorrectionStore.Wish.Replace(
                                7,
                                null,
                                new CorrectionStore.NewMark(
                                        NOW.minusSeconds(1), LocalDate.of(2026, 11, 23), null, "gate"),
                                WHY.text()));
    }

    @Test
    void time_isNeitherInTheFutureNorMoreThanAYearAgo() {
        for (Instant wrong :
                List.of(NOW.plusSeconds(31), NOW.minus(CorrectMarks.OLDEST).minusMillis(1))) {
            assertThat(code(add(wrong))).isEqualTo(Code.INVALID_REQUEST);
            assertThat(code(change(wrong))).isEqualTo(Code.INVALID_REQUEST);
        }
        assertThat(store.noted).isEmpty();
        for (Instant right : List.of(NOW.plusSeconds(30), NOW.minus(CorrectMarks.OLDEST))) {
            assertThat(code(add(right))).isEqualTo(Code.CONFLICT);
            assertThat(code(change(right))).isEqualTo(Code.CONFLICT);
        }
    }

    @Test
    void tag_isComparedHereAndTheVersionInTheStore() {
        String tag = marks.read(7).orElseThrow().tag();

        assertThat(code(marks.makeVoid(7, Set.of("other"), WHY, CALLER))).isEqualTo(Code.CONFLICT);
        assertThat(store.noted).isEmpty();
        marks.makeVoid(7, Set.of("other", tag), WHY, CALLER);
        marks.makeVoid(7, Set.of(), WHY, CALLER);

        assertThat(store.noted)
                .containsExactly(
                        new CorrectionStore.Wish.MakeVoid(7, "1", WHY.text()),
                        new CorrectionStore.Wish.MakeVoid(7, null, WHY.text()));
        store.version = "2";
        assertThat(marks.read(7).orElseThrow().tag())
                .isEqualTo("2.Pacific/Kiritimati")
                .isNotEqualTo(tag);
    }

    @Test
    void markThatIsNotThere_isNotFound() {
        assertThat(code(marks.makeVoid(8, Set.of("any"), WHY, CALLER))).isEqualTo(Code.MARK_NOT_FOUND);
        assertThat(code(marks.change(8, Set.of(), new Change(NOW.plusSeconds(99), null), WHY, CALLER)))
                .isEqualTo(Code.MARK_NOT_FOUND);
        assertThat(store.noted).isEmpty();
    }

    @Test
    void reason_hasThreeToFiveHundredCharactersOnOneLine() {
        assertThat(Reason.parse("  a b \t")).contains(new Reason("a b"));
        assertThat(Reason.parse("\ud83d\ude00".repeat(500))).isPresent();
        for (String wrong : List.of(
                "", "  ab  ", "a\nbc", "a\u2028bc", "a".repeat(501), "ab\ud800", "\u200b".repeat(3), "a\u202ebc")) {
            assertThat(Reason.parse(wrong)).as(wrong).isEmpty();
        }
    }

    private Correcting add(Instant at) {
        return marks.add(new Addition(ANN, at, Direction.IN, "default"), WHY, CALLER);
    }

    private Correcting change(Instant at) {
        return marks.change(7, Set.of(), new Change(at, null), WHY, CALLER);
    }

    private static Code code(Correcting correcting) {
        return ((Correcting.Refused) correcting).refusal().code();
    }
}
