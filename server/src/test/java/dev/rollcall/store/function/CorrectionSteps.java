package dev.rollcall.store.function;

import static dev.rollcall.store.function.CorrectionAnswers.NO_ID;
import static dev.rollcall.store.function.CorrectionAnswers.withoutVersion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore.Circumstances;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.CorrectionStore.Action;
import dev.rollcall.attendance.CorrectionStore.Decision;
import dev.rollcall.attendance.CorrectionStore.NewMark;
import dev.rollcall.attendance.CorrectionStore.Proposed;
import dev.rollcall.attendance.CorrectionStore.Request;
import dev.rollcall.attendance.CorrectionStore.Result;
import dev.rollcall.attendance.CorrectionStore.Undoing;
import dev.rollcall.attendance.CorrectionStore.VersionedMark;
import dev.rollcall.attendance.CorrectionStore.Wish;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.keys.By;
import dev.rollcall.keys.Caller;
import dev.rollcall.people.UserId;
import dev.rollcall.store.function.CorrectionStep.Operation;
import dev.rollcall.store.function.CorrectionStep.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries steps out on the stores, and compares each answer, and what is listed then, with what is expected. */
final class CorrectionSteps {

    private static final List<Caller> ADMINS = List.of(CorrectionFixture.ADMIN, CorrectionFixture.OTHER_ADMIN);
    private static final int UNDO_SECONDS = 60;
    private static final int ALL = 1000;

    private final CorrectionFixture stores;
    private final List<String> sites;
    private final Map<String, AttendancePolicy> policies;
    private final UserId person;
    private final ExpectedMarks marks;
    private final ExpectedHistory history;
    private final ExpectedCorrections expected;
    private final Map<Long, VersionedMark> seen = new HashMap<>();
    private List<MarkOfPerson> rows = List.of();
    private Instant now;
    private int steps;

    CorrectionSteps(CorrectionFixture stores, Map<String, AttendancePolicy> policies, Instant start) {
        this.stores = stores;
        this.policies = policies;
        this.sites = policies.keySet().stream().sorted().toList();
        this.person = stores.workingPerson();
        this.marks = new ExpectedMarks(policies);
        this.history = new ExpectedHistory(person, marks);
        this.expected = new ExpectedCorrections(person, marks, history);
        this.now = start;
    }

    /** What was done, and a name of what became of it. */
    record Outcome(Operation operation, String name) {}

    /** Carries a step out; where there is no mark to be corrected or request to be decided, one that makes such a thing. */
    Outcome carryOut(CorrectionStep wanted) {
        CorrectionStep step = possible(wanted);
        now = now.plus(step.later());
        steps++;
        List<MarkOfPerson> before = rows;
        String outcome = outcome(step);
        rows = stores.allOf(person);
        assertThat(rows).as("marks after %s", step).isEqualTo(history.rows());
        new MarkInvariants(rows, policies).hold(before);
        assertThat(stores.corrections().requests(null, person, null, ALL))
                .as("requests after %s", step)
                .isEqualTo(expected.requests());
        return new Outcome(step.operation(), outcome);
    }

    private CorrectionStep possible(CorrectionStep step) {
        return switch (step.operation()) {
            case MARK, LATE, ADD -> step;
            case VOID, REPLACE, UNDO, ASK -> rows.isEmpty() ? step.as(Operation.MARK) : step;
            case APPROVE, REJECT -> expected.requests().isEmpty() ? possible(step.as(Operation.ASK)) : step;
        };
    }

    /** Compares the histories of all marks, and what the audit log has of their corrections. */
    void compareHistories() {
        rows.forEach(row -> compareHistory(row.mark().id()));
        assertThat(stores.entriesOf(person).stream().map(CorrectionAnswers::noted))
                .as("audit log")
                .containsExactlyElementsOf(expected.noted());
    }

    private void compareHistory(long id) {
        assertThat(stores.corrections().history(id, 0, ALL))
                .as("history of mark %d", id)
                .hasValue(history.history(id));
    }

    private String outcome(CorrectionStep step) {
        return switch (step.operation()) {
            case MARK, LATE -> mark(step);
            case UNDO -> undo(step);
            case APPROVE, REJECT -> decide(step);
            case ADD, VOID, REPLACE, ASK -> correct(wish(step), step);
        };
    }

    private String mark(CorrectionStep step) {
        boolean late = step.operation() == Operation.LATE;
        String site = sites.get(step.site());
        Duration ago = step.details().ago();
        Instant at = late && !ago.isNegative() ? now.minus(ago) : now;
        MarkRequest request = new MarkRequest(
                person,
                at,
                new Origin(site, device(site).keyId(), late ? Source.LATE : Source.DEVICE),
                Samples.request(person, at).evidence(),
                step.details().direction(),
                null,
                new Circumstances(late ? now : null, false));
        Marking marking = stores.attendance().mark(request, policy(site));
        MarkDecision decision = ((Marking.Decided) marking).decision();
        long id = decision instanceof MarkDecision.Marked marked ? marked.mark().id() : NO_ID;
        assertThat(decision).as("%s", step).isEqualTo(marks.decide(request, id));
        if (id != NO_ID) {
            compareHistory(id);
        }
        return CorrectionAnswers.name(decision);
    }

    private Wish wish(CorrectionStep step) {
        String reason = "Reason of step " + steps + ".";
        Action action =
                switch (step.operation()) {
                    case ADD -> Action.ADDED;
                    case VOID -> Action.VOIDED;
                    case REPLACE -> Action.REPLACED;
                    default -> step.details().asked();
                };
        if (action == Action.ADDED) {
            Direction said = step.details().direction();
            Direction direction = said == null ? Direction.OUT : said;
            return new Wish.Add(person, newMark(time(step), sites.get(step.site()), direction), reason);
        }
        MarkOfPerson old = picked(rows, step.which());
        long id = old.mark().id();
        String version = version(id, step.other());
        return action == Action.VOIDED
                ? new Wish.MakeVoid(id, version, reason)
                : new Wish.Replace(id, version, replacement(step, old), reason);
    }

    private NewMark replacement(CorrectionStep step, MarkOfPerson old) {
        Direction direction = step.details().direction();
        return step.details().time() == Time.AS_IT_IS
                ? new NewMark(null, null, direction, null)
                : newMark(time(step), old.origin().site(), direction);
    }

    private Instant time(CorrectionStep step) {
        Time time = step.details().time();
        if (time == Time.OF_ANOTHER_MARK && !rows.isEmpty()) {
            return picked(rows, step.which() + 1).mark().markedAt();
        }
        Optional<Instant> asked = expected.requests().stream()
                .map(Request::proposed)
                .filter(Objects::nonNull)
                .map(Proposed::at)
                .findFirst();
        return time == Time.OF_A_REQUEST && asked.isPresent()
                ? asked.get()
                : now.minus(step.details().ago());
    }

    private NewMark newMark(Instant at, String site, @Nullable Direction direction) {
        return new NewMark(at, policy(site).workDate(at), direction, site);
    }

    /** The version of a mark when it was looked up first, or null for no version. */
    private @Nullable String version(long id, boolean named) {
        VersionedMark mark = stores.corrections().read(id).orElseThrow();
        seen.putIfAbsent(id, mark);
        VersionedMark first = Objects.requireNonNull(seen.get(id));
        expected.saw(first);
        return named ? first.version() : null;
    }

    private String correct(Wish wish, CorrectionStep step) {
        By by = new By(now, ADMINS.get(step.site()));
        boolean asks = step.operation() == Operation.ASK;
        Result result = withoutVersion(stores.corrections().correct(wish, asks, by));
        long id = CorrectionAnswers.id(result);
        assertThat(result).as("%s", step).isEqualTo(expected.correct(wish, asks, by, id));
        if (result instanceof Result.Done) {
            compareHistory(id);
        }
        return CorrectionAnswers.name(result);
    }

    /** Decides about a request that waits, if there is one, with another key than that which has asked, or with the same. */
    private String decide(CorrectionStep step) {
        List<Request> waitingFirst = expected.requests().stream()
                .sorted(Comparator.comparing(Request::state))
                .toList();
        Request request = waitingFirst.get(step.which() % waitingFirst.size());
        boolean approves = step.operation() == Operation.APPROVE;
        boolean firstAsked = request.asked().keyId().equals(ADMINS.get(0).keyId());
        By by = new By(now, ADMINS.get(firstAsked == step.other() ? 0 : 1));
        String reason = step.details().direction() == null ? null : "Decision of step " + steps + ".";
        Decision decision = withoutVersion(stores.corrections().decide(request.id(), approves, reason, by));
        long id = CorrectionAnswers.id(decision);
        assertThat(decision).as("%s", step).isEqualTo(expected.decide(request.id(), approves, reason, by, id));
        if (id != NO_ID) {
            compareHistory(id);
        }
        return CorrectionAnswers.name(decision);
    }

    private String undo(CorrectionStep step) {
        List<MarkOfPerson> byRules =
                rows.stream().filter(MarkInvariants::isByRules).toList();
        MarkOfPerson picked = picked(step.other() || byRules.isEmpty() ? rows : byRules, step.which());
        long id = picked.mark().id();
        By by = new By(
                now,
                device(step.other() ? sites.get(step.site()) : picked.origin().site()));
        String reason = "Taken back in step " + steps + ".";
        Undoing undoing = withoutVersion(stores.corrections().undo(id, UNDO_SECONDS, reason, by));
        assertThat(undoing).as("%s", step).isEqualTo(expected.undo(id, UNDO_SECONDS, reason, by));
        compareHistory(id);
        return CorrectionAnswers.name(undoing);
    }

    private static MarkOfPerson picked(List<MarkOfPerson> marks, int which) {
        return marks.get(marks.size() - 1 - which % marks.size());
    }

    private AttendancePolicy policy(String site) {
        return Objects.requireNonNull(policies.get(site));
    }

    private static Caller device(String site) {
        return new Caller("gate-of-" + site, "request-9", "192.0.2.9", site);
    }
}
