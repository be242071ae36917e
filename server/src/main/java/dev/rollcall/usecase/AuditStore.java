package dev.rollcall.usecase;

import dev.rollcall.people.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where it is kept who did what. What changes people, templates or keys is noted by the store that changes them, in the
 * same step. Every method may throw {@link StoreUnavailableException}.
 */
public interface AuditStore {

    /** Notes something that changed nothing. */
    void append(Event event);

    /** Entries, the latest first. */
    List<Entry> list(Query query);

    /** Every chain of entries: this store's own, and those that came with imports. */
    List<Chain> chains();

    /** Links of a chain behind a number, in order. */
    List<Link> links(String chain, long after);

    /**
     * Something to note.
     *
     * @param action capital letters and underscores
     * @param userId whom it concerns, or null
     * @param details by snake_case name; never a picture or an embedding
     */
    record Event(Instant at, String action, @Nullable UserId userId, Caller caller, Map<String, Object> details) {

        public Event {
            details = Map.copyOf(details);
        }
    }

    /**
     * Something noted.
     *
     * @param keyId the API key that asked, or a word for who needs none
     * @param details as a JSON object
     * @param hash its SHA-256 within its chain, in hexadecimal
     */
    record Entry(
            long id,
            Instant at,
            String action,
            @Nullable String userId,
            @Nullable String keyId,
            @Nullable String requestId,
            @Nullable String address,
            String details,
            String hash) {}

    /**
     * Which entries to list; null doesn't restrict.
     *
     * @param code the code of a refusal
     * @param from first instant
     * @param to behind the last instant
     * @param beforeId only entries with a smaller id
     * @param limit most entries, at least 1
     */
    record Query(
            @Nullable String action,
            @Nullable UserId userId,
            @Nullable String keyId,
            @Nullable String code,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Long beforeId,
            int limit) {}

    /**
     * A chain.
     *
     * @param own whether it is this store's own
     * @param anchor what the first link that is kept follows
     * @param head the last link
     */
    record Chain(String name, boolean own, Position anchor, Position head) {}

    /** A place in a chain: a link's number, from 1, and its hash in hexadecimal. */
    record Position(long number, String hash) {}

    /**
     * A link: an entry with its place.
     *
     * @param hashed what its hash is taken of, besides the hash before it
     * @param action what was done
     * @param details as a JSON object
     */
    record Link(Position position, String hashed, String action, String details) {}
}
