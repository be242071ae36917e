package dev.rollcall.webhooks;

import dev.rollcall.webhooks.Delivery.DeliveryProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of what follows from an attempt to deliver an event. Standard Webhooks advises retries over several days with growing pauses,
 * and to disable endpoints that fail all the time.
 */
final class RetryRules {

    /** How long an event is tried, from its first attempt on; and after which time without any success an endpoint is disabled. */
    static final Duration PATIENCE = Duration.ofDays(3);

    /**
     * Fewest attempts after which an event is given up, and fewest failures after which an endpoint is disabled: neither one failure before
     * and one after a quiet week-end suffice, nor a clock that was set ahead meanwhile.
     */
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

    /** Client errors that say something of the endpoint: no access, no such address, too slow, gone, too early, too many. */
    private static final Set<Integer> OF_THE_ENDPOINT = Set.of(401, 403, 404, 408, 410, 425, 429);

    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final int CLIENT_ERRORS = 400;
    private static final int SERVER_ERRORS = 500;
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
    record Consequence(
            Delivery.DeliveryState state,
            @Nullable Instant nextAt,
            @Nullable Integer status,
            @Nullable DeliveryProblem problem,
            Webhook.Failures endpoint) {}

    /** An attempt that failed. */
    private record Failure(@Nullable Integer status, DeliveryProblem problem, Duration wish) {

        static Failure of(Answer answer) {
            if (!(answer instanceof Answer.Status status)) {
                return new Failure(null, ((Answer.Failed) answer).problem(), Duration.ZERO);
            }
            boolean isRedirect = status.code() >= REDIRECTS && status.code() < CLIENT_ERRORS;
            Duration wish = status.retryAfter().orElse(Duration.ZERO);
            return new Failure(
                    status.code(),
                    isRedirect ? DeliveryProblem.REDIRECT : DeliveryProblem.STATUS,
                    wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish);
        }

        /** Whether the receiver works, and refuses this event: others go on, and the endpoint has not failed. */
        boolean isOfTheEvent() {
            return status != null
                    && status >= CLIENT_ERRORS
                    && status < SERVER_ERRORS
                    && !OF_THE_ENDPOINT.contains(status);
        }
    }

    /**
     * Judges an attempt.
     *
     * @param before of the endpoint before it
     * @param attempts of the event before it
     */
    static Consequence after(Answer answer, Webhook.Failures before, Delivery.Attempts attempts, Instant now) {
        if (answer instanceof Answer.Status status && status.code() >= OK && status.code() < REDIRECTS) {
            return new Consequence(Delivery.DeliveryState.DELIVERED, null, status.code(), null, Webhook.Failures.NONE);
        }
        Failure failure = Failure.of(answer);
        Webhook.Failures endpoint = failure.isOfTheEvent()
                ? new Webhook.Failures(before.count(), before.since(), null, null, null)
                : counted(failure, before, now);
        boolean givenUp = endpoint.deadReason() == null && isOver(attempts, now);
        Duration pause = PAUSES.get(Math.min(attempts.count(), PAUSES.size() - 1));
        return new Consequence(
                givenUp ? Delivery.DeliveryState.FAILED : Delivery.DeliveryState.WAITING,
                givenUp ? null : now.plus(longer(failure.wish(), pause)),
                failure.status(),
                failure.problem(),
                endpoint);
    }

    private static Webhook.Failures counted(Failure failure, Webhook.Failures before, Instant now) {
        int count = before.count() + 1;
        // One in the future was written by a clock that was ahead.
        Instant since = before.since() == null || before.since().isAfter(now) ? now : before.since();
        Instant retryAt = now.plus(longer(failure.wish(), pause(count)));
        String reason = deadReason(failure, count, since, now);
        return new Webhook.Failures(count, since, retryAt, reason == null ? null : now, reason);
    }

    /** Whether an attempt that failed was the last one of its event. */
    private static boolean isOver(Delivery.Attempts before, Instant now) {
        return before.count() + 1 >= LEAST_FAILURES
                && before.firstAt() != null
                && !before.firstAt().plus(PATIENCE).isAfter(now);
    }

    private static @Nullable String deadReason(Failure failure, int count, Instant since, Instant now) {
        Integer status = failure.status();
        if (status != null && status == GONE) {
            return "the receiver answered 410 Gone";
        }
        boolean isTooLong = count >= LEAST_FAILURES && !since.plus(PATIENCE).isAfter(now);
        return isTooLong
                ? "every attempt since " + since + " failed, the last one: "
                        + failure.problem().text() + (status == null ? "" : " " + status)
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
