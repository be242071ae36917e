package dev.rollcall.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.webhooks.Delivery.Attempts;
import dev.rollcall.webhooks.Delivery.DeliveryProblem;
import dev.rollcall.webhooks.RetryRules.Consequence;
import dev.rollcall.webhooks.Webhook.Failures;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from an attempt to deliver an event. */
class RetryRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

    @Test
    void success_endsTheTroubleOfTheEndpoint() {
        Failures before = new Failures(7, NOW.minusSeconds(60), NOW, null, null);

        Consequence consequence = RetryRules.after(status(204), before, Attempts.NONE, NOW);

        assertThat(consequence.state()).isEqualTo(Delivery.DeliveryState.DELIVERED);
        assertThat(consequence.endpoint()).isEqualTo(Failures.NONE);
    }

    @Test
    void failedEvent_isTriedAfterGrowingPausesAndGivenUpAfterThreeDays() {
        Instant at = NOW;
        Duration last = Duration.ZERO;
        Attempts attempts = Attempts.NONE;
        int count = 0;
        Consequence consequence;
        do {
            consequence = RetryRules.after(status(400), Failures.NONE, attempts, at);
            count++;
            attempts = new Attempts(count, NOW, at, 400, DeliveryProblem.STATUS, 1);
            if (consequence.nextAt() != null) {
                Duration pause = Duration.between(at, consequence.nextAt());
                assertThat(pause).isGreaterThanOrEqualTo(last);
                last = pause;
                at = consequence.nextAt();
            }
        } while (consequence.state() == Delivery.DeliveryState.WAITING);

        assertThat(consequence.state()).isEqualTo(Delivery.DeliveryState.FAILED);
        assertThat(Duration.between(NOW, at)).isBetween(RetryRules.PATIENCE, RetryRules.PATIENCE.plusHours(12));
        assertThat(count).isBetween(10, 30);
    }

    @Test
    void endpointThatFailsAllTheTime_isDisabledAfterThreeDaysAndKeepsItsEvents() {
        Failures almost = new Failures(50, NOW.minus(RetryRules.PATIENCE).plusSeconds(1), null, null, null);
        Failures longer = new Failures(50, NOW.minus(RetryRules.PATIENCE), null, null, null);
        Attempts old = new Attempts(9, NOW.minus(RetryRules.PATIENCE), NOW, 500, DeliveryProblem.STATUS, 1);

        assertThat(RetryRules.after(status(500), almost, Attempts.NONE, NOW)
                        .endpoint()
                        .deadReason())
                .isNull();
        Consequence consequence = RetryRules.after(status(500), longer, old, NOW);

        assertThat(consequence.endpoint().deadReason()).contains("status 500");
        assertThat(consequence.state()).isEqualTo(Delivery.DeliveryState.WAITING);
    }

    @Test
    void twoFailuresFarApart_disableNothing() {
        Failures one = new Failures(1, NOW.minus(Duration.ofDays(30)), null, null, null);

        assertThat(RetryRules.after(status(500), one, Attempts.NONE, NOW)
                        .endpoint()
                        .deadReason())
                .isNull();
    }

    @Test
    void gone_disablesAtOnce() {
        assertThat(RetryRules.after(status(410), Failures.NONE, Attempts.NONE, NOW)
                        .endpoint()
                        .deadReason())
                .contains("410");
    }

    @Test
    void redirect_isAFailure() {
        Consequence consequence = RetryRules.after(status(302), Failures.NONE, Attempts.NONE, NOW);

        assertThat(consequence.problem()).isEqualTo(DeliveryProblem.REDIRECT);
        assertThat(consequence.state()).isEqualTo(Delivery.DeliveryState.WAITING);
    }

    @Test
    void pauseOfAnEndpoint_growsToFiveMinutesAndObeysRetryAfterUpToAnHour() {
        Failures many = new Failures(100, NOW, null, null, null);
        Answer patient = new Answer.Status(503, Optional.of(Duration.ofDays(2)));

        assertThat(retry(status(500), Failures.NONE)).isEqualTo(NOW.plusSeconds(1));
        assertThat(retry(status(500), many)).isEqualTo(NOW.plusSeconds(300));
        assertThat(retry(patient, Failures.NONE)).isEqualTo(NOW.plusSeconds(3600));
    }

    /** The codes that the receiver of one event answers, not of an address. */
    @ParameterizedTest
    @ValueSource(ints = {400, 402, 405, 409, 413, 415, 422, 451, 499})
    void eventThatIsRefused_changesNothingOfItsEndpointAndIsGivenUpAlone(int code) {
        Failures before = new Failures(50, NOW.minus(RetryRules.PATIENCE), NOW, null, null);
        Attempts old = new Attempts(9, NOW.minus(RetryRules.PATIENCE), NOW, code, DeliveryProblem.STATUS, 1);

        Consequence first = RetryRules.after(status(code), before, Attempts.NONE, NOW);
        Consequence last = RetryRules.after(status(code), before, old, NOW);

        assertThat(first.endpoint()).isEqualTo(new Failures(50, before.since(), null, null, null));
        assertThat(first.state()).isEqualTo(Delivery.DeliveryState.WAITING);
        assertThat(first.nextAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(last.endpoint().deadReason()).isNull();
        assertThat(last.state()).isEqualTo(Delivery.DeliveryState.FAILED);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 408, 410, 425, 429, 301, 500, 503})
    void otherStatus_isAFailureOfTheEndpoint(int code) {
        assertThat(RetryRules.after(status(code), Failures.NONE, Attempts.NONE, NOW)
                        .endpoint()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void clockThatWasSetAhead_givesNoEventUpBeforeTenAttempts() {
        Attempts one = new Attempts(1, Instant.EPOCH, Instant.EPOCH, 500, DeliveryProblem.STATUS, 1);

        assertThat(RetryRules.after(status(500), Failures.NONE, one, NOW).state())
                .isEqualTo(Delivery.DeliveryState.WAITING);
    }

    @Test
    void failuresByAClockThatWasAhead_beginNow() {
        Failures ahead = new Failures(3, NOW.plus(Duration.ofDays(400)), null, null, null);

        assertThat(RetryRules.after(status(500), ahead, Attempts.NONE, NOW)
                        .endpoint()
                        .since())
                .isEqualTo(NOW);
    }

    private static @Nullable Instant retry(Answer answer, Failures before) {
        return RetryRules.after(answer, before, Attempts.NONE, NOW).endpoint().retryAt();
    }

    private static Answer status(int code) {
        return new Answer.Status(code, Optional.empty());
    }
}
