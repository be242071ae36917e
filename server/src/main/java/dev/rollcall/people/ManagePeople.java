package dev.rollcall.people;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Page;
import dev.rollcall.people.PeopleDirectory.Changing;
import dev.rollcall.people.PeopleDirectory.Declaring;
import dev.rollcall.people.PeopleDirectory.ListedName;
import dev.rollcall.people.PeopleDirectory.ListedTemplate;
import dev.rollcall.people.PeopleDirectory.LookAlike;
import dev.rollcall.people.PeopleDirectory.NamesQuery;
import dev.rollcall.people.PeopleDirectory.TemplateDeletion;
import dev.rollcall.people.PeopleStore.EnrolledPerson;
import dev.rollcall.people.PeopleStore.Erasure;
import dev.rollcall.people.PeopleStore.KeptMarks;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The use cases of enrolled people: list, read, change, export, erase. Safe for use by several threads. */
public final class ManagePeople {

    private final PeopleStore people;
    private final PeopleDirectory directory;
    private final String modelId;
    private final KeptMarks keptMarks;
    private final Clock clock;

    /**
     * Creates the use cases.
     *
     * @param modelId the model whose templates are counted
     * @param keptMarks what happens to an erased person's marks
     */
    public ManagePeople(
            PeopleStore people, PeopleDirectory directory, String modelId, KeptMarks keptMarks, Clock clock) {
        this.people = people;
        this.directory = directory;
        this.modelId = modelId;
        this.keptMarks = keptMarks;
        this.clock = clock;
    }

    /** A page of people. */
    public Page<EnrolledPerson> page(PeopleQuery query) {
        List<EnrolledPerson> oneMore = directory.list(query.withLimit(query.limit() + 1), modelId);
        return Page.of(oneMore, query.limit(), query.order()::key);
    }

    /** How many people a filter lists. */
    public long count(PeopleQuery.Filter filter) {
        return directory.count(filter, modelId);
    }

    /** A page of names. */
    public Page<ListedName> names(NamesQuery query) {
        List<ListedName> oneMore =
                directory.names(new NamesQuery(query.site(), query.prefix(), query.after(), query.limit() + 1));
        return Page.of(oneMore, query.limit(), name -> name.userId().value());
    }

    /** One person, or empty if nobody has this user id. */
    public Optional<EnrolledPerson> read(UserId userId) {
        return directory.read(userId, modelId);
    }

    /** Changes those fields of a person that are given. */
    public Changing change(UserId userId, PersonChange change, Caller caller) {
        return directory.change(userId, change, modelId, by(caller));
    }

    /** All templates of a person, of every model, oldest first; empty if nobody has this user id. */
    public Optional<List<ListedTemplate>> templates(UserId userId) {
        return directory.templates(userId);
    }

    /** Removes one template, irreversibly; the person stays, also without a template. */
    public TemplateDeletion deleteTemplate(UserId userId, long templateId, Caller caller) {
        return directory.deleteTemplate(userId, templateId, modelId, by(caller));
    }

    /** The people who were declared to look like a person; empty if nobody has this user id. */
    public Optional<List<LookAlike>> lookAlikes(UserId userId) {
        return directory.lookAlikes(userId);
    }

    /** Declares that two people look alike; a second time changes nothing. */
    public Declaring declareLookAlikes(UserId userId, UserId other, Caller caller) {
        return userId.equals(other)
                ? new Declaring.SamePerson()
                : directory.declareLookAlikes(userId, other, by(caller));
    }

    /** Withdraws such a declaration; returns those who still look like the person, empty if nobody has this user id. */
    public Optional<List<LookAlike>> withdrawLookAlikes(UserId userId, UserId other, Caller caller) {
        return directory.withdrawLookAlikes(userId, other, by(caller));
    }

    private PeopleDirectory.Change by(Caller caller) {
        return new PeopleDirectory.Change(clock.instant(), caller);
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
