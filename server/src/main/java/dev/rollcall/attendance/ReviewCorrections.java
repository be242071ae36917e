package dev.rollcall.attendance;

import dev.rollcall.attendance.CorrectionStore.Decision;
import dev.rollcall.attendance.CorrectionStore.Request;
import dev.rollcall.attendance.CorrectionStore.RequestState;
import dev.rollcall.attendance.CorrectionStore.VersionedMark;
import dev.rollcall.keys.By;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Page;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The use cases of corrections that wait for another administrator: list, approve, reject. Safe for use by several threads. */
public final class ReviewCorrections {

    private final CorrectionStore store;
    private final AttendancePolicies policies;
    private final Clock clock;

    public ReviewCorrections(CorrectionStore store, AttendancePolicies policies, Clock clock) {
        this.store = store;
        this.policies = policies;
        this.clock = clock;
    }

    /**
     * Which requests are listed; null doesn't restrict.
     *
     * @param before only requests with a smaller id
     */
    public record Query(
            @Nullable RequestState state,
            @Nullable UserId userId,
            @Nullable Long before,
            int limit) {}

    /** What became of an approval or a rejection. */
    public sealed interface Deciding {

        /** The request, and the mark that was made or voided if it was approved. */
        record Decided(Request request, @Nullable ShownMark mark) implements Deciding {}

        /** Nothing was written. */
        record Refused(Refusal refusal) implements Deciding {}
    }

    /** A page of requests, the latest first. */
    public Page<Request> page(Query query) {
        List<Request> oneMore = store.requests(query.state(), query.userId(), query.before(), query.limit() + 1);
        return Page.of(oneMore, query.limit(), Request::id);
    }

    /** Carries a correction out that somebody else asked for. */
    public Deciding approve(long id, @Nullable Reason reason, Caller caller) {
        return deciding(store.decide(id, true, text(reason), new By(clock.instant(), caller)));
    }

    /** Rejects a correction; who asked for it withdraws it so. */
    public Deciding reject(long id, @Nullable Reason reason, Caller caller) {
        return deciding(store.decide(id, false, text(reason), new By(clock.instant(), caller)));
    }

    private static @Nullable String text(@Nullable Reason reason) {
        return reason == null ? null : reason.text();
    }

    private Deciding deciding(Decision decision) {
        if (decision instanceof Decision.Decided decided) {
            VersionedMark mark = decided.mark();
            return new Deciding.Decided(decided.request(), mark == null ? null : ShownMark.of(mark, policies));
        }
        if (decision instanceof Decision.AlreadyDecided already) {
            return new Deciding.Refused(CorrectionRefusals.alreadyDecided(already.request()));
        }
        if (decision instanceof Decision.Not not) {
            return new Deciding.Refused(CorrectionRefusals.of(not.problem()));
        }
        return new Deciding.Refused(
                decision instanceof Decision.SameKey
                        ? CorrectionRefusals.sameKey()
                        : CorrectionRefusals.noSuchRequest());
    }
}
