package dev.rollcall.people;

import dev.rollcall.engine.Embedding;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Where people and their templates are kept. Every method may throw {@link StoreUnavailableException}. */
public interface PeopleStore {

    /** The person with those templates that come from the given model. */
    Optional<Person> find(UserId userId, String modelId);

    /**
     * Writes a template, and the person if there is none yet, in one step.
     *
     * @return how many templates of this model the person has now; empty, and nothing written, if another person has a
     *     template that came after {@link NewTemplate#checkedUpTo()}
     */
    OptionalInt enroll(NewTemplate template);

    /**
     * Shows templates of a model to the visitor in the order of their ids, holding few in memory at once.
     *
     * @param afterId only templates with a greater id; 0 for all
     * @return the greatest id shown, or {@code afterId} if there was none
     */
    long forEachTemplate(String modelId, long afterId, BiConsumer<UserId, Embedding> visitor);

    /**
     * People in the order of their user ids.
     *
     * @param modelId whose templates are counted
     * @param after only people behind this user id, or null for all
     * @param limit most people, at least 1
     */
    List<EnrolledPerson> list(String modelId, @Nullable UserId after, int limit);

    /** What {@link #list} would tell about one person. */
    Optional<EnrolledPerson> read(UserId userId, String modelId);

    /** Removes a person and every template, for good. Empty if there is no such person. */
    Optional<Erasure> erase(UserId userId, Instant at, KeptMarks kept, Caller caller);

    /**
     * Everything that is held about a person, as a JSON object, with embeddings in the clear; empty if that is nothing.
     * That it was given out is noted.
     */
    Optional<String> export(UserId userId, Instant at, Caller caller);

    /** How many people and templates there are, of all models. */
    Held count();

    /** Brings every template into the form in which templates are stored now; answers how many were in another. */
    long reseal(Instant at, Caller caller);

    /**
     * A template to be written.
     *
     * @param keep what becomes of the person's other templates
     * @param checkedUpTo the greatest id of the templates that the face has been compared with
     */
    record NewTemplate(Identity identity, Template template, Keep keep, long checkedUpTo, Caller caller) {}

    /**
     * Who is enrolled.
     *
     * @param consentAt when the person agreed to it, or null if that isn't told
     */
    record Identity(
            UserId userId, PersonName name, @Nullable Instant consentAt) {}

    /**
     * An embedding with its origin.
     *
     * @param modelId the model that made the embedding
     * @param quality length of the embedding before normalisation
     */
    record Template(String modelId, Embedding embedding, float quality, Instant at) {}

    /**
     * What becomes of a person's other templates.
     *
     * @param replace whether they all go
     * @param maxTemplates how many templates of the model the person keeps at most; the oldest go
     */
    record Keep(boolean replace, int maxTemplates) {}

    /**
     * Somebody enrolled, without the templates themselves.
     *
     * @param consentAt when the person agreed to being enrolled, or null if that wasn't told
     * @param templates how many templates of the model asked for there are
     */
    record EnrolledPerson(
            UserId userId,
            String name,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant consentAt,
            int templates) {}

    /** How many people and templates there are. */
    record Held(long people, long templates) {}

    /** What becomes of an erased person's marks. */
    enum KeptMarks {
        /** They stay under the person's user id. */
        KEEP,
        /** They stay under a random user id that is noted nowhere else. */
        PSEUDONYMISE
    }

    /**
     * What an erasure removed and what it kept.
     *
     * @param answersRemoved answers that were kept for repeated requests
     * @param marksKept marks that stay under the user id
     * @param marksPseudonymised marks that stay under a random one
     * @param auditEntriesKept entries of the audit log with the user id, the one about the erasure included
     */
    record Erasure(
            int templatesRemoved, int answersRemoved, int marksKept, int marksPseudonymised, int auditEntriesKept) {}
}
