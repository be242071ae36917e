package dev.rollcall.people;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store of people and their templates. Every method may throw {@link StoreUnavailableException}. */
public interface PeopleStore extends EnrollmentStore {

    /** Removes a person and every template, irreversibly. Empty if there is no such person. */
    Optional<Erasure> erase(UserId userId, Instant at, KeptMarks kept, Caller caller);

    /**
     * What is stored about a person, as a JSON object: the person, templates with decrypted embeddings, marks, corrections,
     * events, kept answers and audit entries. Not included is the number of the last change of the templates. Empty if nothing
     * is stored. The audit log notes the export.
     */
    Optional<String> export(UserId userId, Instant at, Caller caller);

    /** The number of people, and of templates of all models. */
    Held count();

    /** Encrypts every template under the current key, or decrypts it without one; returns how many were changed. */
    long reseal(Instant at, Caller caller);

    /**
     * An enrolled person without the templates themselves.
     *
     * @param consentAt when the person gave consent, or null if unknown
     * @param templates the number of templates of the requested model
     */
    record EnrolledPerson(
            UserId userId,
            Profile profile,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Instant consentAt,
            int templates) {}

    /**
     * What an administrator can change of a person.
     *
     * @param group a group of people that the caller defines, or null
     * @param externalId the id of the person in another system, or null
     * @param active false for a person who is neither recognised nor marked
     * @param site the only site where the person is recognised, or null for every site
     */
    record Profile(
            String name,
            @Nullable String group,
            @Nullable String externalId,
            boolean active,
            @Nullable String site) {}

    /** The number of people and templates. */
    record Held(long people, long templates) {}

    /** What happens to an erased person's marks. */
    enum KeptMarks {
        /** They stay under the person's user id. */
        KEEP,
        /** They stay under a random user id that is stored nowhere else. */
        PSEUDONYMISE
    }

    /**
     * The counts of what an erasure removed and kept.
     *
     * @param answersRemoved answers that were kept for repeated requests
     * @param marksKept marks that stay under the user id
     * @param marksPseudonymised marks that stay under a random one
     * @param auditEntriesKept entries of the audit log with the user id, the one about the erasure included
     */
    record Erasure(
            int templatesRemoved, int answersRemoved, int marksKept, int marksPseudonymised, int auditEntriesKept) {}
}
