package dev.rollcall.archive;

import static dev.rollcall.archive.CheckedRow.limits;
import static dev.rollcall.archive.CheckedRow.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.archive.ArchiveStore.Kind;
import dev.rollcall.engine.Embedding;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each field of each kind of row, within its limits and beyond them. */
class RowCheckTest {

    private static final List<String> NO_INSTANTS = List.of(
            "null",
            "1",
            "\"infinity\"",
            "\"-infinity\"",
            "\"now\"",
            "\"0999-12-31T23:59:59Z\"",
            "\"1000-01-01T00:00:00+01:00\"",
            "\"3000-01-01T00:00:00Z\"",
            "\"2999-12-31T23:59:59-01:00\"",
            "\"2026-02-30T08:00:00Z\"",
            "\"2026-11-22T08:00:00\"",
            "\"2026-11-22T08:00:00.1234567Z\"",
            "\"2026-11-22T24:00:00Z\"",
            "\"2026-11-22 08:00:00+00\"",
            "\"2026-11-22T08:00:00+19:00\"",
            "\"292277026596-12-04T15:30:08Z\"");
    private static final List<String> NO_IDS = List.of(
            "null", "0", "-1", "1.5", "\"1\"", "1e3", "1000000000000001", "9223372036854775807", "1" + "0".repeat(40));
    private static final List<String> NO_USER_IDS = List.of(
            "null", "\"\"", "\"a b\"", "\"a\\u0000\"", "\"\\ud800\"", "\"" + "a".repeat(65) + "\"", "\"ann\\n\"", "7");
    private static final List<String> NO_NAMES = List.of(
            "null",
            "\"\"",
            "\" Ann\"",
            "\"A\\u0000nn\"",
            "\"A\\nnn\"",
            "\"\\ud800\"",
            "\"" + "a".repeat(201) + "\"",
            "[]");

    @Test
    void wholeRows_pass() throws Exception {
        for (Kind kind : Kind.values()) {
            assertThat(told(kind, ArchiveRows.row(kind), "x", ""))
                    .as(kind.name())
                    .isEqualTo("taken");
        }
        assertThat(template("id", "1000000000000000")).isEqualTo("taken");
        assertThat(told(Kind.PERSON, ArchiveRows.PERSON, "user_id", "\"..\"")).isEqualTo("taken");
        assertThat(told(Kind.MARK, ArchiveRows.MARK, "liveness", "1")).isEqualTo("taken");
        assertThat(told(Kind.MARK, ArchiveRows.MARK, "work_date", "\"2026-11-23\""))
                .isEqualTo("taken");
    }

    @Test
    void fieldsOfShiftsAssignmentsAndHolidays_areBounded() throws Exception {
        for (String time : List.of("starts_at", "ends_at")) {
            each(Kind.SHIFT, time, List.of("null", "\"24:00:00\"", "\"06:00:30\""));
        }
        each(Kind.SHIFT, "days", List.of("null", "[]", "[0]", "[8]", "[1,1]", "[\"1\"]"));
        each(Kind.SHIFT, "break_rule", List.of("null", "\"none\""));
        each(Kind.SHIFT, "rounding_minutes", List.of("null", "7", "120"));
        each(Kind.SHIFT, "rounding_in", List.of("null", "\"later\""));
        for (String minutes : List.of(
                "break_minutes",
                "break_after_minutes",
                "grace_in_minutes",
                "grace_out_minutes",
                "window_before_minutes",
                "window_after_minutes")) {
            each(Kind.SHIFT, minutes, List.of("null", "-1", "721", "1.5"));
        }
        each(Kind.SHIFT_ASSIGNMENT, "id", NO_IDS);
        each(Kind.SHIFT_ASSIGNMENT, "user_id", NO_USER_IDS);
        each(Kind.SHIFT_ASSIGNMENT, "starts_on", List.of("null", "\"2026-02-30\""));
        each(Kind.SHIFT_ASSIGNMENT, "ends_on", List.of("\"2026-01-30\""));
        assertThat(told(Kind.SHIFT_ASSIGNMENT, ArchiveRows.ASSIGNMENT, "group", "\"red\""))
                .contains("user_id or group");
        each(Kind.HOLIDAY, "id", NO_IDS);
        each(Kind.HOLIDAY, "day", List.of("null", "\"2026-02-30\""));
        each(Kind.HOLIDAY, "yearly", List.of("null", "1"));
    }

    @Test
    void sitesAndCorrections_haveTheirForms() throws Exception {
        each(Kind.SITE, "site", List.of("null", "\"\"", "\"Gate\"", "\"-a\"", "\"" + "a".repeat(65) + "\""));
        each(Kind.SITE, "active", List.of("null", "1", "\"true\""));
        each(Kind.SITE, "max_marks_per_day", List.of("0", "1.5", "2147483648"));
        each(Kind.SITE, "min_seconds_between", List.of("-1", "\"1\""));
        each(Kind.SITE, "day_starts_at", List.of("\"24:00:00\"", "\"4:30\"", "4"));
        each(Kind.SITE, "target_error_rate", List.of("0", "1", "\"x\""));
        each(Kind.SITE, "threshold", List.of("0", "1", "\"x\""));
        each(Kind.SITE, "threshold_changed_at", List.of(ArchiveRows.AT, "7"));
        each(Kind.SITE, "liveness", List.of("\"maybe\"", "true"));
        each(Kind.SITE, "geofence", List.of("[]", "7"));
        assertThat(told(Kind.SITE, ArchiveRows.SITE, "geofence", "{\"latitude\":91,\"longitude\":0,\"radius_m\":50}"))
                .contains("line 2 (site), geofence, latitude ");
        each(Kind.LOOK_ALIKE, "first_id", NO_USER_IDS);
        each(Kind.LOOK_ALIKE, "second_id", NO_USER_IDS);
        each(Kind.LOOK_ALIKE, "second_id", List.of("\"ann\"", "\"Zoe\""));
        each(Kind.LOOK_ALIKE, "declared_at", NO_INSTANTS);
        each(Kind.CORRECTION, "id", NO_IDS);
        each(Kind.CORRECTION, "action", List.of("null", "\"changed\"", "\"Voided\""));
        each(Kind.CORRECTION, "user_id", NO_USER_IDS);
        each(Kind.CORRECTION, "old_mark", List.of("null", "-1", "0"));
        each(Kind.CORRECTION, "reason", List.of("null", "\"\"", "\"ab\"", "\"" + "a".repeat(501) + "\""));
        each(Kind.CORRECTION, "new_mark", List.of("null", "1", "0"));
        each(Kind.CORRECTION, "approved_by", List.of("\"\"", "\"0123456789ab\""));
        each(Kind.CORRECTION, "key_id", List.of("null", "\"a b\""));
        each(Kind.CORRECTION_REQUEST, "id", NO_IDS);
        each(Kind.CORRECTION_REQUEST, "state", List.of("null", "\"Approved\""));
        each(Kind.CORRECTION_REQUEST, "action", List.of("null", "\"changed\""));
        each(Kind.CORRECTION_REQUEST, "user_id", NO_USER_IDS);
        each(Kind.CORRECTION_REQUEST, "old_mark", List.of("null", "0"));
        each(Kind.CORRECTION_REQUEST, "proposed", List.of("null", "[]"));
        assertThat(told(Kind.CORRECTION_REQUEST, ArchiveRows.CORRECTION_REQUEST, "proposed", "{}"))
                .contains("line 2 (correction_request), proposed, marked_at ");
        assertThat(told(Kind.CORRECTION_REQUEST, ArchiveRows.CORRECTION_REQUEST, "state", "\"pending\""))
                .contains("line 2 (correction_request), decided_");
        each(Kind.CORRECTION_REQUEST, "decided_by", List.of("null", "\"\"", "\"0123456789ab\""));
        each(Kind.CORRECTION_REQUEST, "decided_at", NO_INSTANTS);
        each(Kind.CORRECTION_REQUEST, "decision", List.of("\"ab\"", "7"));
        each(Kind.CORRECTION_REQUEST, "correction", List.of("null", "0"));
        each(Kind.MARK, "site", List.of("null", "\"Gate\""));
        each(Kind.MARK, "direction_given", List.of("null", "0", "\"true\""));
        each(Kind.MARK, "source", List.of("null", "\"DEVICE\""));
        each(Kind.SITE, "identify_by", List.of("\"voice\"", "true"));
        each(Kind.SITE, "pin_allowed", List.of("0", "\"true\""));
        each(Kind.SITE, "badge_key", List.of("\"\"", "\"" + "ab".repeat(32) + "\"", "\"\\\\xab\""));
        each(Kind.SITE, "badge_key_made_at", NO_INSTANTS);
        each(Kind.PERSON, "badge_issue", List.of("\"\"", "\"abc\"", "\"abcde!\""));
        each(Kind.PERSON, "badge_issued_at", NO_INSTANTS);
        String salted = ":" + "0a".repeat(16) + ":" + "0b".repeat(32);
        each(
                Kind.PERSON,
                "pin_hash",
                List.of(
                        "\"730518\"",
                        "\"pbkdf2-sha256:150001" + salted + "\"",
                        "\"pbkdf2-sha256:1000" + salted + "\""));
        each(Kind.PERSON, "pin_set_at", NO_INSTANTS);
        each(Kind.PERSON, "active", List.of("null", "0"));
        each(Kind.PERSON, "inactive_since", List.of(ArchiveRows.AT, "7"));
        each(Kind.PERSON, "external_id", List.of("\"\"", "7"));
        each(Kind.API_KEY, "site", List.of("null", "\"\""));
    }

    @Test
    void instants_haveTheFormThatEveryDatabaseReads() throws Exception {
        RowCheck check = new RowCheck(limits());

        assertThat(check.checked(
                                ArchiveRows.line(
                                        Kind.PERSON,
                                        ArchiveRows.PERSON,
                                        "created_at",
                                        "\"2026-11-22T08:00:00.5+17:30\""),
                                2)
                        .content())
                .contains("\"created_at\":\"2026-11-21T14:30:00.500Z\"");
    }

    @Test
    void valuesOutsideTheirLimits_areRefusedWithLineAndField() throws Exception {
        each(Kind.PERSON, "user_id", NO_USER_IDS);
        each(Kind.PERSON, "name", NO_NAMES);
        each(Kind.PERSON, "created_at", NO_INSTANTS);
        each(Kind.PERSON, "updated_at", NO_INSTANTS);
        each(Kind.PERSON, "consent_at", List.of("\"2027-01-01T00:00:00Z\"", "\"infinity\"", "1"));
        each(Kind.PERSON, "templates", List.of("null", "{}", "\"\"", "[1]", "[[]]"));
        each(Kind.MARK, "id", NO_IDS);
        each(Kind.MARK, "user_id", NO_USER_IDS);
        each(Kind.MARK, "marked_at", NO_INSTANTS);
        each(Kind.MARK, "marked_at", List.of("\"2027-01-01T00:00:00Z\""));
        each(
                Kind.MARK,
                "work_date",
                List.of("null", "\"2026-11-24\"", "\"2026-13-01\"", "\"infinity\"", "\"5874897-12-31\""));
        each(Kind.MARK, "number", List.of("null", "0", "-1", "1000001", "2147483647", "4294967297", "1.0", "\"1\""));
        each(Kind.MARK, "direction", List.of("null", "\"IN\"", "\"sideways\"", "1"));
        each(Kind.MARK, "confidence", List.of("null", "1.1", "-0.1", "1e400", "1e-50", "\"NaN\"", "\"0.9\""));
        each(Kind.MARK, "similarity", List.of("null", "1.1", "-1.1", "\"Infinity\""));
        each(Kind.MARK, "liveness", List.of("1.1", "-0.1", "true"));
        each(
                Kind.API_KEY,
                "key_hash",
                List.of("null", "\"" + ArchiveRows.HASH.toUpperCase(java.util.Locale.ROOT) + "\"", "\"aa\""));
        each(Kind.API_KEY, "name", NO_NAMES);
        each(Kind.API_KEY, "created_at", NO_INSTANTS);
        each(Kind.API_KEY, "expires_at", List.of("\"infinity\"", "1"));
        each(Kind.API_KEY, "revoked_at", List.of("\"infinity\"", "1"));
        each(
                Kind.API_KEY,
                "scopes",
                List.of("null", "[]", "[\"root\"]", "[null]", "[\"read\",\"read\"]", "\"read\"", "{}"));
        each(Kind.AUDIT, "at", NO_INSTANTS);
        each(Kind.AUDIT, "action", List.of("null", "\"\"", "\"enrolled\"", "\"A B\"", "\"" + "A".repeat(41) + "\""));
        each(Kind.AUDIT, "user_id", List.of("\"\"", "\"a b\"", "1"));
        each(Kind.AUDIT, "key_id", List.of("\"\"", "\"a b\"", "1"));
        each(Kind.AUDIT, "request_id", List.of("\"\"", "\"a b\"", "1"));
        each(Kind.AUDIT, "address", List.of("\"\"", "\"a b\"", "1"));
        each(
                Kind.AUDIT,
                "details",
                List.of("null", "[]", "{\"a\":\"\\u0000\"}", "{\"\\u0000\":1}", "{\"a\":[\"\\ud800\"]}"));
        each(Kind.AUDIT, "details", List.of("{\"a\":1e2000}", "{\"a\":1e-2000}", "{\"a\":{\"b\":-1e999999999}}"));
        each(Kind.AUDIT, "chain", List.of("null", "\"x\"", "\"" + "B".repeat(32) + "\""));
        each(Kind.AUDIT, "number", NO_IDS);
        each(Kind.AUDIT, "previous", List.of("null", "\"" + ArchiveRows.HASH + "\"", "\"\\\\x\""));
        each(Kind.AUDIT, "hash", List.of("null", "\"" + ArchiveRows.HASH + "\"", "\"\\\\x\""));
    }

    @Test
    void templatesOutsideTheirLimits_areRefusedWithLineAndField() throws Exception {
        Map<String, List<String>> wrong = Map.of(
                "id", NO_IDS,
                "model", List.of("null", "\"\"", "\"a\\u0000\"", "\"\\ud800\"", "\"" + "m".repeat(201) + "\""),
                "quality", List.of("null", "-1", "1e39", "\"NaN\"", "1e-44"),
                "created_at", NO_INSTANTS,
                "sealed_with", List.of("\"\"", "1", "\"" + "0".repeat(16) + "\""),
                "embedding",
                        List.of(
                                "null",
                                "\"\"",
                                "\"zz\"",
                                "\"" + ArchiveRows.embedding(0, Short.MAX_VALUE).substring(2) + "\"",
                                "\"" + ArchiveRows.embedding(0, Short.MAX_VALUE).replace("f", "F") + "\"",
                                "\"" + ArchiveRows.embedding(0, 0) + "\"",
                                "\"" + ArchiveRows.embedding(0, 30_000) + "\"",
                                "\"" + "ff7f".repeat(Embedding.DIMENSIONS) + "\""));
        for (Map.Entry<String, List<String>> field : wrong.entrySet()) {
            for (String value : field.getValue()) {
                assertThat(template(field.getKey(), value))
                        .as(field.getKey() + " " + value)
                        .contains("line 2 (person), template 1, " + field.getKey() + " ");
            }
        }
    }

    @Test
    void unknownFields_areRefused() throws Exception {
        for (Kind kind : Kind.values()) {
            assertThat(told(kind, ArchiveRows.row(kind), "password", "1")).contains("one field is unknown");
        }
        assertThat(template("vector", "[]")).contains("template 1, one field is unknown");
    }

    @Test
    void linesBeyondAllMeasure_areNone() {
        assertThat(ArchiveFormat.readLine(
                        "{\"kind\":\"audit\",\"content\":" + "{\"a\":".repeat(30) + "1" + "}".repeat(30) + "}"))
                .isEmpty();
        assertThat(ArchiveFormat.readLine(
                        "{\"kind\":\"person\",\"content\":{\"templates\":[" + "[],".repeat(30_000) + "1]}}"))
                .isEmpty();
        assertThat(ArchiveFormat.readLine("{\"kind\":\"person\",\"content\":{\"name\":\"" + "x".repeat(6_000) + "\"}}"))
                .isEmpty();
        assertThat(ArchiveFormat.readLine("{\"kind\":\"person\",\"content\":{\"name\":\"a\",\"name\":\"b\"}}"))
                .isEmpty();
        assertThat(ArchiveFormat.readLine("{\"kind\":\"person\",\"content\":{}} {}"))
                .isEmpty();
        assertThat(ArchiveFormat.readLine("{\"kind\":\"mark\",\"content\":{\"id\":" + "9".repeat(300) + "}}"))
                .isEmpty();
    }

    private static void each(Kind kind, String field, List<String> values) throws Exception {
        for (String value : values) {
            assertThat(told(kind, ArchiveRows.row(kind), field, value))
                    .as(kind + " " + field + " " + value)
                    .contains("line 2 (" + ArchiveFormat.name(kind) + "), " + field + " ");
        }
    }

    private static String template(String field, String value) throws Exception {
        Map<String, String> template = new TreeMap<>(ArchiveRows.TEMPLATE);
        template.put(field, value);
        return told(Kind.PERSON, ArchiveRows.PERSON, "templates", "[" + ArchiveRows.json(template) + "]");
    }
}
