package dev.rollcall.usecase;

/** Whether the store can serve. */
public interface StoreHealth {

    /** The kind of store: {@code embedded}, {@code postgres} or {@code supabase}. */
    String kind();

    /** The version of the schema that the store had when it was opened. */
    int schemaVersion();

    /** Whether the store answers right now; never throws, and answers within seconds. */
    boolean reachable();
}
