package dev.rollcall.people;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Page;
import dev.rollcall.people.PeopleStore.EnrolledPerson;
import dev.rollcall.people.PeopleStore.Erasure;
import dev.rollcall.people.PeopleStore.KeptMarks;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The use cases of enrolled people: list, read, export, erase. Safe for use by several threads. */
public final class ManagePeople {

    private final PeopleStore people;
    private final String modelId;
    private final KeptMarks keptMarks;
    private final Clock clock;

    /**
     * Creates the use cases.
     *
     * @param modelId the model whose templates are counted
     * @param keptMarks what happens to an erased person's marks
     */
    public ManagePeople(PeopleStore people, String modelId, KeptMarks keptMarks, Clock clock) {
        this.people = people;
        this.modelId = modelId;
        this.keptMarks = keptMarks;
        this.clock = clock;
    }

    /**
     * A page of people in the order of their user ids.
     *
     * @param after the person after whom it begins, or null for the first page
     * @param limit most people, at least 1
     */
    public Page<EnrolledPerson> page(@Nullable UserId after, int limit) {
        return Page.of(people.list(modelId, after, limit + 1), limit, EnrolledPerson::userId);
    }

    /** A page of one person, or of nobody if nobody has this user id. */
    public Page<EnrolledPerson> pageOf(UserId only) {
        return new Page<>(read(only).stream().toList(), Optional.empty());
    }

    /** One person, or empty if nobody has this user id. */
    public Optional<EnrolledPerson> read(UserId userId) {
        return people.read(userId, modelId);
    }

    /** Erases a person and every template, irreversibly; empty if nobody has this user id. */
    public Optional<Erasure> erase(UserId userId, Caller caller) {
        return people.erase(userId, clock.instant(), keptMarks, caller);
    }

    /** The export of a person, as {@link PeopleStore#export} describes it. */
    public Optional<String> export(UserId userId, Caller caller) {
        return people.export(userId, clock.instant(), caller);
    }
}
