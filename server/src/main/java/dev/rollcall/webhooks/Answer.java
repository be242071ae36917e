package dev.rollcall.webhooks;

import java.time.Duration;
import java.util.Optional;

/** What came of sending an event. */
sealed interface Answer {

    /**
     * The receiver has answered.
     *
     * @param retryAfter how long it asks to wait
     */
    record Status(int code, Optional<Duration> retryAfter) implements Answer {}

    /** It has not. */
    record Failed(Delivery.DeliveryProblem problem) implements Answer {}
}
