package dev.rollcall.recognition;

import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.outcome.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A kept answer: the outcome of a marking request under an idempotency key, stored for repetitions of the request.
 *
 * @param fingerprint the request's {@link Attempt#fingerprint()}
 */
public record KeptAnswer(String fingerprint, Content content) {

    /** How long an answer is kept. */
    public static final Duration LIFETIME = Duration.ofHours(24);

    /** The outcome of the request. */
    public sealed interface Content {

        /**
         * The rules decided.
         *
         * @param basis who was there, by face or by PIN; null unless the mark was written
         */
        record Decided(@Nullable MarkBasis basis, MarkDecision decision) implements Content {}

        /** The request was refused before the rules were applied. */
        record Refused(Refusal refusal) implements Content {}
    }

    /**
     * A request under an idempotency key.
     *
     * @param key the hash of the caller and the key, 64 lower-case hexadecimal digits
     * @param fingerprint the hash of the request's content, 64 lower-case hexadecimal digits
     */
    public record Attempt(String key, String fingerprint) {}
}
