package dev.rollcall.people;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;

/** The refusals that concern a person. */
public final class PeopleRefusals {

    private PeopleRefusals() {}

    /** Nobody is enrolled under the user id, or the person has no template of the model in use. */
    public static Refusal notEnrolled() {
        return new Refusal(Code.NOT_ENROLLED, "Nobody is enrolled under this user_id.");
    }
}
