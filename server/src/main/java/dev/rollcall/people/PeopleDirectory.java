package dev.rollcall.people;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.PeopleStore.EnrolledPerson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The store of people as they are listed and changed one by one. Each change appends an entry to the audit log, in the same
 * transaction. Every method may throw {@link StoreUnavailableException}.
 */
public interface PeopleDirectory {

    /** Most people who may be declared to look like one person. */
    int MOST_LOOK_ALIKES = 16;

    /**
     * People in the order of a query.
     *
     * @param modelId the model whose templates are counted
     */
    List<EnrolledPerson> list(PeopleQuery query, String modelId);

    /** How many people a filter lists. */
    long count(PeopleQuery.Filter filter, String modelId);

    /** The names of people, in the order of their user ids. */
    List<ListedName> names(NamesQuery query);

    /** The item of one person in {@link #list}. */
    Optional<EnrolledPerson> read(UserId userId, String modelId);

    /** Changes those fields of a person that are given; a change that changes nothing is not logged. */
    Changing change(UserId userId, PersonChange change, String modelId, Change by);

    /** All templates of a person, of every model, oldest first. Empty if there is no such person. */
    Optional<List<ListedTemplate>> templates(UserId userId);

    /**
     * Removes one template, irreversibly; the person stays, also without a template.
     *
     * @param modelId the model whose remaining templates are counted
     */
    TemplateDeletion deleteTemplate(UserId userId, long templateId, String modelId, Change by);

    /** The people who were declared to look like a person, in the order of their user ids. Empty if there is no such person. */
    Optional<List<LookAlike>> lookAlikes(UserId userId);

    /** Declares that two different people look alike; a second time changes nothing and is not logged. */
    Declaring declareLookAlikes(UserId userId, UserId other, Change by);

    /**
     * Withdraws such a declaration; without one it changes nothing and is not logged.
     *
     * @return those who still look like the first person; empty if there is no such person
     */
    Optional<List<LookAlike>> withdrawLookAlikes(UserId userId, UserId other, Change by);

    /**
     * Which names are listed: of active people of a site, among them those who are bound to none.
     *
     * @param prefix what the user id, the name or a word of the name begins with, in capitals or not; null for everybody
     * @param after the person after whom the page begins, or null for the first page
     * @param limit most people, at least 1
     */
    record NamesQuery(
            String site, @Nullable String prefix, @Nullable UserId after, int limit) {}

    /** A person as far as those see who may know names alone. */
    record ListedName(UserId userId, String name) {}

    /** When a change is made, and by whom. */
    record Change(Instant at, Caller caller) {}

    /** The result of a change. */
    sealed interface Changing {

        /** The person as it is now. */
        record Changed(EnrolledPerson person) implements Changing {}

        /** There is no such person. */
        record NotEnrolled() implements Changing {}

        /** There is no such site. */
        record UnknownSite() implements Changing {}

        /** Another person has the external id. */
        record ExternalIdTaken(UserId holder) implements Changing {}
    }

    /** The result of the removal of a template. */
    sealed interface TemplateDeletion {

        /** How many templates of the model the person has left. */
        record Deleted(int templates) implements TemplateDeletion {}

        /** There is no such person. */
        record NotEnrolled() implements TemplateDeletion {}

        /** The person has no such template. */
        record NoSuchTemplate() implements TemplateDeletion {}
    }

    /**
     * A stored template without its embedding.
     *
     * @param quality length of the embedding before normalisation
     * @param sealedWith the id of the key that encrypted it; null if it is not encrypted
     */
    record ListedTemplate(
            long id,
            String modelId,
            double quality,
            Instant createdAt,
            @Nullable String sealedWith) {}

    /** A person who was declared to look like another one. */
    record LookAlike(UserId userId, String name, Instant declaredAt) {}

    /** The result of a declaration. */
    sealed interface Declaring {

        /** Those who look like the first person now. */
        record Declared(List<LookAlike> lookAlikes) implements Declaring {

            public Declared {
                lookAlikes = List.copyOf(lookAlikes);
            }
        }

        /** There is no first person. */
        record NotEnrolled() implements Declaring {}

        /** There is no other person. */
        record OtherNotEnrolled() implements Declaring {}

        /** Both are the same person. */
        record SamePerson() implements Declaring {}

        /** One of the two has {@value #MOST_LOOK_ALIKES} look-alikes already. */
        record TooMany() implements Declaring {}
    }
}
