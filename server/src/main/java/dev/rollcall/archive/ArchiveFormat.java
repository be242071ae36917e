package dev.rollcall.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.archive.ArchiveStore.Kind;
import dev.rollcall.archive.ArchiveStore.Row;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The lines of an archive: a header, a row on each line, and an end with the number of rows and the SHA-256 of all lines
 * before it. Lines are read with bounded depth, lengths and numbers of values; numbers keep all their digits; a line that
 * names a field twice is none.
 */
final class ArchiveFormat {

    static final int VERSION = 1;

    private static final String NAME = "rollcall-export";
    private static final int MAX_DEPTH = 20;

    /** A template has 18 names, values and brackets, and a line has room for 450 templates. */
    private static final int MAX_TOKENS = 10_000;

    /** The longest text is a template's embedding in hexadecimal, 2,104 characters; an audit entry's details have 4,096. */
    private static final int MAX_TEXT = 5_000;

    private static final int MAX_DIGITS = 200;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxTokenCount(MAX_TOKENS)
                            .maxStringLength(MAX_TEXT)
                            .maxNameLength(MAX_TEXT)
                            .maxNumberLength(MAX_DIGITS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private ArchiveFormat() {}

    /** The first line. */
    record Header(int version, int schema) {}

    /** The last line. */
    record End(long rows, String sha256) {}

    /** A line between them. */
    record Line(Kind kind, ObjectNode content) {}

    static String header(int schema, Instant now) {
        ObjectNode header = JSON.createObjectNode();
        header.put("format", NAME).put("version", VERSION).put("schema", schema).put("created_at", now.toString());
        return header.toString();
    }

    static Optional<Header> readHeader(String line) {
        JsonNode json = read(line);
        JsonNode version = json.path("version");
        JsonNode schema = json.path("schema");
        return json.path("format").asText().equals(NAME) && version.isInt() && schema.isInt()
                ? Optional.of(new Header(version.intValue(), schema.intValue()))
                : Optional.empty();
    }

    static String line(Row row) {
        return "{\"kind\":\"" + name(row.kind()) + "\",\"content\":" + row.content() + "}";
    }

    static Optional<Line> readLine(String line) {
        JsonNode json = read(line);
        String kind = json.path("kind").asText();
        for (Kind known : Kind.values()) {
            if (name(known).equals(kind) && json.size() == 2 && json.path("content") instanceof ObjectNode content) {
                return Optional.of(new Line(known, content));
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
        JsonNode json = read(line);
        JsonNode end = json.path("end");
        return json.size() == 1
                        && names(end).equals(Set.of("rows", "sha256"))
                        && end.path("rows").isIntegralNumber()
                        && end.path("rows").canConvertToLong()
                ? Optional.of(
                        new End(end.path("rows").longValue(), end.path("sha256").asText()))
                : Optional.empty();
    }

    /** A kind's name on lines and in messages. */
    static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Set<String> names(JsonNode json) {
        Set<String> names = new HashSet<>();
        for (Iterator<String> all = json.fieldNames(); all.hasNext(); ) {
            names.add(all.next());
        }
        return names;
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
