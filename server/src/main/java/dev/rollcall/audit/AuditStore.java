package dev.rollcall.audit;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The store of the audit log. The stores of people and keys append entries about their changes themselves, in the same
 * transaction. Every method may throw {@link StoreUnavailableException}.
 */
public interface AuditStore {

    /** Most groups of strays, and most guards, in a result. */
    int MOST_FINDINGS = 100;

    /** Appends an entry about an event that changed nothing. */
    void append(Event event);

    /** Entries, the latest first unless the query asks for the oldest first. */
    List<Entry> list(Query query);

    /** How many entries a filter asks for. */
    long count(Filter filter);

    /** All chains of entries: this store's own, and imported ones. */
    List<Chain> chains();

    /** Links of a chain after a number, in order; all links with the last number are in one result. */
    List<Link> links(String chain, long after);

    /** Entries that belong to no chain, at most {@value #MOST_FINDINGS} groups. */
    List<Stray> strays();

    /** Triggers and rules of the log that differ from the schema, at most {@value #MOST_FINDINGS}. */
    List<Guard> guards();

    /**
     * An event to be logged.
     *
     * @param action capital letters and underscores
     * @param userId the person concerned, or null
     * @param details by snake_case name; never a picture or an embedding
     */
    record Event(Instant at, String action, @Nullable UserId userId, Caller caller, Map<String, Object> details) {

        public Event {
            details = Map.copyOf(details);
        }
    }

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

    /**
     * A chain.
     *
     * @param own whether it is this store's own
     * @param anchor the position before the first stored link
     * @param head the last link
     */
    record Chain(String name, boolean own, Position anchor, Position head) {}

    /** A position in a chain: a link's number, from 1, and its hash in hexadecimal. */
    record Position(long number, String hash) {}

    /**
     * A link: an entry with its position.
     *
     * @param id the entry's id, which orders lists; increases along a chain
     * @param previous the hash of the previous link, in hexadecimal, as stored in the entry
     * @param hashed the text whose hash, together with the previous hash, is the link's hash
     */
    record Link(long id, Position position, String previous, String hashed, Content content) {}

    /**
     * The content of a link.
     *
     * @param action what was done
     * @param details as a JSON object
     */
    record Content(String action, String details) {}

    /**
     * A group of entries that belong to no chain.
     *
     * @param chain the chain's name in the entries, which may be any text
     * @param rows their number
     * @param first their smallest number
     * @param last their greatest number
     */
    record Stray(String chain, Place place, long rows, long first, long last) {}

    /** Where stray entries are. */
    enum Place {
        /** Under a name that no chain has. */
        NO_CHAIN,
        /** Before the first stored link. */
        BEFORE_FIRST,
        /** After the last link. */
        BEHIND_LAST,
        /** Without a name or a number. */
        NO_PLACE
    }

    /**
     * A trigger or rule of the database that differs from the schema.
     *
     * @param table its table
     * @param name its name
     */
    record Guard(String table, String name, GuardState state) {}

    /** What is wrong with a guard. */
    enum GuardState {
        /** It is missing, or another one has its name. */
        MISSING,
        /** It is disabled. */
        OFF,
        /** It is not part of the schema. */
        FOREIGN
    }
}
