package dev.rollcall.http.wire;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.rollcall.http.problem.RefusedException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The streaming parser of a JSON object with a picture. Not safe for use by several threads. */
public final class JsonFields {

    private static final String IMAGE = "image";
    private static final int MAX_TEXT = 10_000;
    private static final int MAX_DEPTH = 20;

    /** Names, values and brackets together. */
    private static final int MAX_TOKENS = 1_000;

    /** The decoder of pictures in texts in UTF-16 and UTF-32, and under a name that is written with escapes. */
    private static final Base64Variant BASE64 = Base64Variants.MIME_NO_LINEFEEDS.withPaddingAllowed();

    public static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(MAX_TEXT)
                    .maxTokenCount(MAX_TOKENS)
                    .build())
            .build();

    private final PictureSink picture;
    private final JsonPictureInput input;
    private final Map<String, String> texts = new HashMap<>();
    private boolean lastIsNull;

    private JsonFields(InputStream body, PictureSink picture) {
        this.picture = picture;
        this.input = new JsonPictureInput(body, new Base64Sink(picture));
    }

    /**
     * Reads a body.
     *
     * @param picture receives the picture
     */
    static FaceRequest read(InputStream body, PictureSink picture) throws IOException {
        JsonFields fields = new JsonFields(body, picture);
        try {
            fields.read();
        } catch (StreamConstraintsException e) {
            throw RefusedException.invalid("the body has more than " + MAX_DEPTH + " levels, more than " + MAX_TOKENS
                    + " names and values, or a text of more than " + MAX_TEXT + " characters");
        } catch (JsonProcessingException e) {
            throw fields.notJson(e.getLocation());
        } catch (CharConversionException | CharacterCodingException e) {
            throw RefusedException.invalid("the body is not text in UTF-8, UTF-16 or UTF-32");
        }
        if (fields.lastIsNull) {
            picture.clear();
        }
        return new FaceRequest(fields.texts, picture.hasBegun() ? picture.picture() : null);
    }

    private void read() throws IOException {
        try (JsonParser parser = JSON.createParser(input)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw RefusedException.invalid("the body must be a JSON object");
            }
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_OBJECT; token = parser.nextToken()) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals(IMAGE)) {
                    readPicture(value, parser);
                } else if (FaceRequest.TEXTS.contains(field) && value.isScalarValue()) {
                    addText(field, value, parser);
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw RefusedException.invalid("something follows the JSON object");
            }
        }
    }

    /** Reads a picture; its text is an empty string if the input has decoded it. Of several, the last one is used. */
    private void readPicture(JsonToken value, JsonParser parser) throws IOException {
        if (value != JsonToken.VALUE_NULL && value != JsonToken.VALUE_STRING) {
            throw RefusedException.invalid(IMAGE, "image must be a string of base64");
        }
        lastIsNull = value == JsonToken.VALUE_NULL;
        if (lastIsNull) {
            return;
        }
        boolean isDecoded = input.pictures() > 0;
        if (!isDecoded) {
            picture.begin();
        }
        try {
            int more = parser.readBinaryValue(BASE64, isDecoded ? OutputStream.nullOutputStream() : picture);
            if (isDecoded && more > 0) {
                throw RefusedException.invalid(IMAGE, "image is given twice");
            }
        } catch (JsonParseException | IllegalArgumentException e) {
            throw RefusedException.invalid(IMAGE, "image is not valid base64");
        }
    }

    private RefusedException notJson(@Nullable JsonLocation where) {
        String place = where == null || input.pictures() > 0
                ? ""
                : " at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr());
        return RefusedException.invalid("the body is not valid JSON" + place);
    }

    private void addText(String field, JsonToken value, JsonParser parser) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        boolean textual = !field.equals("replace");
        if (textual && value != JsonToken.VALUE_STRING) {
            throw RefusedException.invalid(field, field + " must be a string");
        }
        texts.put(field, parser.getText());
    }
}
