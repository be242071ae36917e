package dev.rollcall.recognition.imports;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An import of many people.
 *
 * @param problem why it failed, or null
 * @param people how many people have pictures in it
 * @param counts what has become of the files so far
 */
public record ImportStatus(
        ImportId id, State state, @Nullable String problem, Times times, int people, Counts counts) {

    /** The states of an import. */
    public enum State {
        /** The files were received. */
        WAITING,
        /** The pictures are being enrolled, or an interrupted import will be continued. */
        RUNNING,
        /** Every file has a result. */
        FINISHED,
        /** It was cancelled; people who were enrolled by then stay. */
        CANCELLED,
        /** It can't be continued. */
        FAILED
    }

    /** When it was received, begun and ended. */
    public record Times(
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {}

    /**
     * Counts of files.
     *
     * @param files that are somebody's
     * @param done those of them that have a result
     * @param refused results that are refusals, also of lines of the list, and of files that are nobody's
     */
    public record Counts(int files, int done, int enrolled, int alreadyEnrolled, int refused) {}
}
