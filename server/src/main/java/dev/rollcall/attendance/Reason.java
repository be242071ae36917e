package dev.rollcall.attendance;

import dev.rollcall.people.PersonName;
import java.util.Optional;

/**
 * Why a mark is corrected.
 *
 * @param text 3 to 500 characters on one line, of which the same are allowed as in names, in normalization form C, without white space
 *     at its ends
 */
public record Reason(String text) {

    public static final int MIN_LENGTH = 3;
    public static final int MAX_LENGTH = 500;

    /** What a text must be, to follow the name of its field. */
    public static final String RULE = "must be " + MIN_LENGTH + " to " + MAX_LENGTH + " characters on one line";

    /** Parses a reason; empty if it is too short or too long, or has more than one line. */
    public static Optional<Reason> parse(String text) {
        return PersonName.line(text, MIN_LENGTH, MAX_LENGTH).map(Reason::new);
    }
}
