package dev.rollcall.archive;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Everything that a store holds, as rows to take from one store to another: a source that also takes rows in. Every method may throw
 * {@link StoreUnavailableException}.
 */
public interface ArchiveStore extends ArchiveSource {

    /** The kinds of rows, in the order in which they are moved. */
    enum Kind {
        SITE,
        PERSON,
        LOOK_ALIKE,
        MARK,
        CORRECTION,
        CORRECTION_REQUEST,
        SHIFT,
        SHIFT_ASSIGNMENT,
        HOLIDAY,
        API_KEY,
        AUDIT
    }

    /**
     * A row.
     *
     * @param content one JSON object on one line; a person's has the templates of every model in it
     */
    record Row(Kind kind, String content) {}

    /**
     * A page of rows of one kind.
     *
     * @param last what to ask for rows behind; empty on the last page
     */
    record Page(List<String> contents, String last) {}

    /** What became of an import. */
    sealed interface Outcome {

        /**
         * All rows are in the store.
         *
         * @param added how many were new, by {@code sites, people, look_alikes, templates, marks, corrections,
         *     correction_requests, shifts, shift_assignments, holidays, api_keys, audit}
         */
        record Imported(Map<String, Long> added) implements Outcome {}

        /**
         * Nothing was written, because rows are there already, but otherwise.
         *
         * @param rows the first of them, such as {@code person ann}
         */
        record Conflict(List<String> rows) implements Outcome {}

        /**
         * Nothing was written, because something is wrong between the rows.
         *
         * @param row the number of the row, from 0
         * @param other the number of the row that is the same, for {@link Reason#TWICE}; 0 otherwise
         * @param kind what the row is
         */
        record Invalid(long row, long other, String kind, String field, Reason reason) implements Outcome {}

        /** Nothing was written, because rows were lost on their way. */
        record Incomplete() implements Outcome {}
    }

    /** What can be wrong between the rows of an import. */
    enum Reason {
        /** What can only be once is there more than once. */
        TWICE,
        /** The site, person, mark, correction or shift that it names is not in the import. */
        UNKNOWN,
        /** The mark that it names is another person's. */
        OTHER_PERSON,
        /** A correction made the mark that it names, and no person entered that one. */
        NOT_MANUAL,
        /** It is longer than the store takes. */
        TOO_LONG,
        /** An entry of the audit log has another hash than it says. */
        NOT_AS_WRITTEN,
        /** The first entry of a chain is not its beginning, and no entry says why. */
        NO_START
    }

    /**
     * An encrypted template.
     *
     * @param userId whose it is
     * @param keyId the id of the template key, which the row names
     * @param bytes the stored form in hexadecimal
     */
    record SealedTemplate(String userId, String model, String keyId, String bytes) {}

    /** Whether an encrypted template can be opened. */
    enum Opening {
        OPENS,
        /** Its key is not known here. */
        OTHER_KEY,
        /** It was changed, or belongs to another person or model. */
        CHANGED
    }

    /**
     * Takes rows in that {@link #finish} will write; the same rows may come again.
     *
     * @param importId names the import
     * @param first number of the first row within the import, from 0
     */
    void stage(String importId, long first, List<Row> rows, Instant now);

    /** Removes the staged rows of an import. */
    void abandon(String importId);

    /**
     * Writes all rows of an import, or none.
     *
     * @param rows how many there are
     */
    Outcome finish(String importId, long rows, Instant now);
}
