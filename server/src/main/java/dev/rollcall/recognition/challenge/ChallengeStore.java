package dev.rollcall.recognition.challenge;

import dev.rollcall.engine.Embedding;
import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store of challenges and of the tokens of passed ones, which all instances of the service share. Every method may throw {@link
 * StoreUnavailableException}. Implementations are safe for use by several threads.
 */
public interface ChallengeStore {

    /** Opens a challenge. */
    Opening open(NewChallenge challenge, Limits limits);

    /** Counts a frame before it is looked at; empty if the device has no such challenge, or it is over. */
    Optional<Open> count(String id, Device device, Instant now);

    /**
     * Keeps the progress after a frame.
     *
     * @param seen the challenge as it was read
     * @return whether it was kept: not if another frame was faster
     */
    boolean advance(Open seen, Progress progress);

    /**
     * Ends a challenge that has failed, also if another frame was faster, and removes all that is known of its face.
     *
     * @return whether it was open
     */
    boolean fail(Open seen);

    /**
     * Ends a challenge that was passed, and keeps of it the face alone.
     *
     * @param tokenHash the SHA-256 of the token, 64 lower-case hexadecimal digits
     * @param until until when the token counts
     */
    boolean pass(Open seen, Embedding face, String tokenHash, Instant until);

    /**
     * Uses a token up; returns the face of its challenge, or empty if the device has no such token now.
     *
     * @param attempt the hash of the request's idempotency key, with which the token can be used again; null if it has none
     */
    Optional<Embedding> use(String tokenHash, Device device, @Nullable String attempt, Instant now);

    /** Removes what has expired. */
    void sweep(Instant now);

    /**
     * Whose challenge it is.
     *
     * @param keyHash the SHA-256 of the API key
     * @param site the site of the API key
     */
    record Device(String keyHash, String site) {}

    /**
     * A challenge to be opened.
     *
     * @param id 43 letters, digits, hyphens and underscores
     */
    record NewChallenge(String id, Device device, Progress progress, Instant at, Instant expiresAt) {}

    /**
     * The most challenges and tokens at once, failed ones counted until they would have expired.
     *
     * @param perKey of one API key
     * @param overall of all together
     */
    record Limits(int perKey, int overall) {}

    /**
     * An open challenge.
     *
     * @param version counts its changes
     * @param frames how many frames were counted, with the present one
     */
    record Open(String id, Progress progress, Instant expiresAt, int version, int frames) {}

    /** The result of opening a challenge. */
    sealed interface Opening {

        /** It is open. */
        record Opened() implements Opening {}

        /** There are as many as there may be; the next one expires at a time. */
        record TooMany(Instant nextAt) implements Opening {}
    }
}
