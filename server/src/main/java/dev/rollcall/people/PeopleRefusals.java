package dev.rollcall.people;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.util.Map;
import java.util.Optional;

/** The refusals that concern a person. */
public final class PeopleRefusals {

    private static final String OTHER_USER_ID = "other_user_id";

    private PeopleRefusals() {}

    /** Nobody is enrolled under the user id, or the person has no template of the model in use. */
    public static Refusal notEnrolled() {
        return new Refusal(Code.NOT_ENROLLED, "Nobody is enrolled under this user_id.");
    }

    /**
     * The refusal of a person who is inactive or bound to another site, or empty. It differs from {@link #notEnrolled} in what the
     * audit log gets, and in nothing that the client gets.
     *
     * @param site where the person is to be recognised
     */
    public static Optional<Refusal> notExpectedAt(String site, Person person) {
        if (!person.active()) {
            return Optional.of(notEnrolled().withAuditFacts(Map.of("reason", "inactive")));
        }
        String only = person.site();
        return only == null || only.equals(site)
                ? Optional.empty()
                : Optional.of(notEnrolled().withAuditFacts(Map.of("reason", "other_site")));
    }

    /** Another person has the external id. For administrators only: it names that person. */
    public static Refusal externalIdTaken(UserId holder) {
        return new Refusal(
                Code.EXTERNAL_ID_TAKEN, "Another person has this external_id.", Map.of("user_id", holder.value()));
    }

    /** There is no site with the id that a person is to be bound to. */
    public static Refusal unknownSite() {
        return new Refusal(Code.INVALID_REQUEST, "There is no site with this id.", Map.of("field", "site"));
    }

    /** The person has no template with the id. */
    public static Refusal noSuchTemplate() {
        return new Refusal(Code.TEMPLATE_NOT_FOUND, "The person has no template with this id.");
    }

    /** Nobody is enrolled under the id of the person who is said to look like another one. */
    public static Refusal otherNotEnrolled() {
        return new Refusal(
                Code.NOT_ENROLLED, "Nobody is enrolled under the other user_id.", Map.of("field", OTHER_USER_ID));
    }

    /** A person can't be declared to look like the same person. */
    public static Refusal samePerson() {
        return new Refusal(
                Code.INVALID_REQUEST, "Both user_ids are of the same person.", Map.of("field", OTHER_USER_ID));
    }

    /** One of the two has as many look-alikes as a person may have. */
    public static Refusal tooManyLookAlikes() {
        return new Refusal(
                Code.INVALID_REQUEST,
                "One of the two people has " + PeopleDirectory.MOST_LOOK_ALIKES
                        + " look-alikes, the most there may be.",
                Map.of("field", OTHER_USER_ID));
    }
}
