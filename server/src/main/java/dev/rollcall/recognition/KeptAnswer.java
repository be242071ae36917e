package dev.rollcall.recognition;

import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.outcome.Refusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a marking request that was given under a key, kept for repetitions of the request.
 *
 * @param fingerprint what was asked, in the form of {@link Attempt#fingerprint()}
 */
public record KeptAnswer(String fingerprint, Content content) {

    /** How long an answer is kept. */
    public static final Duration LIFETIME = Duration.ofHours(24);

    /** What was answered. */
    public sealed interface Content {

        /**
         * The rules had the last word.
         *
         * @param match who was recognised; null unless the mark was written
         */
        record Decided(@Nullable Match match, MarkDecision decision) implements Content {}

        /** The request was refused before the rules were asked. */
        record Refused(Refusal refusal) implements Content {}
    }

    /**
     * A request under a key.
     *
     * @param key the caller and its key, as 64 lower-case hexadecimal digits
     * @param fingerprint what is asked, as 64 lower-case hexadecimal digits
     */
    public record Attempt(String key, String fingerprint) {}
}
