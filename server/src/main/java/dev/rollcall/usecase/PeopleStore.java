package dev.rollcall.usecase;

import dev.rollcall.engine.Embedding;
import dev.rollcall.people.Person;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Where people and their templates are kept. Every method may throw {@link StoreUnavailableException}. */
public interface PeopleStore {

    /** The person with those templates that come from the given model. */
    Optional<Person> find(UserId userId, String modelId);

    /**
     * Writes a template, and the person if there is none yet, in one step.
     *
     * @return how many templates of this model the person has now
     */
    int enroll(NewTemplate template);

    /** Shows every template of a model to the visitor, in no particular order, holding few in memory at once. */
    void forEachTemplate(String modelId, BiConsumer<UserId, Embedding> visitor);

    /**
     * A template to be written.
     *
     * @param modelId the model that made the embedding
     * @param quality length of the embedding before normalisation
     * @param replace whether the person's other templates go
     * @param maxTemplates how many templates of the model the person keeps at most; the oldest go
     */
    record NewTemplate(
            UserId userId,
            PersonName name,
            String modelId,
            Embedding embedding,
            float quality,
            Instant at,
            boolean replace,
            int maxTemplates) {}
}
