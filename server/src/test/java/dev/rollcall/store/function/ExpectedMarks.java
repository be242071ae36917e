package dev.rollcall.store.function;

import static dev.rollcall.attendance.AttendancePolicy.CLOCK_TOLERANCE;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore.MarkRequest;
import dev.rollcall.attendance.AttendanceStore.Origin;
import dev.rollcall.attendance.AttendanceStore.Source;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Mark;
import dev.rollcall.attendance.MarkDecision;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The marks of one person as the rules of the sites say, worked out in memory and without SQL. */
final class ExpectedMarks {

    private static final int MOST_NAMED = 10;

    private static final Comparator<Mark> BY_TIME =
            Comparator.comparing(Mark::markedAt).thenComparing(Mark::id);

    private final Map<String, AttendancePolicy> policies;
    private final Map<Long, Written> written = new TreeMap<>();
    private final Set<Long> ended = new HashSet<>();

    ExpectedMarks(Map<String, AttendancePolicy> policies) {
        this.policies = policies;
    }

    /**
     * A mark as it was written.
     *
     * @param directionGiven whether somebody said the direction
     * @param receivedAt null for marks that are not late
     */
    record Written(
            Mark mark,
            Origin origin,
            boolean directionGiven,
            @Nullable Instant receivedAt) {}

    /** What results for a mark from the others of its day that count. */
    record Place(int position, Direction direction) {}

    /**
     * Applies the rules to a request, and notes the mark.
     *
     * @param id what the store calls the mark if it writes one
     */
    MarkDecision decide(MarkRequest request, long id) {
        AttendancePolicy policy = policyOf(request.origin().site());
        boolean late = request.origin().source() == Source.LATE;
        Instant at = late ? firstFree(request.at()) : afterOthers(request.at());
        LocalDate day = PolicySamples.workDate(policy, at);
        List<Mark> sameDay = countingOn(day);
        if (sameDay.size() >= policy.maxPerDay()) {
            return new MarkDecision.DailyLimitReached(policy.maxPerDay(), latest(sameDay));
        }
        Optional<Mark> near = tooNear(at, policy.minSpacing(), late);
        if (near.isPresent()) {
            return new MarkDecision.TooSoon(near.get().markedAt().plus(policy.minSpacing()), named(near.get()));
        }
        Direction said = request.direction();
        Direction direction = said == null ? alternating(day, late ? at : Instant.MAX) : said;
        Mark mark = new Mark(id, at, day, nextNumber(day), direction);
        write(new Written(
                mark, request.origin(), said != null, request.circumstances().receivedAt()));
        return new MarkDecision.Marked(mark, policy.maxPerDay() - sameDay.size() - 1);
    }

    void write(Written mark) {
        written.put(mark.mark().id(), mark);
    }

    /** From now on, a mark doesn't count. */
    void end(long id) {
        ended.add(id);
    }

    Written get(long id) {
        return Objects.requireNonNull(written.get(id));
    }

    boolean counts(long id) {
        return !ended.contains(id);
    }

    /** All ids, in the order of writing. */
    List<Long> ids() {
        return List.copyOf(written.keySet());
    }

    AttendancePolicy policyOf(String site) {
        return Objects.requireNonNull(policies.get(site));
    }

    Optional<Mark> countingAt(Instant at, @Nullable Long butFor) {
        return counting()
                .filter(mark -> mark.markedAt().equals(at) && !Objects.equals(mark.id(), butFor))
                .findFirst();
    }

    int nextNumber(LocalDate day) {
        return 1
                + marks().filter(mark -> mark.workDate().equals(day))
                        .mapToInt(Mark::number)
                        .max()
                        .orElse(0);
    }

    /** The places of the marks of a day that count, by id: directions that nobody said alternate, and the first is in. */
    Map<Long, Place> places(LocalDate day) {
        Map<Long, Place> places = new HashMap<>();
        Direction next = Direction.IN;
        for (Mark mark : countingOn(day)) {
            Direction direction = get(mark.id()).directionGiven() ? mark.direction() : next;
            places.put(mark.id(), new Place(places.size() + 1, direction));
            next = opposite(direction);
        }
        return places;
    }

    /** Where a mark ends up among the others of its day. */
    Place place(Mark mark) {
        return Objects.requireNonNull(places(mark.workDate()).get(mark.id()));
    }

    private Stream<Mark> marks() {
        return written.values().stream().map(Written::mark);
    }

    private Stream<Mark> counting() {
        return marks().filter(mark -> counts(mark.id()));
    }

    private List<Mark> countingOn(LocalDate day) {
        return counting()
                .filter(mark -> mark.workDate().equals(day))
                .sorted(BY_TIME)
                .toList();
    }

    private Instant firstFree(Instant at) {
        Instant free = at;
        while (isTaken(free)) {
            free = free.plus(1, ChronoUnit.MICROS);
        }
        return free;
    }

    private boolean isTaken(Instant at) {
        return marks().anyMatch(mark -> mark.markedAt().equals(at));
    }

    private Instant afterOthers(Instant at) {
        Instant latest = marks().map(Mark::markedAt)
                .filter(other -> !other.isAfter(at.plus(CLOCK_TOLERANCE)))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        return latest.isBefore(at) ? at : latest.plus(1, ChronoUnit.MICROS);
    }

    private Optional<Mark> tooNear(Instant at, Duration spacing, boolean late) {
        Optional<Mark> before = counting()
                .filter(mark -> mark.markedAt().isBefore(at)
                        && mark.markedAt().plus(spacing).isAfter(at))
                .max(BY_TIME);
        if (before.isPresent() || !late) {
            return before;
        }
        return counting()
                .filter(mark -> mark.markedAt().isAfter(at) && at.plus(spacing).isAfter(mark.markedAt()))
                .min(BY_TIME);
    }

    private Direction alternating(LocalDate day, Instant before) {
        Map<Long, Place> places = places(day);
        return countingOn(day).stream()
                .filter(mark -> mark.markedAt().isBefore(before))
                .max(BY_TIME)
                .map(last ->
                        opposite(Objects.requireNonNull(places.get(last.id())).direction()))
                .orElse(Direction.IN);
    }

    private List<Mark> latest(List<Mark> sameDay) {
        return sameDay.stream()
                .skip(Math.max(0, sameDay.size() - MOST_NAMED))
                .map(this::named)
                .toList();
    }

    /** A mark as a refusal of another one names it: with its direction as lists show it. */
    private Mark named(Mark mark) {
        Direction direction = place(mark).direction();
        return new Mark(mark.id(), mark.markedAt(), mark.workDate(), mark.number(), direction);
    }

    private static Direction opposite(Direction direction) {
        return direction == Direction.IN ? Direction.OUT : Direction.IN;
    }
}
