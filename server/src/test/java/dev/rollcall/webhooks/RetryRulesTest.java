package dev.rollcall.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.webhooks.Delivery.Attempts;
import dev.rollcall.webhooks.Delivery.DeliveryProblem;
import dev.rollcall.webhooks.RetryRules.Verdict;
import dev.rollcall.webhooks.Webhook.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What follows from an attempt to deliver an event. */
class RetryRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @Test
    void success_endsTheTroubleOfTheEndpoint() {
        Trouble before = new Trouble(7, NOW.minusSeconds(60), NOW, null, null);

        Verdict verdict = RetryRules.after(status(204), before, Attempts.NONE, NOW);

        assertThat(verdict.state()).isEqualTo(Delivery.DeliveryState.DELIVERED);
        assertThat(verdict.endpoint()).isEqualTo(Trouble.NONE);
    }

    @Test
    void failedEvent_isTriedAfterGrowingPausesAndGivenUpAfterThreeDays() {
        Instant at = NOW;
        Duration last = Duration.ZERO;
        Attempts attempts = Attempts.NONE;
        int count = 0;
        Verdict verdict;
        do {
            verdict = RetryRules.after(status(400), Trouble.NONE, attempts, at);
            count++;
            attempts = new Attempts(count, NOW, at, 400, DeliveryProblem.STATUS, 1);
            if (verdict.nextAt() != null) {
                Duration pause = Duration.between(at, verdict.nextAt());
                assertThat(pause).isGreaterThanOrEqualTo(last);
                last = pause;
                at = verdict.nextAt();
            }
        } while (verdict.state() == Delivery.DeliveryState.WAITING);

        assertThat(verdict.state()).isEqualTo(Delivery.DeliveryState.FAILED);
        assertThat(Duration.between(NOW, at)).isBetween(RetryRules.PATIENCE, RetryRules.PATIENCE.plusHours(12));
        assertThat(count).isBetween(10, 30);
    }

    @Test
    void endpointThatFailsAllTheTime_isDisabledAfterThreeDaysAndKeepsItsEvents() {
        Trouble almost = new Trouble(50, NOW.minus(RetryRules.PATIENCE).plusSeconds(1), null, null, null);
        Trouble longer = new Trouble(50, NOW.minus(RetryRules.PATIENCE), null, null, null);
        Attempts old = new Attempts(9, NOW.minus(RetryRules.PATIENCE), NOW, 500, DeliveryProblem.STATUS, 1);

        assertThat(RetryRules.after(status(500), almost, Attempts.NONE, NOW)
                        .endpoint()
                        .deadReason())
                .isNull();
        Verdict verdict = RetryRules.after(status(500), longer, old, NOW);

        assertThat(verdict.endpoint().deadReason()).contains("status 500");
        assertThat(verdict.state()).isEqualTo(Delivery.DeliveryState.WAITING);
    }

    @Test
    void twoFailuresFarApart_disableNothing() {
        Trouble one = new Trouble(1, NOW.minus(Duration.ofDays(30)), null, null, null);

        assertThat(RetryRules.after(status(500), one, Attempts.NONE, NOW)
                        .endpoint()
                        .deadReason())
                .isNull();
    }

    @Test
    void gone_disablesAtOnce() {
        assertThat(RetryRules.after(status(410), Trouble.NONE, Attempts.NONE, NOW)
                        .endpoint()
                        .deadReason())
                .contains("410");
    }

    @Test
    void redirect_isAFailure() {
        Verdict verdict = RetryRules.after(status(302), Trouble.NONE, Attempts.NONE, NOW);

        assertThat(verdict.problem()).isEqualTo(DeliveryProblem.REDIRECT);
        assertThat(verdict.state()).isEqualTo(Delivery.DeliveryState.WAITING);
    }

    @Test
    void pauseOfAnEndpoint_growsToFiveMinutesAndObeysRetryAfterUpToAnHour() {
        Trouble many = new Trouble(100, NOW, null, null, null);
        Answer patient = new Answer.Status(503, Optional.of(Duration.ofDays(2)));

        assertThat(retry(status(500), Trouble.NONE)).isEqualTo(NOW.plusSeconds(1));
        assertThat(retry(status(500), many)).isEqualTo(NOW.plusSeconds(300));
        assertThat(retry(patient, Trouble.NONE)).isEqualTo(NOW.plusSeconds(3600));
    }

    private static @Nullable Instant retry(Answer answer, Trouble before) {
        return RetryRules.after(answer, before, Attempts.NONE, NOW).endpoint().retryAt();
    }

    private static Answer status(int code) {
        return new Answer.Status(code, Optional.empty());
    }
}
