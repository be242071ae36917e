package dev.rollcall.people;

import dev.rollcall.engine.Embedding;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The store of people and their templates as far as enrollment and recognition need it. Every method may throw
 * {@link StoreUnavailableException}.
 */
public interface EnrollmentStore {

    /** The person with those templates that come from the given model. */
    Optional<Person> find(UserId userId, String modelId);

    /**
     * Writes a template, and the person if there is none yet, in one step.
     *
     * @return nothing was written unless it is {@link Written.Enrolled}
     */
    Written enroll(NewTemplate template);

    /** A person's templates of a model, the oldest first; none if there is no such person. */
    List<StoredTemplate> templates(UserId userId, String modelId);

    /**
     * Passes templates of a model to the visitor in the order of their ids, with few in memory at once.
     *
     * @param afterId only templates with a greater id; 0 for all
     * @return the greatest id passed, or {@code afterId} if there was none
     */
    long forEachTemplate(String modelId, long afterId, BiConsumer<UserId, Embedding> visitor);

    /**
     * What has changed about people's templates after a change; 0 for everything that there is.
     *
     * @param limit most people, at least 1
     */
    TemplateChanges changesAfter(String modelId, long change, int limit);

    /** What came of writing a template. */
    sealed interface Written {

        /**
         * The template was written.
         *
         * @param templates the number of the person's templates of its model
         */
        record Enrolled(int templates) implements Written {}

        /**
         * Another person has a template newer than {@link NewTemplate#checkedUpTo()}, or this person's templates are not
         * {@link Keep#seen()}.
         */
        record OtherTemplates() implements Written {}

        /** The caller's key was revoked while the request was on its way. */
        record RevokedKey() implements Written {}
    }

    /**
     * A template to be written.
     *
     * @param keep what happens to the person's other templates
     * @param checkedUpTo the greatest id of the templates that the face has been compared with
     * @param lookAlike another person who looks like this one, whom an entry of the audit log shall name unless the pair was
     *     named before or declared to look alike; null for none
     */
    record NewTemplate(
            Identity identity,
            Template template,
            Keep keep,
            long checkedUpTo,
            @Nullable LookAlike lookAlike,
            Caller caller) {}

    /**
     * Another enrolled person who looks like a face.
     *
     * @param similarity cosine, −1…1
     * @param confidence calibrated, 0…1
     */
    record LookAlike(UserId userId, double similarity, double confidence) {}

    /**
     * The identity of a person to enroll.
     *
     * @param consentAt when the person gave consent, or null if unknown
     */
    record Identity(
            UserId userId, PersonName name, @Nullable Instant consentAt) {}

    /**
     * An embedding with its origin.
     *
     * @param modelId the model that computed the embedding
     * @param quality length of the embedding before normalisation
     */
    record Template(String modelId, Embedding embedding, float quality, Instant at) {}

    /**
     * A stored template.
     *
     * @param id greater than those of all templates that were stored before
     * @param quality length of the embedding before normalisation
     */
    record StoredTemplate(long id, Embedding embedding, float quality, Instant createdAt) {}

    /**
     * What happens to a person's other templates.
     *
     * @param replace whether all of them, of every model, are removed
     * @param seen without {@code replace} the ids of the person's templates of the model, as they were decided on
     * @param removed which of these are removed
     */
    record Keep(boolean replace, List<Long> seen, List<Long> removed) {

        public Keep {
            seen = List.copyOf(seen);
            removed = List.copyOf(removed);
        }
    }
}
