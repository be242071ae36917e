package dev.rollcall.outcome;

import java.util.Optional;

/** The health of the store. */
public interface StoreHealth {

    /** Why a store can't serve. */
    enum Problem {
        UNREACHABLE,
        /** Writes are refused for want of space; reading still works. */
        DISK_FULL,
        /** The database is a standby, which accepts no writes. */
        STANDBY
    }

    /** The kind of store: {@code embedded}, {@code postgres} or {@code supabase}. */
    String kind();

    /** The version of the schema that the store had when it was opened. */
    int schemaVersion();

    /** Why the store can't serve now, or empty when it can; never throws, and returns within seconds. */
    Optional<Problem> problem();
}
