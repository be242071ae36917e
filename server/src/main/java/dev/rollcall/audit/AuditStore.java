package dev.rollcall.audit;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
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

    /** Most groups of strays, and most guards, in an answer. */
    int MOST_FINDINGS = 100;

    /** Notes something that changed nothing. */
    void append(Event event);

    /** Entries, the latest first. */
    List<Entry> list(Query query);

    /** Every chain of entries: this store's own, and those that came with imports. */
    List<Chain> chains();

    /** Links of a chain behind a number, in order; all that have the last number are in one answer. */
    List<Link> links(String chain, long after);

    /** Entries that are in no chain's course, at most {@value #MOST_FINDINGS} groups. */
    List<Stray> strays();

    /** What is wrong with the database's own guards of the log, at most {@value #MOST_FINDINGS}. */
    List<Guard> guards();

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
     * @param id the entry's id, by which it is listed; grows along a chain
     * @param previous the hash of the link before it, in hexadecimal, as the entry says it
     * @param hashed what its hash is taken of, besides the hash before it
     */
    record Link(long id, Position position, String previous, String hashed, Content content) {}

    /**
     * What a link says.
     *
     * @param action what was done
     * @param details as a JSON object
     */
    record Content(String action, String details) {}

    /**
     * Entries that are in no chain's course.
     *
     * @param chain the name that they have, which may be any text
     * @param rows how many they are
     * @param first their smallest number
     * @param last their greatest number
     */
    record Stray(String chain, Place place, long rows, long first, long last) {}

    /** Where a stray is. */
    enum Place {
        /** Under a name that is no chain. */
        NO_CHAIN,
        /** Before the first link that is kept. */
        BEFORE_FIRST,
        /** Behind the last link. */
        BEHIND_LAST,
        /** Without a name or a number. */
        NO_PLACE
    }

    /**
     * A trigger or rule of the database that is not as the schema makes it.
     *
     * @param table the table it is on
     * @param name its name
     */
    record Guard(String table, String name, GuardState state) {}

    /** What is wrong with a guard. */
    enum GuardState {
        /** It is not there, or another under its name. */
        MISSING,
        /** It is switched off. */
        OFF,
        /** It is none of the schema's. */
        FOREIGN
    }
}
