package dev.rollcall.recognition;

import dev.rollcall.attendance.AttendancePolicies;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.audit.RefusalLog;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.pins.Pin;
import dev.rollcall.pins.Pins;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.RecognizePerson.Result;
import java.time.Clock;
import java.util.Optional;

/**
 * The use case of marks by number and PIN, for people whose face fails: checks the PIN, and writes the mark by the same rules as every
 * other. Safe for use by several threads.
 */
public final class MarkByPin {

    private final Stores stores;
    private final SiteAnalysis sites;
    private final MarkOnce marks;

    public MarkByPin(Stores stores, SiteAnalysis sites, AttendancePolicies policies, Clock clock) {
        this.stores = stores;
        this.sites = sites;
        this.marks = new MarkOnce(stores.attendance(), stores.answers(), policies, clock);
    }

    /** What marks by PIN read and write. */
    public record Stores(Pins pins, AttendanceStore attendance, AnswerStore answers, RefusalLog refusals) {}

    /**
     * A request for a mark.
     *
     * @param site the site of the mark
     * @param details what the request says about the mark; never of an earlier time
     * @param attempt the idempotency key, as of {@link RecognizePerson.Request}; its fingerprint doesn't have the PIN, which could be
     *     found out from it
     */
    public record Request(UserId userId, Pin pin, String site, MarkDetails details, Optional<Attempt> attempt) {}

    /**
     * Checks a PIN and writes a mark. A refusal is written to the audit log. A repetition under a key returns the kept answer before
     * anything else, and doesn't count as an attempt.
     */
    public Result mark(Request request, Caller caller) {
        return request.attempt().isEmpty()
                ? markOnce(request, caller)
                : marks.runAfterFirst(request.attempt().get(), () -> marks.replay(
                                request.attempt().get(), request.site())
                        .map(Outcome::result)
                        .orElseGet(() -> markOnce(request, caller)));
    }

    private Result markOnce(Request request, Caller caller) {
        Outcome outcome =
                marks.keptIfRefused(checked(request, caller), request.attempt(), request.userId(), request.site());
        if (outcome.result() instanceof Result.Refused refused
                && !outcome.replayed()
                && refused.refusal().code() != Code.RATE_LIMITED) {
            stores.refusals().recognition(request.userId(), refused.refusal(), caller);
        }
        return outcome.result();
    }

    private Outcome checked(Request request, Caller caller) {
        Optional<Refusal> closed = sites.refusal(request.site()).or(() -> sites.pinRefused(request.site()));
        if (closed.isPresent()) {
            return Outcome.refused(closed.get());
        }
        Pins.Checked checked = stores.pins().check(request.userId(), request.pin(), request.site(), caller);
        if (checked instanceof Pins.Checked.Refused refused) {
            return Outcome.refused(refused.refusal());
        }
        PinMatch person = new PinMatch(request.userId(), ((Pins.Checked.Right) checked).name());
        return marks.mark(person, new MarkOnce.Wanted(request.site(), request.details(), request.attempt()), caller);
    }
}
