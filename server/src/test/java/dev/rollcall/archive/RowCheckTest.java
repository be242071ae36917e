package dev.rollcall.archive;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.archive.ArchiveFormat.Line;
import dev.rollcall.archive.ArchiveStore.Kind;
import dev.rollcall.engine.Embedding;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each field of each kind of row, within its limits and beyond them. */
class RowCheckTest {

    private static final String AT = "\"2026-11-22T08:00:00.123456+00:00\"";
    private static final String HASH = "a".repeat(64);
    private static final String BYTES = "\"\\\\x" + HASH + "\"";

    private static final Map<String, String> PERSON = Map.of(
            "user_id", "\"ann\"",
            "name", "\"Ann\"",
            "created_at", AT,
            "updated_at", AT,
            "consent_at", "null",
            "group", "\"Night shift\"",
            "external_id", "null",
            "active", "true",
            "site", "null",
            "templates", "[]");
    private static final Map<String, String> TEMPLATE = Map.of(
            "id", "1",
            "model", "\"m@1\"",
            "embedding", "\"" + embedding(0, Short.MAX_VALUE) + "\"",
            "quality", "3.5",
            "created_at", AT,
            "sealed_with", "null");
    private static final Map<String, String> MARK = Map.ofEntries(
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
            entry("rival_similarity", "-0.1"));
    private static final Map<String, String> SITE = Map.ofEntries(
            entry("site", "\"gate-2\""),
            entry("name", "\"Gate\""),
            entry("active", "true"),
            entry("time_zone", "\"Europe/Madrid\""),
            entry("max_marks_per_day", "4"),
            entry("min_seconds_between", "0"),
            entry("day_starts_at", "\"04:30:00\""),
            entry("target_error_rate", "1e-6"),
            entry("liveness", "\"enforce\""),
            entry("geofence", "{\"latitude\":36.7,\"longitude\":-4.4,\"radius_m\":50}"),
            entry("created_at", AT),
            entry("updated_at", AT));
    private static final Map<String, String> CORRECTION = Map.of(
            "id", "1",
            "action", "\"replaced\"",
            "old_mark", "1",
            "new_mark", "2",
            "reason", "\"Forgot.\"",
            "key_id", "\"0123456789ab\"",
            "at", AT);
    private static final Map<String, String> KEY = Map.of(
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
    private static final Map<String, String> AUDIT = Map.of(
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
            assertThat(told(kind, row(kind), "x", "")).as(kind.name()).isEqualTo("taken");
        }
        assertThat(template("id", "1000000000000000")).isEqualTo("taken");
        assertThat(told(Kind.PERSON, PERSON, "user_id", "\"..\"")).isEqualTo("taken");
        assertThat(told(Kind.MARK, MARK, "liveness", "1")).isEqualTo("taken");
        assertThat(told(Kind.MARK, MARK, "work_date", "\"2026-11-23\"")).isEqualTo("taken");
    }

    @Test
    void marksWithoutEvidence_areThoseOfNoDevice() throws Exception {
        for (String source : List.of("manual", "import", "device")) {
            Map<String, String> bare = new HashMap<>(MARK);
            List.of("confidence", "similarity", "rival_confidence", "rival_similarity")
                    .forEach(bare::remove);
            assertThat(told(Kind.MARK, bare, "source", "\"" + source + "\"").equals("taken"))
                    .as(source)
                    .isEqualTo(!source.equals("device"));
        }
        assertThat(told(Kind.MARK, MARK, "source", "\"late\"")).isNotEqualTo("taken");
    }

    @Test
    void sitesAndCorrections_haveTheirForms() throws Exception {
        each(Kind.SITE, "site", List.of("null", "\"\"", "\"Gate\"", "\"-a\"", "\"" + "a".repeat(65) + "\""));
        each(Kind.SITE, "active", List.of("null", "1", "\"true\""));
        each(Kind.SITE, "max_marks_per_day", List.of("0", "1.5", "2147483648"));
        each(Kind.SITE, "min_seconds_between", List.of("-1", "\"1\""));
        each(Kind.SITE, "day_starts_at", List.of("\"24:00:00\"", "\"4:30\"", "4"));
        each(Kind.SITE, "target_error_rate", List.of("0", "1", "\"x\""));
        each(Kind.SITE, "liveness", List.of("\"maybe\"", "true"));
        each(Kind.SITE, "geofence", List.of("[]", "7"));
        assertThat(told(Kind.SITE, SITE, "geofence", "{\"latitude\":91,\"longitude\":0,\"radius_m\":5}"))
                .contains("line 2 (site), geofence, latitude ");
        each(Kind.CORRECTION, "id", NO_IDS);
        each(Kind.CORRECTION, "action", List.of("null", "\"changed\"", "\"Voided\""));
        each(Kind.CORRECTION, "old_mark", List.of("null", "-1", "0"));
        each(Kind.CORRECTION, "reason", List.of("null", "\"\"", "\"" + "a".repeat(501) + "\""));
        each(Kind.CORRECTION, "key_id", List.of("null", "\"a b\""));
        each(Kind.MARK, "site", List.of("null", "\"Gate\""));
        each(Kind.MARK, "source", List.of("null", "\"DEVICE\""));
        each(Kind.PERSON, "active", List.of("null", "0"));
        each(Kind.PERSON, "external_id", List.of("\"\"", "7"));
        each(Kind.API_KEY, "site", List.of("null", "\"\""));
    }

    @Test
    void instants_haveTheFormThatEveryDatabaseReads() throws Exception {
        RowCheck check = new RowCheck(limits());

        assertThat(check.checked(line(Kind.PERSON, PERSON, "created_at", "\"2026-11-22T08:00:00.5+17:30\""), 2)
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
                List.of("null", "\"" + HASH.toUpperCase(java.util.Locale.ROOT) + "\"", "\"aa\""));
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
        each(Kind.AUDIT, "previous", List.of("null", "\"" + HASH + "\"", "\"\\\\x\""));
        each(Kind.AUDIT, "hash", List.of("null", "\"" + HASH + "\"", "\"\\\\x\""));
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
                                "\"" + embedding(0, Short.MAX_VALUE).substring(2) + "\"",
                                "\"" + embedding(0, Short.MAX_VALUE).replace("f", "F") + "\"",
                                "\"" + embedding(0, 0) + "\"",
                                "\"" + embedding(0, 30_000) + "\"",
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
            assertThat(told(kind, row(kind), "password", "1")).contains("one field is unknown");
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
            assertThat(told(kind, row(kind), field, value))
                    .as(kind + " " + field + " " + value)
                    .contains("line 2 (" + ArchiveFormat.name(kind) + "), " + field + " ");
        }
    }

    private static Map<String, String> row(Kind kind) {
        return switch (kind) {
            case SITE -> SITE;
            case PERSON -> PERSON;
            case MARK -> MARK;
            case CORRECTION -> CORRECTION;
            case API_KEY -> KEY;
            case AUDIT -> AUDIT;
        };
    }

    private static String template(String field, String value) throws Exception {
        Map<String, String> template = new TreeMap<>(TEMPLATE);
        template.put(field, value);
        return told(Kind.PERSON, PERSON, "templates", "[" + json(template) + "]");
    }

    /** What is said of a row with one field changed, or without a change if the value is empty. */
    private static String told(Kind kind, Map<String, String> row, String field, String value) throws Exception {
        try {
            new RowCheck(limits()).checked(line(kind, row, field, value), 2);
            return "taken";
        } catch (ArchiveException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Line line(Kind kind, Map<String, String> row, String field, String value) {
        Map<String, String> changed = new TreeMap<>(row);
        if (!value.isEmpty()) {
            changed.put(field, value);
        }
        return ArchiveFormat.readLine(
                        "{\"kind\":\"" + ArchiveFormat.name(kind) + "\",\"content\":" + json(changed) + "}")
                .orElseThrow();
    }

    private static String json(Map<String, String> fields) {
        return "{"
                + String.join(
                        ",",
                        fields.entrySet().stream()
                                .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
                                .toList())
                + "}";
    }

    private static RowCheck.Limits limits() {
        return new RowCheck.Limits(new KeylessStore(), 11, Instant.parse("2026-12-01T00:00:00Z"));
    }

    /** A vector with one component, in the stored form. */
    private static String embedding(int place, int value) {
        byte[] bytes = new byte[Embedding.STORED_BYTES];
        bytes[2 * place] = (byte) value;
        bytes[2 * place + 1] = (byte) (value >> 8);
        return HexFormat.of().formatHex(bytes);
    }
}
