package dev.rollcall.store.function;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an SQLSTATE says about the database's state.
 *
 * <p>Source: the appendix "PostgreSQL Error Codes" of PostgreSQL's documentation.
 */
public final class SqlState {

    /** A statement took longer than its time limit, or somebody stopped it. */
    public static final String QUERY_CANCELED = "57014";

    /** A write in a read-only transaction: Supabase makes a database read-only when its disk is full. */
    public static final String READ_ONLY = "25006";

    /** Whether a transaction was completed is unknown. */
    private static final String COMPLETION_UNKNOWN = "40003";

    private static final String DISK_FULL = "53100";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private SqlState() {}

    /** Whether a state says that the database has no space left to write to. */
    public static boolean isForAFullDisk(@Nullable String state) {
        return READ_ONLY.equals(state) || DISK_FULL.equals(state);
    }

    /** What to do about a state, in parentheses after a space; an empty text for most. */
    public static String advice(@Nullable String state) {
        return isForAFullDisk(state)
                ? " (the database accepts no writes: its disk is full, or its host made it read-only for that)"
                : "";
    }

    /**
     * For a state that is about the connection or the server rather than the statement, whether it is certain that the
     * statement wrote nothing; empty for the others. Classes: 08 connection, 40 rolled back, 53 resources, 57
     * intervention, 58 system, XX internal (also said by poolers of connections that break); a lock that wasn't to be had,
     * and a read-only database. Without a state the connection broke.
     */
    public static Optional<Boolean> nothingWritten(@Nullable String state) {
        if (state == null
                || state.equals(COMPLETION_UNKNOWN)
                || state.startsWith("08")
                || state.startsWith("58")
                || state.startsWith("XX")) {
            return Optional.of(false);
        }
        if (state.equals(LOCK_NOT_AVAILABLE)
                || state.equals(QUERY_CANCELED)
                || state.equals(READ_ONLY)
                || state.startsWith("40")
                || state.startsWith("53")) {
            return Optional.of(true);
        }
        return state.startsWith("57") ? Optional.of(false) : Optional.empty();
    }
}
