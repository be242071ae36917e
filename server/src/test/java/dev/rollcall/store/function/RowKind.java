package dev.rollcall.store.function;

import java.util.Set;
import java.util.function.Consumer;

/**
 * A kind of rows that the functions return.
 *
 * @param json a row or a list with one, with single quotes
 * @param unread fields that tell something else by being absent, or that nobody reads
 * @param reader reads the row that the functions return
 */
record RowKind(String name, String json, Set<String> unread, Consumer<DatabaseFunctions> reader) {

    /** A time as the functions write it. */
    static final String TIME = "'2026-11-22T08:00:00+00:00'";

    /** A kind of which every field is read. */
    static RowKind kind(String name, String json, Consumer<DatabaseFunctions> reader) {
        return new RowKind(name, json, Set.of(), reader);
    }
}
