package dev.rollcall.pins;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store of the hashes of PINs, and of the attempts at them. Setting and removing append an entry to the audit log, in the same
 * transaction. Every method may throw {@link StoreUnavailableException}.
 */
public interface PinStore {

    /** The form of a stored hash, as a regular expression: the function and its iterations, the salt and the result. */
    String HASH_FORM = "pbkdf2-sha256:150000:([0-9a-f]{32}):([0-9a-f]{64})";

    /**
     * Sets a person's PIN, or removes it; attempts at the one before count no more.
     *
     * @param hash what is stored, or null to remove it
     * @return false if there is no such person
     */
    boolean set(UserId userId, @Nullable String hash, Instant at, Caller caller);

    /** What a person has; empty if there is no such person. */
    Optional<Credentials> find(UserId userId);

    /** Counts an attempt before it is made, for all service instances together. */
    Attempt count(Attempted attempted, Limits limits);

    /**
     * Ends a counted attempt; the audit log notes when wrong ones are used up.
     *
     * @param isTakenBack whether it counts no more: its PIN was right, or wasn't checked
     */
    void end(Attempted attempted, boolean isTakenBack, Limits limits, Caller caller);

    /** Removes counts of attempts that began before a time. */
    void sweep(Instant before);

    /** When a person's PIN was set and the badge issued; null for neither. */
    record Credentials(@Nullable Instant pinSetAt, @Nullable Instant badgeIssuedAt) {}

    /**
     * An attempt at a PIN.
     *
     * @param userId as it was typed; perhaps nobody has it
     * @param keyId of the device
     * @param site of the device
     */
    record Attempted(UserId userId, String keyId, String site, Instant at) {}

    /**
     * The most wrong attempts; once as many were made, no attempt may be made for the window.
     *
     * @param window also how long a smaller number counts, from the first of them on
     * @param perPerson with one user id
     * @param perKey with one API key
     */
    record Limits(Duration window, int perPerson, int perKey) {}

    /** The result of counting an attempt. */
    sealed interface Attempt {

        /**
         * It may be made.
         *
         * @param known the person's name and hash; null unless there is such a person, who may be marked at the site and has a PIN
         */
        record Counted(@Nullable Known known) implements Attempt {}

        /** It may not be made before a time. */
        record Locked(Instant until) implements Attempt {}
    }

    /** A person who has a PIN. */
    record Known(String name, String hash) {

        /** Not the hash. */
        @Override
        public String toString() {
            return "a person with a PIN";
        }
    }
}
