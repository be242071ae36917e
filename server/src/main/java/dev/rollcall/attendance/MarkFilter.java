package dev.rollcall.attendance;

import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.people.Label;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which marks are listed. */
public record MarkFilter(Whose whose, Made made, Standing standing, Days days, Times times) {

    /** Every mark, also those that don't count. */
    public static final MarkFilter ALL = new MarkFilter(
            new Whose(null, null),
            new Made(null, null, null),
            new Standing(null, null, null),
            new Days(null, null),
            new Times(null, null));

    /**
     * Of whom; null doesn't restrict.
     *
     * @param group {@link Label#NONE} for people without a group
     */
    public record Whose(@Nullable UserId userId, @Nullable Label group) {}

    /**
     * Where and how they were made; null doesn't restrict.
     *
     * @param keyId the API key that made them, such as a device's
     */
    public record Made(
            @Nullable String site,
            @Nullable String keyId,
            @Nullable Source source) {}

    /**
     * What they are now; null doesn't restrict.
     *
     * @param direction as it results from the marks of the day that count
     * @param corrected whether a correction voided, replaced or made them
     */
    public record Standing(
            @Nullable MarkState state,
            @Nullable Direction direction,
            @Nullable Boolean corrected) {}

    /** Work dates, both included; null for no bound. */
    public record Days(@Nullable LocalDate from, @Nullable LocalDate to) {}

    /** Instants, the first included and the last excluded; null for no bound. */
    public record Times(@Nullable Instant from, @Nullable Instant to) {}

    /** Whether a mark counts. */
    public enum MarkState {
        /** It counts. */
        PRESENT,
        /** It was voided, and nothing counts instead of it. */
        VOIDED,
        /** Another mark counts instead of it. */
        REPLACED;

        /** The state of a name in lower case; empty if it is none. */
        public static Optional<MarkState> parse(String text) {
            return Stream.of(values())
                    .filter(state -> state.name().toLowerCase(Locale.ROOT).equals(text))
                    .findFirst();
        }
    }

    /** The marks of a person, or of everybody for null, on work dates of a span, also those that don't count. */
    static MarkFilter of(@Nullable UserId userId, @Nullable LocalDate from, @Nullable LocalDate to) {
        return new MarkFilter(new Whose(userId, null), ALL.made(), ALL.standing(), new Days(from, to), ALL.times());
    }
}
