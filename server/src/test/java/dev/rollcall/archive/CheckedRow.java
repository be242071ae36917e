package dev.rollcall.archive;

import dev.rollcall.archive.ArchiveStore.Kind;
import java.time.Instant;
import java.util.Map;

/** What a check says of a row. */
final class CheckedRow {

    private CheckedRow() {}

    /** What is said of a row with one field changed, or without a change if the value is empty; "taken" if nothing is. */
    static String told(Kind kind, Map<String, String> row, String field, String value) throws Exception {
        try {
            new RowCheck(limits()).checked(ArchiveRows.line(kind, row, field, value), 2);
            return "taken";
        } catch (ArchiveException e) {
            return String.valueOf(e.getMessage());
        }
    }

    static RowCheck.Limits limits() {
        return new RowCheck.Limits(new KeylessStore(), 11, Instant.parse("2026-12-01T00:00:00Z"));
    }
}
