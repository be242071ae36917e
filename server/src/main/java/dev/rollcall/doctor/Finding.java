package dev.rollcall.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What was found about one subject.
 *
 * @param subject such as "disk"
 * @param says what is so, without any secret
 * @param advice what to do; null if there is nothing to do
 */
public record Finding(
        State state, String subject, String says, @Nullable String advice) {

    /** How it is. */
    public enum State {
        OK,
        /** Works, and could be better. */
        NOTE,
        /** The service doesn't work, or soon won't. */
        WRONG
    }

    public static Finding ok(String subject, String says) {
        return new Finding(State.OK, subject, says, null);
    }

    public static Finding note(String subject, String says, String advice) {
        return new Finding(State.NOTE, subject, says, advice);
    }

    public static Finding wrong(String subject, String says, String advice) {
        return new Finding(State.WRONG, subject, says, advice);
    }
}
