package dev.rollcall.store.function;

import static dev.rollcall.store.function.CorrectionFixture.at;
import static dev.rollcall.store.function.CorrectionFixture.by;
import static dev.rollcall.store.function.CorrectionFixture.done;
import static dev.rollcall.store.function.CorrectionFixture.mark;
import static dev.rollcall.store.function.CorrectionFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.attendance.CorrectionStore.Action;
import dev.rollcall.attendance.CorrectionStore.Decision;
import dev.rollcall.attendance.CorrectionStore.Event;
import dev.rollcall.attendance.CorrectionStore.NewMark;
import dev.rollcall.attendance.CorrectionStore.Problem;
import dev.rollcall.attendance.CorrectionStore.Proposed;
import dev.rollcall.attendance.CorrectionStore.Request;
import dev.rollcall.attendance.CorrectionStore.RequestState;
import dev.rollcall.attendance.CorrectionStore.Result;
import dev.rollcall.attendance.CorrectionStore.VersionedMark;
import dev.rollcall.attendance.CorrectionStore.Wish;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.audit.AuditStore.Entry;
import dev.rollcall.keys.Caller;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Corrections that another administrator must approve. */
interface CorrectionReviewContract extends CorrectionFixture {

    @Test
    default void wishThatNeedsApproval_changesNothingYet() {
        UserId ann = workingPerson();
        Mark old = marked(ann, 0);

        Request request = wished(new Wish.Replace(old.id(), null, mark(5, Direction.OUT), WHY));

        assertThat(request.state()).isEqualTo(RequestState.PENDING);
        assertThat(request.action()).isEqualTo(Action.REPLACED);
        assertThat(request.userId()).isEqualTo(ann);
        assertThat(request.name()).isEqualTo("Ann");
        assertThat(request.mark()).isEqualTo(old.id());
        assertThat(request.proposed()).isEqualTo(new Proposed(at(5), MANY.workDate(at(5)), Direction.OUT, "default"));
        assertThat(request.asked().keyId()).isEqualTo(ADMIN.keyId());
        assertThat(request.asked().reason()).isEqualTo(WHY);
        assertThat(request.decided()).isNull();
        assertThat(allOf(ann)).singleElement().satisfies(row -> {
            assertThat(row.mark()).isEqualTo(old);
            assertThat(row.standing().state()).isEqualTo(MarkState.PRESENT);
            assertThat(row.standing().correctionPending()).isTrue();
        });
        assertThat(entriesOf(ann)).extracting(Entry::action).containsExactly("CORRECTION_REQUESTED");
    }

    @Test
    default void approvedWish_isCarriedOutForBothKeys() {
        UserId ann = workingPerson();
        Request request = wished(new Wish.Add(ann, mark(0, Direction.IN), WHY));

        Decision.Decided decided = (Decision.Decided) decide(request, true, OTHER_ADMIN);

        assertThat(decided.request().state()).isEqualTo(RequestState.APPROVED);
        assertThat(Objects.requireNonNull(decided.request().decided()).keyId()).isEqualTo(OTHER_ADMIN.keyId());
        VersionedMark made = Objects.requireNonNull(decided.mark());
        assertThat(made.mark().mark().markedAt()).isEqualTo(at(0));
        assertThat(made.mark().origin().keyId()).isEqualTo(ADMIN.keyId());
        Event added = corrections()
                .history(made.mark().mark().id(), 0, 5)
                .orElseThrow()
                .get(0);
        assertThat(added.keyId()).isEqualTo(ADMIN.keyId());
        assertThat(added.approvedBy()).isEqualTo(OTHER_ADMIN.keyId());
        assertThat(entriesOf(ann)).extracting(Entry::action).containsExactly("CORRECTION_REQUESTED", "MARK_ADDED");
        assertThat(entriesOf(ann).get(1).details())
                .contains("\"requested_by\":\"" + ADMIN.keyId() + "\"", "\"request\":" + request.id());
        assertThat(decide(request, true, OTHER_ADMIN)).isEqualTo(new Decision.AlreadyDecided(decided.request()));
    }

    @Test
    default void whoAsked_canWithdrawButNotApprove() {
        UserId ann = workingPerson();
        Request request = wished(new Wish.MakeVoid(marked(ann, 0).id(), null, WHY));

        assertThat(decide(request, true, ADMIN)).isEqualTo(new Decision.SameKey());
        assertThat(allOf(ann).get(0).standing().state()).isEqualTo(MarkState.PRESENT);
        assertThat(decide(request, true, OTHER_ADMIN)).isInstanceOf(Decision.Decided.class);
        assertThat(allOf(ann).get(0).standing().state()).isEqualTo(MarkState.VOIDED);

        Request mistaken = wished(new Wish.MakeVoid(marked(ann, 1).id(), null, WHY));
        assertThat(decide(mistaken, false, ADMIN)).isInstanceOf(Decision.Decided.class);
        assertThat(allOf(ann).get(1).standing().state()).isEqualTo(MarkState.PRESENT);
    }

    @Test
    default void secondWishForAMarkOfTheSameTime_waitsForTheFirst() {
        UserId ann = workingPerson();
        Wish arrival = new Wish.Add(ann, mark(7, Direction.IN), WHY);
        Request request = wished(arrival);

        assertThat(problem(corrections().correct(arrival, true, by(OTHER_ADMIN))))
                .isEqualTo(new Problem.Pending(request.id()));
        assertThat(corrections().correct(new Wish.Add(ann, mark(8, Direction.IN), WHY), true, by(ADMIN)))
                .isInstanceOf(Result.Waiting.class);
    }

    @Test
    default void rejectedWish_changesNothingAndFreesTheMark() {
        UserId ann = workingPerson();
        Mark old = marked(ann, 0);
        Request request = wished(new Wish.MakeVoid(old.id(), null, WHY));

        assertThat(problem(corrections().correct(new Wish.MakeVoid(old.id(), null, WHY), true, by(OTHER_ADMIN))))
                .isEqualTo(new Problem.Pending(request.id()));
        assertThat(problem(makeVoid(old.id()))).isEqualTo(new Problem.Pending(request.id()));
        Decision.Decided decided = (Decision.Decided) decide(request, false, OTHER_ADMIN);

        assertThat(decided.mark()).isNull();
        assertThat(decided.request().state()).isEqualTo(RequestState.REJECTED);
        assertThat(Objects.requireNonNull(decided.request().decided()).reason()).isEqualTo("As I see it.");
        assertThat(read(old.id()).standing().correctionPending()).isFalse();
        assertThat(entriesOf(ann))
                .extracting(Entry::action)
                .containsExactly("CORRECTION_REQUESTED", "CORRECTION_REJECTED");
        wished(new Wish.MakeVoid(old.id(), null, WHY));
    }

    @Test
    default void wishThatCannotBeCarriedOut_stillWaits() {
        UserId ann = workingPerson();
        Request request = wished(new Wish.Add(ann, mark(0, Direction.IN), WHY));
        long there = marked(ann, 0).id();

        assertThat(decide(request, true, OTHER_ADMIN)).isEqualTo(new Decision.Not(new Problem.MarkExists(there)));
        assertThat(corrections().requests(RequestState.PENDING, ann, null, 10)).containsExactly(request);
        assertThat(decide(request, false, OTHER_ADMIN)).isInstanceOf(Decision.Decided.class);
        assertThat(corrections().decide(Long.MAX_VALUE, true, null, by(OTHER_ADMIN)))
                .isEqualTo(new Decision.NoSuchRequest());
    }

    @Test
    default void tenWhoDecideAtOnce_carryItOutOnce() throws Exception {
        UserId ann = workingPerson();
        Request request = wished(new Wish.Replace(marked(ann, 0).id(), null, mark(7, null), WHY));
        ExecutorService threads = Executors.newFixedThreadPool(10);
        try {
            List<Future<Decision>> decisions = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                boolean approves = i % 2 == 0;
                decisions.add(threads.submit(() -> decide(request, approves, OTHER_ADMIN)));
            }
            int decided = 0;
            for (Future<Decision> decision : decisions) {
                decided += decision.get() instanceof Decision.Decided ? 1 : 0;
            }
            assertThat(decided).isEqualTo(1);
            assertThat(allOf(ann)).hasSizeBetween(1, 2);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void requests_areListedTheLatestFirst() {
        UserId ann = workingPerson();
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            requests.add(0, wished(new Wish.Add(ann, mark(i, Direction.IN), WHY)));
        }

        assertThat(corrections().requests(null, ann, null, 10)).isEqualTo(requests);
        assertThat(corrections().requests(null, ann, null, 1)).isEqualTo(requests.subList(0, 1));
        assertThat(corrections().requests(null, ann, requests.get(0).id(), 1)).isEqualTo(requests.subList(1, 2));
        decide(requests.get(1), true, OTHER_ADMIN);
        assertThat(corrections().requests(RequestState.PENDING, ann, null, 10))
                .containsExactly(requests.get(0), requests.get(2));
        assertThat(corrections().requests(RequestState.APPROVED, ann, null, 10)).hasSize(1);
    }

    @Test
    default void requestsOfAnErasedPerson_areRemoved() {
        UserId ann = workingPerson();
        Request request = wished(new Wish.MakeVoid(marked(ann, 0).id(), null, WHY));
        decide(wished(new Wish.Add(ann, mark(3, Direction.IN), WHY)), true, OTHER_ADMIN);

        people().erase(ann, MORNING, KeptMarks.KEEP, ADMIN);

        assertThat(corrections().requests(null, ann, null, 10)).isEmpty();
        assertThat(decide(request, true, OTHER_ADMIN)).isEqualTo(new Decision.NoSuchRequest());
        assertThat(allOf(ann)).hasSize(2);
    }

    @Test
    default void personsExport_hasCorrectionsAndRequests() throws Exception {
        UserId ann = workingPerson();
        Mark old = marked(ann, 0);
        done(replace(old.id(), new NewMark(null, null, Direction.OUT, null)));
        wished(new Wish.Add(ann, mark(3, Direction.IN), WHY));

        String held = people().export(ann, MORNING, ADMIN).orElseThrow();

        JsonNode json = new ObjectMapper().readTree(held);
        assertThat(json.at("/corrections/0/old_mark").asLong()).isEqualTo(old.id());
        assertThat(json.at("/correction_requests/0/reason").asText()).isEqualTo(WHY);
        assertThat(json.at("/attendance/1/direction_given").asBoolean()).isTrue();
    }

    private Request wished(Wish wish) {
        return ((Result.Waiting) corrections().correct(wish, true, by(ADMIN))).request();
    }

    private Decision decide(Request request, boolean approve, Caller caller) {
        return corrections().decide(request.id(), approve, "As I see it.", by(caller));
    }
}
