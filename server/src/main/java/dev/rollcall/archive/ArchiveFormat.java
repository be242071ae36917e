package dev.rollcall.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.usecase.ArchiveStore.Kind;
import dev.rollcall.usecase.ArchiveStore.Row;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The lines of an archive: a header, a row on each line, and an end with the number of rows and the SHA-256 of all lines
 * before it.
 */
final class ArchiveFormat {

    static final int VERSION = 1;

    private static final String NAME = "rollcall-export";
    private static final JsonMapper JSON = new JsonMapper();

    private ArchiveFormat() {}

    /** The first line. */
    record Header(int version, int schema) {}

    /** The last line. */
    record End(long rows, String sha256) {}

    static String header(int schema, Instant now) {
        ObjectNode header = JSON.createObjectNode();
        header.put("format", NAME).put("version", VERSION).put("schema", schema).put("created_at", now.toString());
        return header.toString();
    }

    static Optional<Header> readHeader(String line) {
        JsonNode json = read(line);
        return json.path("format").asText().equals(NAME)
                ? Optional.of(new Header(
                        json.path("version").asInt(), json.path("schema").asInt()))
                : Optional.empty();
    }

    static String line(Row row) {
        String kind = row.kind().name().toLowerCase(Locale.ROOT);
        return "{\"kind\":\"" + kind + "\",\"content\":" + row.content() + "}";
    }

    static Optional<Row> readRow(String line) {
        JsonNode json = read(line);
        String kind = json.path("kind").asText();
        for (Kind known : Kind.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(kind)
                    && json.path("content").isObject()) {
                return Optional.of(new Row(known, json.path("content").toString()));
            }
        }
        return Optional.empty();
    }

    static String end(End end) {
        ObjectNode line = JSON.createObjectNode();
        line.putObject("end").put("rows", end.rows()).put("sha256", end.sha256());
        return line.toString();
    }

    static Optional<End> readEnd(String line) {
        JsonNode end = read(line).path("end");
        return end.isObject()
                ? Optional.of(
                        new End(end.path("rows").asLong(), end.path("sha256").asText()))
                : Optional.empty();
    }

    private static JsonNode read(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
