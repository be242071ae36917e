package dev.rollcall.http.api;

import dev.rollcall.people.PeopleStore.EnrolledPerson;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An enrolled person, in responses. */
@Schema(name = "Person", description = "An enrolled person")
record PersonView(
        @Schema(description = "The person's id") String userId,
        @Schema(description = "The person's name") String name,

        @Schema(description = "The person's group; null without one") @Nullable
        String group,

        @Schema(description = "The person's id in another system; null without one") @Nullable
        String externalId,

        @Schema(description = "Whether the person is active; others are neither recognised nor marked")
        boolean active,

        @Schema(description = "The only site where the person is recognised; null for every site") @Nullable
        String site,

        @Schema(description = "When the person was first enrolled")
        Instant createdAt,

        @Schema(description = "When the person's data changed last")
        Instant updatedAt,

        @Schema(description = "When the person gave consent; null if it is not known") @Nullable
        Instant consentAt,

        @Schema(description = "How many templates of the model in use the person has")
        int templates) {

    static PersonView example() {
        Instant enrolledAt = Instant.parse("2026-11-20T09:12:44.120551Z");
        return new PersonView(
                "geronimo", "Geronimo", "night shift", "E-1042", true, null, enrolledAt, enrolledAt, null, 1);
    }

    static PersonView of(EnrolledPerson person) {
        return new PersonView(
                person.userId().value(),
                person.profile().name(),
                person.profile().group(),
                person.profile().externalId(),
                person.profile().active(),
                person.profile().site(),
                person.createdAt(),
                person.updatedAt(),
                person.consentAt(),
                person.templates());
    }
}
