package dev.rollcall.store.function;

import dev.rollcall.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Archives made by hand: rows, and the header and the end with its checksum around them. */
final class SampleArchive {

    static final String AT = "2026-11-22T08:00:00.123456+00:00";

    private static final int SCHEMA = Schema.VERSION;

    private SampleArchive() {}

    static Path written(Path folder, List<String> rows) throws IOException {
        Path file = folder.resolve(UUID.randomUUID() + ".jsonl.gz");
        return Files.write(file, ArchiveFiles.written(lines(SCHEMA, rows)));
    }

    static List<String> lines(int schema, List<String> rows) {
        List<String> lines = new ArrayList<>();
        lines.add("{\"format\":\"rollcall-export\",\"version\":1,\"schema\":" + schema
                + ",\"created_at\":\"2026-11-22T08:00:00Z\"}");
        lines.addAll(rows);
        return withEnd(lines);
    }

    /** Lines with the end that their checksum asks for. */
    static List<String> withEnd(List<String> lines) {
        String sha256 = Sha256.hex((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        List<String> all = new ArrayList<>(lines);
        all.add("{\"end\":{\"rows\":" + (lines.size() - 1) + ",\"sha256\":\"" + sha256 + "\"}}");
        return all;
    }

    static String site(String id) {
        return "{\"kind\":\"site\",\"content\":{\"site\":\"" + id + "\",\"name\":\"Gate\",\"active\":true,"
                + "\"time_zone\":\"Europe/Madrid\",\"max_marks_per_day\":4,\"min_seconds_between\":60,"
                + "\"day_starts_at\":\"04:30:00\",\"target_error_rate\":1e-06,\"liveness\":\"enforce\",\"directions_allowed\":true,"
                + "\"geofence\":{\"latitude\":36.7,\"longitude\":-4.4,\"radius_m\":50},\"created_at\":\"" + AT
                + "\",\"updated_at\":\"" + AT + "\",\"threshold\":0.86,\"threshold_changed_at\":\"" + AT + "\"}}";
    }

    static String correction(long id, String userId, String action, @Nullable Long oldMark, @Nullable Long newMark) {
        return "{\"kind\":\"correction\",\"content\":{\"id\":" + id + ",\"action\":\"" + action + "\",\"user_id\":\""
                + userId + "\",\"old_mark\":" + oldMark + ",\"new_mark\":" + newMark
                + ",\"reason\":\"Forgot.\",\"key_id\":\"desk\",\"at\":\"" + AT
                + "\",\"approved_by\":null}}";
    }

    /** A wish to void a mark that waits for approval. */
    static String waiting(long id, String userId, long mark) {
        return "{\"kind\":\"correction_request\",\"content\":{\"id\":" + id
                + ",\"state\":\"pending\",\"action\":\"voided\",\"user_id\":\"" + userId + "\",\"old_mark\":" + mark
                + ",\"reason\":\"Was not here.\",\"key_id\":\"desk\",\"at\":\"2026-11-23T08:30:00Z\"}}";
    }

    static String lookAlike(String first, String second) {
        return "{\"kind\":\"look_alike\",\"content\":{\"first_id\":\"" + first + "\",\"second_id\":\"" + second
                + "\",\"declared_at\":\"" + AT + "\"}}";
    }

    /** On one day of the week, by whole hours. */
    static String shift(String id, int start, int end, int day) {
        return "{\"kind\":\"shift\",\"content\":{\"shift\":\"" + id + "\",\"name\":\"Shift\",\"starts_at\":\""
                + "%02d:00:00\",\"ends_at\":\"%02d:00:00\",\"days\":[%d]".formatted(start, end, day)
                + ",\"break_rule\":\"marked\",\"break_minutes\":0,\"break_after_minutes\":360,\"grace_in_minutes\":0"
                + ",\"grace_out_minutes\":0,\"window_before_minutes\":240,\"window_after_minutes\":240"
                + ",\"rounding_minutes\":0,\"rounding_in\":\"nearest\",\"rounding_out\":\"nearest\",\"created_at\":\""
                + AT + "\",\"updated_at\":\"" + AT + "\"}}";
    }

    static String assignment(long id, String shift, String userId) {
        return "{\"kind\":\"shift_assignment\",\"content\":{\"id\":" + id + ",\"shift\":\"" + shift
                + "\",\"user_id\":\"" + userId
                + "\",\"group\":null,\"starts_on\":\"2026-11-02\",\"ends_on\":null,\"created_at\":\"" + AT + "\"}}";
    }

    static String person(String userId, String templates) {
        return "{\"kind\":\"person\",\"content\":{\"user_id\":\"" + userId + "\",\"name\":\"Ann\",\"created_at\":\""
                + AT + "\",\"updated_at\":\"" + AT
                + "\",\"consent_at\":null,\"group\":null,\"external_id\":null,\"active\":true,\"site\":null,\"templates\":["
                + templates + "]}}";
    }

    static String template(long id, int seed) {
        return "{\"id\":" + id + ",\"model\":\"" + Samples.MODEL + "\",\"quality\":3.5,\"created_at\":\"" + AT
                + "\",\"sealed_with\":null,\"embedding\":\""
                + HexFormat.of().formatHex(Samples.embedding(seed).toBytes()) + "\"}";
    }

    /** A mark of a device; those of one person are some seconds apart, by their numbers. */
    static String mark(long id, String userId, int number) {
        return "{\"kind\":\"mark\",\"content\":{\"id\":" + id + ",\"user_id\":\"" + userId + "\",\"marked_at\":\""
                + AT.replace(":00.", ":0" + number + ".") + "\",\"work_date\":\"2026-11-22\",\"number\":" + number
                + ",\"direction\":\"in\",\"confidence\":0.9,\"similarity\":0.61,\"liveness\":null,\"site\":\"default\",\"key_id\":\"gate\",\"source\":\"device\",\"captured_at\":null,\"rival_confidence\":null,\"rival_similarity\":null,\"look_alike\":null,\"received_at\":null,\"inside_geofence\":null,\"direction_given\":false}}";
    }

    /** A mark that a person entered. */
    static String manual(long id, String userId, int number) {
        return mark(id, userId, number)
                .replace("\"source\":\"device\"", "\"source\":\"manual\"")
                .replace("\"confidence\":0.9,\"similarity\":0.61", "\"confidence\":null,\"similarity\":null");
    }

    static String key(String hash) {
        return "{\"kind\":\"api_key\",\"content\":{\"key_hash\":\"" + hash + "\",\"name\":\"gate\",\"created_at\":\""
                + AT + "\",\"scopes\":[\"read\"],\"expires_at\":null,\"revoked_at\":null,\"site\":\"default\"}}";
    }

    /** A name for a new chain. */
    static String newChain() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** The entries of a whole chain, from number 1; each with the given action. */
    static List<String> entries(String name, int length, String action) {
        List<String> rows = new ArrayList<>();
        String previous = Sha256.hex(name.getBytes(StandardCharsets.UTF_8));
        for (int number = 1; number <= length; number++) {
            String details = "{\"n\": 0.10}";
            String hash = hash(name, number, previous, action, details);
            rows.add("{\"kind\":\"audit\",\"content\":{\"at\":\"" + AT + "\",\"action\":\"" + action
                    + "\",\"user_id\":null,\"details\":" + details
                    + ",\"key_id\":\"key\",\"request_id\":null,\"address\":null,\"site\":\"gate-2\",\"chain\":\"" + name
                    + "\",\"number\":"
                    + number + ",\"previous\":\"\\\\x" + previous + "\",\"hash\":\"\\\\x" + hash + "\"}}");
            previous = hash;
        }
        return rows;
    }

    private static String hash(String chain, int number, String previous, String action, String details) {
        long microseconds = ChronoUnit.MICROS.between(Instant.EPOCH, Samples.MORNING);
        String hashed =
                String.join("\n", chain, "" + number, "" + microseconds, action, "", "key", "", "", "gate-2", details);
        return Sha256.hex(HexFormat.of().parseHex(previous), hashed.getBytes(StandardCharsets.UTF_8));
    }
}
