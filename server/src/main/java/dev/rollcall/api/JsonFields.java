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
            JsonToken token = parser.nextToken();
            while (token != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset()) + 1;
                if (FaceRequest.TEXTS.contains(field) && value.isScalarValue()) {
                    addText(texts, field, value, parser);
                } else {
                    parser.skipChildren();
                }
                token = parser.nextToken();
                if (field.equals(IMAGE)) {
                    image = isImage(value) ? new int[] {start, endBefore(body, parser)} : null;
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

    private static boolean isImage(JsonToken value) throws InvalidRequestException {
        if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL) {
            throw FaceRequest.invalid(IMAGE, "image must be a string of base64");
        }
        return value == JsonToken.VALUE_STRING;
    }

    /** The closing quote of the string before the parser's token: nothing but white space and a comma are between. */
    private static int endBefore(byte[] body, JsonParser parser) {
        int end = Math.toIntExact(parser.currentTokenLocation().getByteOffset()) - 1;
        while (body[end] != '"') {
            end--;
        }
        return end;
    }
}
