package dev.rollcall.audit;

import dev.rollcall.outcome.StoreUnavailableException;
import java.util.List;

/**
 * The chains of the audit log, and what doesn't belong to them. Every method may throw {@link StoreUnavailableException}.
 * Implementations are safe for use by several threads.
 */
public interface AuditChains {

    /** Most groups of strays, and most guards, in a result. */
    int MOST_FINDINGS = 100;

    /** All chains of entries: this store's own, and imported ones. */
    List<Chain> chains();

    /** Links of a chain after a number, in order; all links with the last number are in one result. */
    List<Link> links(String chain, long after);

    /** Entries that belong to no chain, at most {@value #MOST_FINDINGS} groups. */
    List<Stray> strays();

    /** Triggers and rules of the log that differ from the schema, at most {@value #MOST_FINDINGS}. */
    List<Guard> guards();

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
