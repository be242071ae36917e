package dev.rollcall.recognition.bulk;

import org.jspecify.annotations.Nullable;

/**
 * What became of one picture file, or of one line of the list of people.
 *
 * @param file the path within the folder or zip file, with {@code /} between its parts
 * @param userId the person's id, or null if none could be found out
 * @param code why it was not enrolled: a {@link FileProblem} or a {@link dev.rollcall.outcome.Code}; null if it was
 * @param detail the reason in a sentence, or null
 */
public record FileResult(
        String file,
        @Nullable String userId,
        Status status,
        @Nullable String code,
        @Nullable String detail) {

    /** The kinds of results. */
    public enum Status {
        /** The template was written. */
        ENROLLED,
        /** The person has a template of this very picture already. */
        ALREADY_ENROLLED,
        /** A trial run would have written the template. */
        ACCEPTED,
        /** Nothing was written. */
        REFUSED,
        /** The picture was not looked at, because the person has as many pictures as are wanted. */
        SKIPPED
    }

    static FileResult enrolled(String file, String userId) {
        return new FileResult(file, userId, Status.ENROLLED, null, null);
    }

    public static FileResult refused(String file, @Nullable String userId, FileProblem problem, String detail) {
        return new FileResult(file, userId, Status.REFUSED, problem.name(), detail);
    }
}
