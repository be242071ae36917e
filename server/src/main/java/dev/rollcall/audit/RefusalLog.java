package dev.rollcall.audit;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The log of refusals that concern a person, in the audit log. Safe for use by several threads. */
public final class RefusalLog {

    private final AuditLog audit;
    private final Clock clock;

    public RefusalLog(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    public void recognition(UserId userId, Refusal refusal, Caller caller) {
        note("RECOGNITION_REFUSED", userId, refusal, caller);
    }

    /** Logs that a text that was shown as a badge is none, so that nobody knows whose it was to be. */
    public void unreadableBadge(Refusal refusal, Caller caller) {
        note("RECOGNITION_REFUSED", null, refusal, caller);
    }

    /**
     * Logs a refusal of an identification.
     *
     * @param userId the person whom the face fits best, or null where nobody was identified
     */
    public void identification(@Nullable UserId userId, Refusal refusal, Caller caller) {
        note("IDENTIFICATION_REFUSED", userId, refusal, caller);
    }

    /** Logs that a head-turn challenge failed. */
    public void challenge(Refusal refusal, Caller caller) {
        note("CHALLENGE_FAILED", null, refusal, caller);
    }

    public void enrollment(UserId userId, Refusal refusal, Caller caller) {
        note("ENROLLMENT_REFUSED", userId, refusal, caller);
    }

    /** Does not log OVERLOADED, which doesn't concern the person; logging it would add to the load. */
    private void note(String action, @Nullable UserId userId, Refusal refusal, Caller caller) {
        if (refusal.code() == Code.OVERLOADED) {
            return;
        }
        Map<String, Object> details = new LinkedHashMap<>();
        putSimple(refusal.facts(), details);
        putSimple(refusal.auditFacts(), details);
        details.put("code", refusal.code().name());
        audit.append(new AuditLog.Event(clock.instant(), action, userId, caller, details));
    }

    private static void putSimple(Map<String, Object> facts, Map<String, Object> details) {
        facts.forEach((name, value) -> {
            if (value instanceof Number || value instanceof String) {
                details.put(name, value);
            }
        });
    }
}
