package dev.rollcall.recognition.imports;

import dev.rollcall.keys.Caller;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.bulk.FileResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store of imports and their reports. Every method may throw {@link dev.rollcall.outcome.StoreUnavailableException}.
 * Implementations are safe for use by several threads.
 */
public interface ImportStore {

    /** From this place on, results are not of files of the plan, but of the zip file and of lines of its list. */
    long FIRST_EXTRA_PLACE = 1_000_000;

    /** From this place on, results are about people, in addition to those of their files. */
    long FIRST_PERSON_PLACE = 2 * FIRST_EXTRA_PLACE;

    /** How long the report of an import is kept, and an import that nobody works on. */
    Duration KEPT = Duration.ofDays(30);

    /**
     * Stores an import whose files are complete.
     *
     * @param files how many files are somebody's
     */
    ImportStatus create(ImportId id, ImportKey key, int people, int files, Action by);

    Optional<ImportStatus> read(ImportId id);

    /** Whether a person was erased since an import was received. */
    boolean isErased(ImportId id, UserId userId);

    /** Begins an import or goes on with it; empty if there is no such import, or it has ended. */
    Optional<Taken> take(ImportId id, Instant at);

    /**
     * Notes results, each once. Whoever was erased since the import was received is erased again, and not named in the report.
     *
     * @return whether the import is to go on
     */
    boolean note(ImportId id, List<PlacedResult> results, Instant at);

    /** The places after one that have a result, in ascending order. */
    List<Long> places(ImportId id, long after, int limit);

    /** Results in the order in which they were noted, after the one with this id; empty if there is no such import. */
    Optional<List<ListedResult>> results(ImportId id, long after, int limit);

    /**
     * Ends an import; one that has ended stays as it is, and one with files that have no result isn't finished.
     *
     * @param state FINISHED, CANCELLED or FAILED
     * @param problem why it failed
     * @return the import, or empty if there is none
     */
    Optional<ImportStatus> end(ImportId id, ImportStatus.State state, @Nullable String problem, Action by);

    /** Removes imports that ended before a time, and ends those as failed on which nobody has worked since then. */
    int sweep(Instant before, Instant now);

    /** Who does something, and when. */
    record Action(Caller caller, Instant at) {}

    /**
     * An import to work on.
     *
     * @param caller who sent it
     * @param enrolledLast whom the last result is about, if it is an enrollment: group and external_id may not be stored yet
     */
    record Taken(ImportKey key, Caller caller, @Nullable UserId enrolledLast) {}

    /**
     * A result and its place in the report, by which it is noted once.
     *
     * @param place of a file of the plan its number in the zip file, of another result {@link #FIRST_EXTRA_PLACE} or more
     */
    record PlacedResult(long place, FileResult result) {}

    /** A result with its id, by which results are ordered. */
    record ListedResult(long id, FileResult result) {}
}
