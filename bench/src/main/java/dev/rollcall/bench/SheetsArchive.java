package dev.rollcall.bench;

import dev.rollcall.digest.Sha256;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/**
 * An archive of people with marks and one shift, in the form of an export. Each person works on every day and goes out as often as it
 * takes to have the marks.
 *
 * @param people how many people
 * @param months how many months of marks, which end with October 2026
 * @param marksADay marks of a person on one day, an even number
 */
record SheetsArchive(int people, int months, int marksADay) {

    /** The last month. */
    static final LocalDate LAST = LocalDate.of(2026, 10, 1);

    /** The shift and its assignment. */
    private static final int OTHER_ROWS = 2;

    private static final String AT = "2025-01-01T08:00:00Z";

    /** Writes it to a file; returns how many marks it has. */
    long write(Path file) throws IOException {
        MessageDigest digest = Sha256.start();
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file));
                Writer lines = new BufferedWriter(
                        new OutputStreamWriter(new DigestOutputStream(out, digest), StandardCharsets.UTF_8))) {
            long marks = write(lines);
            lines.flush();
            String hash = HexFormat.of().formatHex(digest.digest());
            line(lines, "{\"end\":{\"rows\":" + (people + marks + OTHER_ROWS) + ",\"sha256\":\"" + hash + "\"}}");
            return marks;
        }
    }

    /** Imports it into the embedded database of a {@link LoadedService} in a folder; returns how many marks it has. */
    long importInto(Path folder, Path service) throws IOException, InterruptedException {
        Path file = folder.resolve("marks.jsonl.gz");
        long written = write(file);
        ProcessBuilder command =
                new ProcessBuilder(service.toAbsolutePath().toString(), "import", file.toString()).inheritIO();
        command.environment().put("DATA_DIR", folder.resolve("data").toString());
        if (command.start().waitFor() != 0) {
            throw new IOException("the archive was not imported");
        }
        return written;
    }

    private long write(Writer lines) throws IOException {
        line(
                lines,
                "{\"format\":\"rollcall-export\",\"version\":1,\"schema\":1,\"created_at\":\"2026-11-01T00:00:00Z\"}");
        for (int i = 0; i < people; i++) {
            line(
                    lines,
                    row(
                            "person",
                            "{\"user_id\":\"p%04d\",\"name\":\"Person %d\",\"created_at\":\"%s\",\"updated_at\":\"%s\",\"group\":\"all\",\"external_id\":null,\"active\":true,\"site\":null,\"consent_at\":null,\"templates\":[]}"
                                    .formatted(i, i, AT, AT)));
        }
        long marks = marks(lines);
        line(
                lines,
                row(
                        "shift",
                        "{\"shift\":\"day\",\"name\":\"Day\",\"starts_at\":\"08:00:00\",\"ends_at\":\"16:30:00\",\"days\":[1,2,3,4,5],\"break_rule\":\"automatic\",\"break_minutes\":30,\"break_after_minutes\":360,\"grace_in_minutes\":5,\"grace_out_minutes\":5,\"window_before_minutes\":240,\"window_after_minutes\":240,\"rounding_minutes\":0,\"rounding_in\":\"nearest\",\"rounding_out\":\"nearest\",\"created_at\":\""
                                + AT + "\",\"updated_at\":\"" + AT + "\"}"));
        line(
                lines,
                row(
                        "shift_assignment",
                        "{\"id\":1,\"shift\":\"day\",\"user_id\":null,\"group\":\"all\",\"starts_on\":\"2025-01-01\",\"ends_on\":null,\"created_at\":\""
                                + AT + "\"}"));
        return marks;
    }

    private long marks(Writer lines) throws IOException {
        long id = 0;
        LocalDate first = LAST.minusMonths(months - 1L);
        for (LocalDate day = first; day.isBefore(LAST.plusMonths(1)); day = day.plusDays(1)) {
            for (int person = 0; person < people; person++) {
                for (int n = 1; n <= marksADay; n++) {
                    id++;
                    Instant at = day.atStartOfDay()
                            .plusMinutes(470L + person % 20 + 520L * (n - 1) / (marksADay - 1))
                            .toInstant(ZoneOffset.UTC);
                    line(
                            lines,
                            row(
                                    "mark",
                                    "{\"id\":%d,\"user_id\":\"p%04d\",\"marked_at\":\"%s\",\"work_date\":\"%s\",\"number\":%d,\"direction\":\"%s\",\"confidence\":0.9,\"similarity\":0.6,\"liveness\":null,\"site\":\"default\",\"key_id\":\"gate\",\"source\":\"device\",\"captured_at\":null,\"rival_confidence\":null,\"rival_similarity\":null,\"look_alike\":null,\"received_at\":null,\"inside_geofence\":null,\"direction_given\":false}"
                                            .formatted(id, person, at, day, n, n % 2 == 1 ? "in" : "out")));
                }
            }
        }
        return id;
    }

    private static String row(String kind, String content) {
        return "{\"kind\":\"" + kind + "\",\"content\":" + content + "}";
    }

    private static void line(Writer lines, String line) throws IOException {
        lines.write(line + "\n");
    }
}
