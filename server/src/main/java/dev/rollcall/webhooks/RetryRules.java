package dev.rollcall.webhooks;

import dev.rollcall.webhooks.Delivery.DeliveryProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of what follows from an attempt to deliver an event. Standard Webhooks advises retries over several days with growing pauses,
 * and to disable endpoints that fail all the time.
 */
final class RetryRules {

    /** How long an event is tried, from its first attempt on; and after which time without any success an endpoint is disabled. */
    static final Duration PATIENCE = Duration.ofDays(3);

    /** Fewest failures after which an endpoint is disabled, so that one failure before and one after a quiet week-end don't suffice. */
    static final int LEAST_FAILURES = 10;

    /** The pauses of an event after its first, second, … attempt; the last one repeats. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(4),
            Duration.ofHours(8),
            Duration.ofHours(12));

    /** The longest pause of an endpoint, and the longest one that it can ask for. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private static final Duration LONGEST_WISH = Duration.ofHours(1);

    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final int CLIENT_ERRORS = 400;
    private static final int GONE = 410;
    private static final int MOST_DOUBLINGS = 9;

    private RetryRules() {}

    /**
     * What follows from an attempt.
     *
     * @param nextAt when the event is tried again; null if it isn't
     * @param status of the answer; null without one
     * @param problem null if it was delivered
     * @param endpoint of the endpoint from now on; with a reason, it is disabled
     */
    record Verdict(
            Delivery.DeliveryState state,
            @Nullable Instant nextAt,
            @Nullable Integer status,
            @Nullable DeliveryProblem problem,
            Webhook.Trouble endpoint) {}

    /**
     * Judges an attempt.
     *
     * @param before of the endpoint before it
     * @param attempts of the event before it
     */
    static Verdict after(Answer answer, Webhook.Trouble before, Delivery.Attempts attempts, Instant now) {
        if (!(answer instanceof Answer.Status status)) {
            return failed(null, ((Answer.Failed) answer).problem(), Duration.ZERO, before, attempts, now);
        }
        int code = status.code();
        if (code >= OK && code < REDIRECTS) {
            return new Verdict(Delivery.DeliveryState.DELIVERED, null, code, null, Webhook.Trouble.NONE);
        }
        DeliveryProblem problem =
                code >= REDIRECTS && code < CLIENT_ERRORS ? DeliveryProblem.REDIRECT : DeliveryProblem.STATUS;
        Duration wish = status.retryAfter().orElse(Duration.ZERO);
        return failed(code, problem, wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish, before, attempts, now);
    }

    private static Verdict failed(
            @Nullable Integer status,
            DeliveryProblem problem,
            Duration wish,
            Webhook.Trouble before,
            Delivery.Attempts attempts,
            Instant now) {
        int failures = before.failures() + 1;
        Instant since = before.failingSince() == null ? now : before.failingSince();
        Instant retryAt = now.plus(longer(wish, pause(failures)));
        String reason = deadReason(status, problem, failures, since, now);
        boolean givenUp = reason == null
                && attempts.firstAt() != null
                && !attempts.firstAt().plus(PATIENCE).isAfter(now);
        return new Verdict(
                givenUp ? Delivery.DeliveryState.FAILED : Delivery.DeliveryState.WAITING,
                givenUp ? null : now.plus(longer(wish, PAUSES.get(Math.min(attempts.count(), PAUSES.size() - 1)))),
                status,
                problem,
                new Webhook.Trouble(failures, since, retryAt, reason == null ? null : now, reason));
    }

    private static @Nullable String deadReason(
            @Nullable Integer status, DeliveryProblem problem, int failures, Instant since, Instant now) {
        if (status != null && status == GONE) {
            return "the receiver answered 410 Gone";
        }
        boolean isTooLong = failures >= LEAST_FAILURES && !since.plus(PATIENCE).isAfter(now);
        return isTooLong
                ? "every attempt since " + since + " failed, the last one: " + problem.text()
                        + (status == null ? "" : " " + status)
                : null;
    }

    /** 1, 2, 4, … seconds. */
    private static Duration pause(int failures) {
        Duration pause = Duration.ofSeconds(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
