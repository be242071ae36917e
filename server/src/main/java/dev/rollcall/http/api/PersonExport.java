package dev.rollcall.http.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The export of a person, as the OpenAPI document describes it: what is stored about the person, except for the number of the
 * last change of the templates. The service sends the database's JSON, and never creates such values.
 */
@Schema(name = "PersonExport", description = "Everything that is stored about a person")
record PersonExport(
        String userId,
        Instant exportedAt,

        @Schema(description = "Null for a person who was erased") @Nullable
        Map<String, Object> person,

        List<Map<String, Object>> templates,
        List<Map<String, Object>> attendance,

        @Schema(description = "Corrections of marks, oldest first")
        List<Map<String, Object>> corrections,

        @Schema(description = "Events that were recorded for delivery to other systems")
        List<Map<String, Object>> events,

        @Schema(description = "Stored responses for repeated requests")
        List<Map<String, Object>> answers,

        @Schema(description = "Entries of the audit log") List<Map<String, Object>> audit) {

    static PersonExport example() {
        return new PersonExport(
                "geronimo",
                Instant.parse("2026-11-26T01:14:30Z"),
                Map.of("user_id", "geronimo", "name", "Geronimo"),
                List.of(),
                List.of(Map.of("id", 1, "work_date", "2026-11-22", "number", 1, "direction", "in")),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
