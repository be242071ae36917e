package dev.rollcall.store.function;

import static java.util.Objects.requireNonNull;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.CorrectionStore;
import dev.rollcall.attendance.CorrectionStore.NewMark;
import dev.rollcall.attendance.CorrectionStore.Problem;
import dev.rollcall.attendance.CorrectionStore.Result;
import dev.rollcall.attendance.CorrectionStore.VersionedMark;
import dev.rollcall.attendance.CorrectionStore.Wish;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.audit.AuditStore.Entry;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.By;
import dev.rollcall.keys.Caller;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the contracts of corrections share. */
interface CorrectionFixture {

    AttendancePolicy MANY = new AttendancePolicy(100, Duration.ZERO, Samples.UTC);
    Instant MORNING = Samples.MORNING.truncatedTo(ChronoUnit.SECONDS);
    Caller ADMIN = new Caller("key-of-the-office", "request-7", "192.0.2.7");
    Caller OTHER_ADMIN = new Caller("key-of-the-boss", "request-8", "192.0.2.8");
    String WHY = "Forgot the card.";

    CorrectionStore corrections();

    AttendanceStore attendance();

    PeopleStore people();

    AuditStore audit();

    default UserId workingPerson() {
        UserId userId = Samples.newUserId();
        Samples.enroll(people(), userId, 1);
        return userId;
    }

    /** A mark of a device, at so many minutes after the morning. */
    default Mark marked(UserId person, int minutes) {
        return marked(person, minutes, null);
    }

    default Mark marked(UserId person, int minutes, @Nullable Direction direction) {
        MarkRequest plain = Samples.request(person, at(minutes));
        MarkRequest request =
                new MarkRequest(person, plain.at(), plain.origin(), requireNonNull(plain.evidence()), direction, null);
        Marking marking = attendance().mark(request, MANY);
        return ((MarkDecision.Marked) ((Marking.Decided) marking).decision()).mark();
    }

    /** A late mark of a person's device. */
    default Mark late(UserId person, Instant capturedAt, Instant receivedAt) {
        Marking marking = attendance().mark(Samples.late(person, capturedAt, receivedAt), MANY);
        return ((MarkDecision.Marked) ((Marking.Decided) marking).decision()).mark();
    }

    static Instant at(int minutes) {
        return MORNING.plus(Duration.ofMinutes(minutes));
    }

    static By by(Caller caller) {
        return new By(MORNING.plus(Duration.ofDays(1)), caller);
    }

    static NewMark mark(int minutes, @Nullable Direction direction) {
        Instant at = at(minutes);
        return new NewMark(at, MANY.workDate(at), direction, ApiKey.DEFAULT_SITE);
    }

    default Result add(UserId person, int minutes, Direction direction) {
        return corrections().correct(new Wish.Add(person, mark(minutes, direction), WHY), false, by(ADMIN));
    }

    default Result makeVoid(long id) {
        return corrections().correct(new Wish.MakeVoid(id, null, WHY), false, by(ADMIN));
    }

    default Result replace(long id, NewMark mark) {
        return corrections().correct(new Wish.Replace(id, null, mark, WHY), false, by(ADMIN));
    }

    static VersionedMark done(Result result) {
        if (result instanceof Result.Done done) {
            return done.mark();
        }
        throw new AssertionError(result.toString());
    }

    static Problem problem(Result result) {
        if (result instanceof Result.Not not) {
            return not.problem();
        }
        throw new AssertionError(result.toString());
    }

    default MarkOfPerson read(long id) {
        return corrections().read(id).orElseThrow().mark();
    }

    /** All marks of a person, also those that don't count. */
    default List<MarkOfPerson> allOf(UserId person) {
        return attendance().list(new AttendanceStore.Query(person, null, null, 0, 1000));
    }

    /** What the audit log has about a person's marks, oldest first. */
    default List<Entry> entriesOf(UserId person) {
        List<Entry> entries =
                new ArrayList<>(audit().list(new AuditStore.Query(null, person, null, null, null, null, null, 1000)));
        Collections.reverse(entries);
        entries.removeIf(entry -> !entry.action().matches("MARK_.*|CORRECTION_.*"));
        return entries;
    }
}
