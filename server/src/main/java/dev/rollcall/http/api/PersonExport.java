package dev.rollcall.http.api;

import dev.rollcall.recognition.bulk.FileResult;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The export of a person, as the OpenAPI document describes it: what is stored about the person, except for the number of the
 * last change of the templates. The service sends the database's JSON with the reckoned months, and never creates such values.
 */
@Schema(name = "PersonExport", description = "Everything that is stored about a person")
record PersonExport(
        @Schema(description = "The person's id") String userId,

        @Schema(description = "When the export was made") Instant exportedAt,

        @Schema(description = "Null for a person who was erased") @Nullable
        ExportedPerson person,

        @Schema(description = "Templates, oldest first") List<ExportedTemplate> templates,

        @Schema(description = "Marks, in the order of writing")
        List<ExportedMarks.ExportedMark> attendance,

        @Schema(description = "Corrections of marks, oldest first")
        List<ExportedMarks.ExportedCorrection> corrections,

        @Schema(description = "Corrections that wait for approval, or waited, oldest first")
        List<ExportedMarks.ExportedCorrectionRequest> correctionRequests,

        @Schema(description = "Shifts that were assigned to the person, oldest first")
        List<ExportedAssignment> shiftAssignments,

        @Schema(description = "Events that were recorded for delivery to other systems")
        List<ExportedEvent> events,

        @Schema(description = "Stored responses for repeated requests")
        List<ExportedAnswer> answers,

        @Schema(description = "Results of imports of many people")
        List<ExportedImport> imports,

        @Schema(description = "Keys of the person's phones, oldest first")
        List<ExportedPhone> phones,

        @Schema(description = "The link for a phone that was not used yet, if there is one")
        List<ExportedPhoneLink> phoneLinks,

        @Schema(description = "Entries of the audit log") List<ExportedEntry> audit,

        @Schema(description = "Months from the first mark to the present one; none for a person who was erased")
        List<ExportedSheets.ExportedMonth> sheets) {

    private static final String MODEL = "face-embedder@87aacdfe5751";
    private static final String KEY = "3f9a0c41d2b7";
    private static final Instant ENROLLED_AT = Instant.parse("2026-11-20T09:12:44.120551Z");

    @Schema(name = "ExportedPerson", description = "What is stored about the person")
    record ExportedPerson(
            @Schema(description = "The person's id") String userId,
            @Schema(description = "The person's name") String name,

            @Schema(description = "When the person was first enrolled")
            Instant createdAt,

            @Schema(description = "When the person's data changed last")
            Instant updatedAt,

            @Schema(description = "When the person gave consent; null if it is not known") @Nullable
            Instant consentAt,

            @Schema(description = "The person's group; null without one") @Nullable
            String group,

            @Schema(description = "The person's id in another system; null without one") @Nullable
            String externalId,

            @Schema(description = "Whether the person is active")
            boolean active,

            @Schema(description = "Since when the person is not active; null for somebody who is") @Nullable
            Instant inactiveSince,

            @Schema(description = "The person's site; null without one") @Nullable
            String site,

            @Schema(description = "When the badge was issued that is valid; null without one") @Nullable
            Instant badgeIssuedAt,

            @Schema(description = "When the PIN was set; null without one") @Nullable
            Instant pinSetAt,

            @Schema(description = "How many people were declared to look like this one")
            int lookAlikes) {}

    @Schema(name = "ExportedTemplate", description = "One stored embedding of the person")
    record ExportedTemplate(
            @Schema(description = "The template's number") long id,

            @Schema(description = "The id of the model that made it")
            String model,

            @Schema(description = "The numbers of the embedding")
            List<Double> embedding,

            @Schema(description = "Length of the embedding before normalisation")
            double quality,

            @Schema(description = "When it was made") Instant createdAt,

            @Schema(description = "Whether it is stored encrypted")
            boolean encrypted) {}

    @Schema(name = "ExportedAssignment", description = "A shift that the person works, or worked")
    record ExportedAssignment(
            @Schema(description = "The assignment's id") long id,
            @Schema(description = "The shift's id") String shift,

            @Schema(description = "Null: those of groups are in no export of a person") @Nullable
            String group,

            @Schema(description = "The first work date") LocalDate startsOn,

            @Schema(description = "The last work date; null for no end") @Nullable
            LocalDate endsOn,

            @Schema(description = "When it was added") Instant createdAt) {}

    @Schema(name = "ExportedEvent", description = "An event for other systems")
    record ExportedEvent(
            @Schema(description = "The event's number, in the order of writing")
            long id,

            @Schema(description = "When it happened") Instant at,
            @Schema(description = "What happened") String kind,

            @Schema(description = "The site where it happened; null where there is none") @Nullable
            String site,

            @Schema(description = "What other systems are told")
            Map<String, Object> content) {}

    @Schema(name = "ExportedAnswer", description = "A stored response to a request with an Idempotency-Key")
    record ExportedAnswer(
            @Schema(description = "When it was stored") Instant createdAt,

            @Schema(description = "Until when it is kept") Instant expiresAt,

            @Schema(description = "The mark or the refusal, in stored form")
            Map<String, Object> answer) {}

    @Schema(name = "ExportedImport", description = "The result of a file about the person in an import")
    record ExportedImport(
            @Schema(description = "The result's number, in the order of writing")
            long id,

            @Schema(description = "The import's id") String importId,

            @Schema(description = "The path of the file in the zip file, or the line of the list")
            String file,

            @Schema(implementation = FileResult.Status.class)
            String status,

            @Schema(description = "Why it was refused; null if it was not") @Nullable
            String code,

            @Schema(description = "The reason in a sentence; null without one") @Nullable
            String detail) {}

    @Schema(name = "ExportedPhone", description = "The key of a phone of the person, without its secret")
    record ExportedPhone(
            @Schema(description = "The key's id") String id,
            @Schema(description = "The key's name") String name,

            @Schema(description = "The site whose marks the phone makes")
            String site,

            @Schema(description = "When the phone got the key")
            Instant createdAt,

            @Schema(description = "When the key expires; null for never") @Nullable
            Instant expiresAt,

            @Schema(description = "When the key was last used, to the minute; null if it was not") @Nullable
            Instant lastUsedAt,

            @Schema(description = "When the key was revoked; null if it was not") @Nullable
            Instant revokedAt,

            @Schema(description = "The version of its program, as the phone said last; null if it never did") @Nullable
            String deviceVersion) {}

    @Schema(name = "ExportedPhoneLink", description = "A link for a phone of the person, without its secret")
    record ExportedPhoneLink(
            @Schema(description = "The site whose marks the phone will make")
            String site,

            @Schema(description = "When the link was made") Instant createdAt,

            @Schema(description = "Until when the link is valid")
            Instant expiresAt,

            @Schema(description = "The API key that made it; null if it is not known") @Nullable
            String keyId) {}

    @Schema(name = "ExportedEntry", description = "An entry of the audit log about the person")
    record ExportedEntry(
            @Schema(description = "The entry's number, in the order of writing")
            long id,

            @Schema(description = "When it happened") Instant at,

            @Schema(description = "What happened, such as ENROLLED")
            String action,

            @Schema(description = "Details of the action: a code, measured values, counts")
            Map<String, Object> details,

            @Schema(description = "The API key of the request; null where there is none") @Nullable
            String keyId,

            @Schema(description = "The id of the request; null where there is none") @Nullable
            String requestId,

            @Schema(description = "The client's address; null where there is none") @Nullable
            String address,

            @Schema(description = "The site of the API key at that time; null where there is none") @Nullable
            String site) {}

    static PersonExport example() {
        return new PersonExport(
                "geronimo",
                Instant.parse("2026-11-26T01:14:30Z"),
                new ExportedPerson(
                        "geronimo",
                        "Geronimo",
                        ENROLLED_AT,
                        ENROLLED_AT,
                        null,
                        null,
                        null,
                        true,
                        null,
                        null,
                        null,
                        ENROLLED_AT,
                        0),
                List.of(new ExportedTemplate(1, MODEL, List.of(0.0412, -0.0273), 4.385, ENROLLED_AT, false)),
                List.of(ExportedMarks.ExportedMark.example()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new ExportedImport(
                        1, "6f1d0c52a7e94b38b2c5d7e81f0a9436", "geronimo/1.jpg", "enrolled", null, null)),
                List.of(new ExportedPhone(
                        "81c6f2d07a3e",
                        "phone",
                        "default",
                        ENROLLED_AT,
                        null,
                        ENROLLED_AT.plusSeconds(60),
                        null,
                        "phone page")),
                List.of(),
                List.of(new ExportedEntry(
                        1,
                        ENROLLED_AT,
                        "ENROLLED",
                        Map.of("model", MODEL, "templates", 1),
                        KEY,
                        null,
                        null,
                        "default")),
                List.of(ExportedSheets.ExportedMonth.example()));
    }
}
