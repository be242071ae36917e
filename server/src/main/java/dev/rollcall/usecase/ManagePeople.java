package dev.rollcall.usecase;

import dev.rollcall.people.UserId;
import dev.rollcall.usecase.PeopleStore.EnrolledPerson;
import dev.rollcall.usecase.PeopleStore.Erasure;
import dev.rollcall.usecase.PeopleStore.KeptMarks;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists, reads and erases the enrolled people. Safe for use by several threads. */
public final class ManagePeople {

    private final PeopleStore people;
    private final Recognizer recognizer;
    private final KeptMarks keptMarks;
    private final Clock clock;

    /**
     * Begins.
     *
     * @param keptMarks what becomes of an erased person's marks
     */
    public ManagePeople(PeopleStore people, Recognizer recognizer, KeptMarks keptMarks, Clock clock) {
        this.people = people;
        this.recognizer = recognizer;
        this.keptMarks = keptMarks;
        this.clock = clock;
    }

    /**
     * One page.
     *
     * @param people in the order of their user ids
     * @param last behind whom the next page begins, or empty on the last page
     */
    public record Page(List<EnrolledPerson> people, Optional<UserId> last) {}

    /**
     * A page of people.
     *
     * @param after behind whom it begins, or null for the first page
     * @param limit most people, at least 1
     */
    public Page page(@Nullable UserId after, int limit) {
        List<EnrolledPerson> oneMore = people.list(recognizer.modelId(), after, limit + 1);
        if (oneMore.size() <= limit) {
            return new Page(oneMore, Optional.empty());
        }
        List<EnrolledPerson> page = oneMore.subList(0, limit);
        return new Page(page, Optional.of(page.get(limit - 1).userId()));
    }

    /** A page of one person, or of nobody if nobody has this user id. */
    public Page pageOf(UserId only) {
        return new Page(read(only).stream().toList(), Optional.empty());
    }

    /** One person, or empty if nobody has this user id. */
    public Optional<EnrolledPerson> read(UserId userId) {
        return people.read(userId, recognizer.modelId());
    }

    /** Erases a person and every template for good; empty if nobody has this user id. */
    public Optional<Erasure> erase(UserId userId, Caller caller) {
        return people.erase(userId, clock.instant(), keptMarks, caller);
    }

    /** Everything that is held about a person, as a JSON object; empty if that is nothing. */
    public Optional<String> export(UserId userId, Caller caller) {
        return people.export(userId, clock.instant(), caller);
    }
}
