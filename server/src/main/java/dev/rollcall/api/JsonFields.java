package dev.rollcall.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object with a picture in it. The picture's text is not made into a string, which would take three times
 * its memory: the parser only skips over it, and it is decoded from the body where it stands.
 */
final class JsonFields {

    private static final String IMAGE = "image";
    private static final int MAX_TEXT = 10_000;
    private static final int MAX_DEPTH = 20;

    /** Names, values and brackets together. */
    private static final int MAX_TOKENS = 1_000;

    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(MAX_TEXT)
                    .maxTokenCount(MAX_TOKENS)
                    .build())
            .build();

    private JsonFields() {}

    /** Reads a body; it belongs to this method from then on and is overwritten. */
    static FaceRequest read(byte[] body) throws InvalidRequestException {
        Map<String, String> texts = new HashMap<>();
        int[] image = null;
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw FaceRequest.invalid("the body must be a JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals(IMAGE)) {
                    image = imageRange(body, parser, value);
                } else if (FaceRequest.TEXTS.contains(field) && value.isScalarValue()) {
                    addText(texts, field, value, parser);
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw FaceRequest.invalid("something follows the JSON object");
            }
        } catch (JsonProcessingException e) {
            throw notJson(e.getLocation());
        } catch (IOException e) {
            throw new IllegalStateException("a byte array can't fail", e);
        }
        return new FaceRequest(texts, image == null ? null : Base64Image.decode(body, image[0], image[1]));
    }

    private static InvalidRequestException notJson(@Nullable JsonLocation where) {
        String place = where == null ? "" : " at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr());
        return FaceRequest.invalid("the body is not valid JSON" + place);
    }

    private static void addText(Map<String, String> texts, String field, JsonToken value, JsonParser parser)
            throws IOException, InvalidRequestException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        boolean textual = !field.equals("replace");
        if (textual && value != JsonToken.VALUE_STRING) {
            throw FaceRequest.invalid(field, field + " must be a string");
        }
        texts.put(field, parser.getText());
    }

    /**
     * From the first byte behind the opening quote to the closing quote; null for a JSON null. The parser has not read
     * the string yet: it skips over it, and checks it, when it is asked for the next token.
     */
    private static int @Nullable [] imageRange(byte[] body, JsonParser parser, JsonToken value)
            throws InvalidRequestException {
        if (value == JsonToken.VALUE_NULL) {
            return null;
        }
        if (value != JsonToken.VALUE_STRING) {
            throw FaceRequest.invalid(IMAGE, "image must be a string of base64");
        }
        int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset()) + 1;
        int end = start;
        while (end < body.length && body[end] != '"') {
            end += body[end] == '\\' ? 2 : 1;
        }
        return new int[] {start, end};
    }
}
