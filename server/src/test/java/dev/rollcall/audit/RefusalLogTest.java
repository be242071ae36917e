package dev.rollcall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditLog.Event;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalLogTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    private static final UserId ANN = new UserId("ann");
    private static final Caller CALLER = new Caller("kiosk", "request-1", "192.0.2.1");

    private final WrittenLog log = new WrittenLog();
    private final RefusalLog refusals = new RefusalLog(log, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void refusal_isNotedWithItsCodeNumbersAndTextsAlone() {
        Refusal refusal = new Refusal(
                Code.NOT_MATCHED,
                "The face does not match this person.",
                Map.of("confidence", 0.25, "next", "later", "marks", List.of(1, 2)));

        refusals.recognition(ANN, refusal, CALLER);
        refusals.enrollment(ANN, refusal, CALLER);

        Map<String, Object> details = Map.of("code", "NOT_MATCHED", "confidence", 0.25, "next", "later");
        assertThat(log.appended)
                .containsExactly(
                        new Event(NOW, "RECOGNITION_REFUSED", ANN, CALLER, details),
                        new Event(NOW, "ENROLLMENT_REFUSED", ANN, CALLER, details));
    }

    @Test
    void factsForTheAuditLogAlone_areNotedBesideTheOthers() {
        Refusal refusal = new Refusal(Code.DUPLICATE_FACE, "Enrolled already.", Map.of("confidence", 0.97))
                .withAuditFacts(Map.of("rival_user_id", "bob", "rival_similarity", 0.64, "ignored", List.of(1)));

        refusals.enrollment(ANN, refusal, CALLER);

        assertThat(log.appended)
                .extracting(Event::details)
                .containsExactly(Map.of(
                        "code",
                        "DUPLICATE_FACE",
                        "confidence",
                        0.97,
                        "rival_user_id",
                        "bob",
                        "rival_similarity",
                        0.64));
    }

    @Test
    void factsForTheAuditLog_areNotedToo() {
        Refusal refusal = new Refusal(Code.NOT_ENROLLED, "Nobody.").withAuditFacts(Map.of("reason", "inactive"));

        refusals.recognition(ANN, refusal, CALLER);

        assertThat(log.appended)
                .containsExactly(new Event(
                        NOW, "RECOGNITION_REFUSED", ANN, CALLER, Map.of("code", "NOT_ENROLLED", "reason", "inactive")));
    }

    @Test
    void overload_isNotNoted() {
        refusals.recognition(ANN, new Refusal(Code.OVERLOADED, "Too many."), CALLER);

        assertThat(log.appended).isEmpty();
    }
}
