package dev.rollcall.store.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes to the rows of an archive as somebody makes them who can make the checksum anew, chosen by a seed. */
final class ArchiveMutations {

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-0.0",
            "1",
            "-1",
            "2",
            "0.5",
            "1e-50",
            "1e39",
            "1e400",
            "2147483647",
            "9223372036854775807",
            "1000000000000000",
            "18446744073709551616",
            "\"\"",
            "\".\"",
            "\"..\"",
            "\"person-3\"",
            "\"x\\u0000y\"",
            "\"\\ud800\"",
            "\"infinity\"",
            "\"-infinity\"",
            "\"NaN\"",
            "\"2999-12-31T23:59:59.999999+00:00\"",
            "\"1000-01-01T00:00:00Z\"",
            "\"0001-01-01T00:00:00+00:00\"",
            "\"294276-12-31T23:59:59+00:00\"",
            "\"2026-11-22\"",
            "\"out\"",
            "\"AUDIT_PRUNED\"",
            "\"\\\\x" + "0".repeat(64) + "\"",
            "\"" + "0".repeat(2048) + "\"",
            "\"" + "ff7f".repeat(512) + "\"",
            "\"" + "0".repeat(16) + "\"",
            "[]",
            "{}",
            "[\"read\"]",
            "{\"n\": 1e3}",
            "{\"a\\u0000\": 1}");

    /** Writes half a character as it was read. */
    private static final JsonMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Random random;

    ArchiveMutations(long seed) {
        random = new Random(seed);
    }

    /** The rows with something changed. */
    List<String> of(List<String> rows) throws JsonProcessingException {
        List<String> changed = new ArrayList<>(rows);
        int row = random.nextInt(rows.size());
        switch (random.nextInt(8)) {
            case 0 -> changed.remove(row);
            case 1 -> changed.add(random.nextInt(rows.size() + 1), rows.get(row));
            case 2 -> changed.set(row, changed.set(random.nextInt(rows.size()), rows.get(row)));
            case 3 -> changed.set(row, bytes(rows.get(row)));
            default -> changed.set(row, field(rows.get(row), rows.get(random.nextInt(rows.size()))));
        }
        return changed;
    }

    private String bytes(String row) {
        byte[] bytes = row.getBytes(StandardCharsets.UTF_8);
        int place = random.nextInt(bytes.length);
        bytes[place] = random.nextBoolean()
                ? (byte) (' ' + random.nextInt(95))
                : (byte) (bytes[place] ^ 1 << random.nextInt(5));
        return new String(bytes, StandardCharsets.ISO_8859_1).replace('\n', ' ').replace('\r', ' ');
    }

    /** A row with one of its values exchanged for another, or for one of another row. */
    private String field(String row, String other) throws JsonProcessingException {
        JsonNode json = Json.MAPPER.readTree(row);
        List<Runnable> places = new ArrayList<>();
        JsonNode value = random.nextInt(3) == 0
                ? anyOf(Json.MAPPER.readTree(other))
                : Json.MAPPER.readTree(VALUES.get(random.nextInt(VALUES.size())));
        places(json.path("content"), value, places);
        places.get(random.nextInt(places.size())).run();
        return ASCII.writeValueAsString(json);
    }

    private static void places(JsonNode json, JsonNode value, List<Runnable> places) {
        if (json instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                places.add(() -> object.set(name, value));
                places.add(() -> object.remove(name));
                places(object.path(name), value, places);
            });
        } else if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int place = i;
                places.add(() -> array.set(place, value));
                places.add(() -> array.insert(place, value));
                places(array.get(i), value, places);
            }
        }
    }

    private JsonNode anyOf(JsonNode row) {
        List<JsonNode> all = new ArrayList<>();
        row.path("content").forEach(all::add);
        return all.get(random.nextInt(all.size()));
    }
}
