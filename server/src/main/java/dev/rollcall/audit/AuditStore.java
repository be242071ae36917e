package dev.rollcall.audit;

import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The store of the audit log. The stores of people and keys append entries about their changes themselves, in the same
 * transaction. Every method may throw {@link StoreUnavailableException}.
 */
public interface AuditStore extends AuditLog, AuditChains {

    /** Entries, the latest first unless the query asks for the oldest first. */
    List<Entry> list(Query query);

    /** How many entries a filter asks for. */
    long count(Filter filter);

    /**
     * An entry of the log.
     *
     * @param keyId the id of the caller's API key, or a word for a caller without one
     * @param keyName the name that this key has now, or null if there is none
     * @param site the site that the key belonged to at that time, or null
     * @param details as a JSON object
     * @param hash its SHA-256 within its chain, in hexadecimal
     */
    record Entry(
            long id,
            Instant at,
            String action,
            @Nullable String userId,
            @Nullable String keyId,
            @Nullable String keyName,
            @Nullable String requestId,
            @Nullable String address,
            @Nullable String site,
            String details,
            String hash) {}

    /**
     * Which entries are listed; null doesn't restrict.
     *
     * @param code the code of a refusal
     * @param from first instant, included
     * @param to last instant, excluded
     */
    record Filter(
            @Nullable String action,
            @Nullable UserId userId,
            @Nullable String keyId,
            @Nullable String site,
            @Nullable String code,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /**
     * A page of entries.
     *
     * @param oldestFirst whether the oldest entries come first, and not the latest
     * @param afterId the id of the last entry of the page before, or null for the first page
     * @param limit most entries, at least 1
     */
    record Query(
            Filter filter, boolean oldestFirst, @Nullable Long afterId, int limit) {

        /** The latest entries of every site, before one. */
        public Query(
                @Nullable String action,
                @Nullable UserId userId,
                @Nullable String keyId,
                @Nullable String code,
                @Nullable Instant from,
                @Nullable Instant to,
                @Nullable Long beforeId,
                int limit) {
            this(new Filter(action, userId, keyId, null, code, from, to), false, beforeId, limit);
        }
    }
}
