package dev.rollcall.keys;

import dev.rollcall.keys.SessionStore.KeyOfSession;
import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store of the set-up of a new service: the link that opens it, and how far it has come. It is the same for every instance.
 * Every method may throw {@link StoreUnavailableException}.
 */
public interface SetupStore {

    /** Stores a link instead of the one before. */
    Making makeLink(NewLink link, Caller caller);

    /** Uses a link up; empty if there is none with this hash that can still be used. */
    Optional<Opened> useLink(String hash, Instant now);

    /** The step that the set-up is at, 1 to {@link SetupLinks#DONE}; 1 if it was never begun. */
    int step();

    /** Notes the step that the set-up is at; returns it. */
    int step(int step, Instant now);

    /** The results of making a link. */
    enum Making {
        MADE,
        /** Only the first link was wanted, and there was one before. */
        NOT_FIRST,
        /** There is neither a configured key nor a valid one of scope admin. */
        NO_KEY
    }

    /**
     * A link to be stored.
     *
     * @param hash SHA-256 of its token, 64 lower-case hexadecimal digits
     * @param forConfiguredKey whether it opens a session of the configured key; otherwise of the oldest valid key of scope admin
     * @param onlyFirst whether it is stored only if there has never been one
     */
    record NewLink(String hash, boolean forConfiguredKey, boolean onlyFirst, Instant at, Instant expiresAt) {}

    /**
     * What a link opens.
     *
     * @param key the key whose session it opens; null for the configured one
     */
    record Opened(@Nullable KeyOfSession key) {}
}
