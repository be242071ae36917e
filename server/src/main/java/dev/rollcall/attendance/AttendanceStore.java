package dev.rollcall.attendance;

import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store of marks, which also applies the rules. */
public interface AttendanceStore {

    /**
     * Applies the rules to a mark and writes it, atomically for any number of service instances; once for each key.
     *
     * <p>A mark is later than every earlier written mark of the person, except those more than {@link
     * AttendancePolicy#CLOCK_TOLERANCE} after the requested moment, which come from a clock that was ahead; those don't
     * count for the spacing either. If necessary, a mark is moved to the microsecond after the last one, and its work date
     * with it. The daily limit counts all marks of that work date.
     *
     * <p>A late mark ({@link Circumstances#receivedAt}) is written at the requested moment, or at the first microsecond from then on at
     * which the person has no mark; it keeps the distance to the marks before and after it.
     *
     * <p>A mark that was voided or replaced counts neither for the limit nor for the spacing nor for the direction.
     *
     * @throws StoreUnavailableException if the store can't be reached; then the mark may or may not have been written
     */
    Marking mark(MarkRequest request, AttendancePolicy policy);

    /** The latest instant among the latest marks and audit entries; empty when there are none. */
    Optional<Instant> newestEntry();

    /** A page of marks. */
    List<MarkOfPerson> list(Query query);

    /** How many marks a filter leaves. */
    long count(MarkFilter filter);

    /** The greatest id of a mark; 0 when there are none. */
    long lastId();

    /** A text that changes with everything that lists of marks show; it may also change without that. */
    String version();

    /**
     * A request for a mark.
     *
     * @param at the moment at which it counts: by the server's clock, or of a late mark by the device's
     * @param evidence null of a mark by PIN
     * @param direction null for the one that alternates with the day's last mark; of a late mark, with the last one before it
     * @param once the idempotency key of the request, or null
     * @param circumstances how the request came
     */
    record MarkRequest(
            UserId userId,
            Instant at,
            Origin origin,
            @Nullable Evidence evidence,
            @Nullable Direction direction,
            @Nullable Once once,
            Circumstances circumstances) {

        public MarkRequest {
            if ((origin.source() == Source.LATE) != (circumstances.receivedAt() != null)) {
                throw new IllegalArgumentException("late marks, and no others, say when they were received");
            }
            if ((origin.source() == Source.PIN) != (evidence == null)) {
                throw new IllegalArgumentException("marks by PIN, and no others, have no evidence");
            }
        }

        /** A request for a mark that is not late, at a site without a geofence. */
        public MarkRequest(
                UserId userId,
                Instant at,
                Origin origin,
                Evidence evidence,
                @Nullable Direction direction,
                @Nullable Once once) {
            this(userId, at, origin, evidence, direction, once, Circumstances.USUAL);
        }
    }

    /**
     * How a request for a mark came.
     *
     * @param receivedAt when the server got it, of a late mark; null for others
     * @param insideGeofence whether the device was in the site's geofence; false where there is none
     */
    record Circumstances(@Nullable Instant receivedAt, boolean insideGeofence) {

        public static final Circumstances USUAL = new Circumstances(null, false);
    }

    /**
     * Where a mark comes from.
     *
     * @param keyId the id of the API key that made it, or null for marks of other systems
     */
    record Origin(String site, @Nullable String keyId, Source source) {}

    /** How a mark came about. */
    enum Source {
        /** A device recognised the person. */
        DEVICE,
        /** A person entered it manually. */
        MANUAL,
        /** A device that had no connection recognised the person earlier. */
        LATE,
        /** It comes from another system. */
        IMPORT,
        /** The person typed number and PIN at a device. */
        PIN
    }

    /**
     * What a mark rests on.
     *
     * @param confidence calibrated, 0…1
     * @param similarity cosine to the nearest template
     * @param liveness the score, 0…1; null when it was not measured
     * @param others null when the person was not compared with others
     */
    record Evidence(
            double confidence,
            double similarity,
            @Nullable Double liveness,
            @Nullable Others others) {}

    /**
     * How well other people matched.
     *
     * @param confidence of the best-matching other person, 0…1; null when there is nobody else
     * @param similarity cosine to that person; null when there is nobody else
     * @param lookAlike whether a declared look-alike of the person matched at least as well as the person
     */
    record Others(@Nullable Double confidence, @Nullable Double similarity, boolean lookAlike) {}

    /**
     * A key under which a mark is made once.
     *
     * @param key 64 lower-case hexadecimal digits
     * @param fingerprint what is asked, as 64 lower-case hexadecimal digits
     * @param expiresAt how long the key is known
     * @param answer what is kept beside the decision if the mark is written, in the form of {@link AnswerStore#text}
     */
    record Once(String key, String fingerprint, Instant expiresAt, String answer) {}

    /** The result of a request for a mark. */
    sealed interface Marking {

        /** The rules were applied. */
        record Decided(MarkDecision decision) implements Marking {}

        /** The key was used before, and nothing was written now. The first answer is kept under the key. */
        record Repeated() implements Marking {}
    }

    /**
     * The filter, order and page of a list of marks.
     *
     * @param after the position after which the page begins, or null for the first page
     * @param limit most marks, at least 1
     */
    record Query(MarkFilter filter, MarkOrder order, MarkOrder.@Nullable Position after, int limit) {

        /**
         * Creates the query of marks in the order of writing, also of those that don't count.
         *
         * @param userId only this person's, or null for everybody's
         * @param from first work date, or null for no bound
         * @param to last work date, or null for no bound
         * @param afterId only marks with a greater id; 0 for all
         */
        public Query(
                @Nullable UserId userId, @Nullable LocalDate from, @Nullable LocalDate to, long afterId, int limit) {
            this(
                    MarkFilter.of(userId, from, to),
                    MarkOrder.WRITTEN,
                    afterId == 0 ? null : new MarkOrder.Position(null, afterId),
                    limit);
        }

        /** The query of a page with another number of marks. */
        Query withLimit(int other) {
            return new Query(filter, order, after, other);
        }
    }

    /**
     * A mark and its person.
     *
     * @param name the person's name, or null when the person is no longer enrolled
     * @param mark as it was written
     * @param confidence null for marks without evidence
     * @param lookAlike whether a declared look-alike of the person matched at least as well; null where it is not known
     */
    record MarkOfPerson(
            UserId userId,
            @Nullable String name,
            Mark mark,
            Origin origin,
            @Nullable Double confidence,
            @Nullable Boolean lookAlike,
            Circumstances circumstances,
            Standing standing) {}

    /**
     * What a mark is after all corrections.
     *
     * @param state whether it counts
     * @param position its place among the marks of the person's work date that count, by time, from 1; null if it doesn't count
     * @param direction as it results from these marks: one that somebody said stays, and each other one is the opposite of the one
     *     before; of a mark that doesn't count as it was written
     * @param corrects the id of the mark instead of which it counts, or null
     * @param correctedBy the id of the mark that counts instead of it, or null
     * @param correctionPending whether a correction of it waits for approval
     */
    record Standing(
            MarkFilter.MarkState state,
            @Nullable Integer position,
            Direction direction,
            @Nullable Long corrects,
            @Nullable Long correctedBy,
            boolean correctionPending) {}
}
