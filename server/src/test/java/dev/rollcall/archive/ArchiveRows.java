package dev.rollcall.archive;

import static java.util.Map.entry;

import dev.rollcall.archive.ArchiveFormat.Line;
import dev.rollcall.archive.ArchiveStore.Kind;
import dev.rollcall.engine.Embedding;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Valid rows of archives, of each kind, and lines with them. */
final class ArchiveRows {

    static final String AT = "\"2026-11-22T08:00:00.123456+00:00\"";
    static final String HASH = "a".repeat(64);
    static final String BYTES = "\"\\\\x" + HASH + "\"";

    static final Map<String, String> PERSON = Map.ofEntries(
            entry("user_id", "\"ann\""),
            entry("name", "\"Ann\""),
            entry("created_at", AT),
            entry("updated_at", AT),
            entry("consent_at", "null"),
            entry("group", "\"Night shift\""),
            entry("external_id", "null"),
            entry("active", "true"),
            entry("site", "null"),
            entry("badge_issue", "\"a-B_09\""),
            entry("badge_issued_at", AT),
            entry("pin_hash", "\"pbkdf2-sha256:150000:" + "0a".repeat(16) + ":" + "0b".repeat(32) + "\""),
            entry("pin_set_at", AT),
            entry("inactive_since", "null"),
            entry("templates", "[]"));
    static final Map<String, String> TEMPLATE = Map.of(
            "id", "1",
            "model", "\"m@1\"",
            "embedding", "\"" + embedding(0, Short.MAX_VALUE) + "\"",
            "quality", "3.5",
            "created_at", AT,
            "sealed_with", "null");
    static final Map<String, String> MARK = Map.ofEntries(
            entry("id", "1"),
            entry("user_id", "\"ann\""),
            entry("marked_at", AT),
            entry("work_date", "\"2026-11-22\""),
            entry("number", "1"),
            entry("direction", "\"in\""),
            entry("confidence", "0.9"),
            entry("similarity", "0.61"),
            entry("liveness", "null"),
            entry("site", "\"default\""),
            entry("key_id", "\"0123456789ab\""),
            entry("source", "\"device\""),
            entry("captured_at", "null"),
            entry("rival_confidence", "0.2"),
            entry("rival_similarity", "-0.1"),
            entry("look_alike", "false"),
            entry("received_at", "null"),
            entry("inside_geofence", "true"),
            entry("direction_given", "true"));
    static final Map<String, String> SITE = Map.ofEntries(
            entry("site", "\"gate-2\""),
            entry("name", "\"Gate\""),
            entry("active", "true"),
            entry("time_zone", "\"Europe/Madrid\""),
            entry("max_marks_per_day", "4"),
            entry("min_seconds_between", "0"),
            entry("day_starts_at", "\"04:30:00\""),
            entry("target_error_rate", "1e-6"),
            entry("liveness", "\"enforce\""),
            entry("directions_allowed", "false"),
            entry("geofence", "{\"latitude\":36.7,\"longitude\":-4.4,\"radius_m\":50}"),
            entry("identify_by", "\"badge\""),
            entry("pin_allowed", "true"),
            entry("badge_key", "\"\\\\x" + HASH + "\""),
            entry("badge_key_made_at", AT),
            entry("created_at", AT),
            entry("updated_at", AT),
            entry("threshold", "null"),
            entry("threshold_changed_at", "null"));
    static final Map<String, String> LOOK_ALIKE =
            Map.of("first_id", "\"ann\"", "second_id", "\"bob\"", "declared_at", AT);
    static final Map<String, String> CORRECTION = Map.of(
            "id", "1",
            "action", "\"replaced\"",
            "user_id", "\"ann\"",
            "old_mark", "1",
            "new_mark", "2",
            "reason", "\"Forgot.\"",
            "key_id", "\"0123456789ab\"",
            "at", AT,
            "approved_by", "\"ba9876543210\"");
    static final Map<String, String> CORRECTION_REQUEST = Map.ofEntries(
            entry("id", "1"),
            entry("state", "\"approved\""),
            entry("action", "\"replaced\""),
            entry("user_id", "\"ann\""),
            entry("old_mark", "1"),
            entry(
                    "proposed",
                    "{\"marked_at\":" + AT + ",\"work_date\":\"2026-01-31\",\"direction\":\"in\","
                            + "\"direction_given\":true,\"site\":\"default\"}"),
            entry("reason", "\"Forgot.\""),
            entry("key_id", "\"0123456789ab\""),
            entry("at", AT),
            entry("decided_by", "\"ba9876543210\""),
            entry("decided_at", AT),
            entry("decision", "\"It is true.\""),
            entry("correction", "1"));
    static final Map<String, String> SHIFT = Map.ofEntries(
            entry("shift", "\"night\""),
            entry("name", "\"Night\""),
            entry("starts_at", "\"22:00:00\""),
            entry("ends_at", "\"06:30:00\""),
            entry("days", "[1,5]"),
            entry("break_rule", "\"automatic\""),
            entry("break_minutes", "30"),
            entry("break_after_minutes", "360"),
            entry("grace_in_minutes", "5"),
            entry("grace_out_minutes", "10"),
            entry("window_before_minutes", "240"),
            entry("window_after_minutes", "240"),
            entry("rounding_minutes", "15"),
            entry("rounding_in", "\"up\""),
            entry("rounding_out", "\"down\""),
            entry("created_at", AT),
            entry("updated_at", AT));
    static final Map<String, String> ASSIGNMENT = Map.of(
            "id", "1",
            "shift", "\"night\"",
            "user_id", "\"ann\"",
            "group", "null",
            "starts_on", "\"2026-01-31\"",
            "ends_on", "null",
            "created_at", AT);
    static final Map<String, String> HOLIDAY = Map.of(
            "id", "1",
            "site", "\"default\"",
            "day", "\"2026-12-25\"",
            "name", "\"Christmas Day\"",
            "yearly", "true");
    static final Map<String, String> KEY = Map.of(
            "key_hash",
            "\"" + HASH + "\"",
            "name",
            "\"gate\"",
            "created_at",
            AT,
            "scopes",
            "[\"read\",\"enroll\"]",
            "expires_at",
            AT,
            "revoked_at",
            "null",
            "site",
            "\"default\"");
    static final Map<String, String> AUDIT = Map.of(
            "at",
            AT,
            "action",
            "\"ENROLLED\"",
            "details",
            "{\"n\":0.10}",
            "chain",
            "\"" + "b".repeat(32) + "\"",
            "number",
            "1",
            "previous",
            BYTES,
            "hash",
            BYTES);

    private ArchiveRows() {}

    static Map<String, String> row(Kind kind) {
        return switch (kind) {
            case SITE -> SITE;
            case PERSON -> PERSON;
            case LOOK_ALIKE -> LOOK_ALIKE;
            case MARK -> MARK;
            case CORRECTION -> CORRECTION;
            case CORRECTION_REQUEST -> CORRECTION_REQUEST;
            case SHIFT -> SHIFT;
            case SHIFT_ASSIGNMENT -> ASSIGNMENT;
            case HOLIDAY -> HOLIDAY;
            case API_KEY -> KEY;
            case AUDIT -> AUDIT;
        };
    }

    static Line line(Kind kind, Map<String, String> row, String field, String value) {
        Map<String, String> changed = new TreeMap<>(row);
        if (!value.isEmpty()) {
            changed.put(field, value);
        }
        return ArchiveFormat.readLine(
                        "{\"kind\":\"" + ArchiveFormat.name(kind) + "\",\"content\":" + json(changed) + "}")
                .orElseThrow();
    }

    static String json(Map<String, String> fields) {
        return "{"
                + String.join(
                        ",",
                        fields.entrySet().stream()
                                .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
                                .toList())
                + "}";
    }

    /** A vector with one component, in the stored form. */
    static String embedding(int place, int value) {
        byte[] bytes = new byte[Embedding.STORED_BYTES];
        bytes[2 * place] = (byte) value;
        bytes[2 * place + 1] = (byte) (value >> 8);
        return HexFormat.of().formatHex(bytes);
    }
}
