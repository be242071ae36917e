package dev.rollcall.recognition.bulk;

import dev.rollcall.people.EnrollmentStore.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person to enroll, with the files of the pictures.
 *
 * @param group the person's group, or null to leave it as it is
 * @param externalId the person's id in another system, or null to leave it as it is
 * @param files paths with {@code /} between their parts
 */
public record PersonToEnroll(
        Identity identity, @Nullable String group, @Nullable String externalId, List<String> files) {

    public PersonToEnroll {
        files = List.copyOf(files);
    }

    /** The same person with other files. */
    public PersonToEnroll withFiles(List<String> others) {
        return new PersonToEnroll(identity, group, externalId, others);
    }
}
