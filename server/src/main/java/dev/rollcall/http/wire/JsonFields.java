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
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The streaming parser of a JSON object with one picture or several. Not safe for use by several threads. */
public final class JsonFields {

    private static final String IMAGE = "image";
    private static final String IMAGES = "images";
    private static final int MAX_TEXT = 10_000;
    private static final int MAX_DEPTH = 20;

    private static final Set<String> FLAGS = Set.of("replace", "mark");

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

    private final PictureSink pictures;
    private final JsonPictureInput input;
    private final Map<String, String> texts = new HashMap<>();
    private @Nullable String unknown;
    private boolean imageIsGiven;
    private boolean imagesAreGiven;

    private JsonFields(InputStream body, PictureSink pictures) {
        this.pictures = pictures;
        this.input = new JsonPictureInput(body, new Base64Sink(pictures));
    }

    /**
     * Reads a body.
     *
     * @param pictures receives the pictures
     */
    static FaceRequest read(InputStream body, PictureSink pictures) throws IOException {
        JsonFields fields = new JsonFields(body, pictures);
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
        if (fields.unknown != null) {
            throw Fields.unknown(fields.unknown);
        }
        if (fields.imageIsGiven && fields.imagesAreGiven) {
            throw RefusedException.invalid(IMAGES, "give image or images, not both");
        }
        boolean given = fields.imageIsGiven || fields.imagesAreGiven;
        return new FaceRequest(fields.texts, given ? pictures.pictures() : List.of());
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
                    readImage(value, parser);
                } else if (field.equals(IMAGES)) {
                    readImages(value, parser);
                } else if (field.equals(PositionFields.POSITION)) {
                    readPosition(value, parser);
                } else if (FaceRequest.TEXTS.contains(field)) {
                    addText(field, value, parser);
                } else {
                    unknown = unknown == null ? field : unknown;
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw RefusedException.invalid("something follows the JSON object");
            }
        }
    }

    /** Reads the only picture; of several fields, the last one is used. */
    private void readImage(JsonToken value, JsonParser parser) throws IOException {
        if (value != JsonToken.VALUE_NULL && value != JsonToken.VALUE_STRING) {
            throw RefusedException.invalid(IMAGE, "image must be a string of base64");
        }
        imageIsGiven = value != JsonToken.VALUE_NULL;
        if (imageIsGiven) {
            if (!isDecoded()) {
                pictures.begin();
            }
            readPicture(IMAGE, parser);
        }
    }

    /** Reads the pictures of an array, of which an empty one counts as absent; of several fields, the last one is used. */
    private void readImages(JsonToken value, JsonParser parser) throws IOException {
        if (value != JsonToken.VALUE_NULL && value != JsonToken.START_ARRAY) {
            throw notAnArray();
        }
        if (value == JsonToken.VALUE_NULL) {
            imagesAreGiven = false;
            return;
        }
        int count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw notAnArray();
            }
            if (!isDecoded()) {
                if (count == 0) {
                    pictures.clear();
                }
                pictures.beginNext();
            }
            readPicture(IMAGES, parser);
            count++;
        }
        imagesAreGiven = count > 0;
    }

    private static RefusedException notAnArray() {
        return RefusedException.invalid(
                IMAGES, "images must be an array of 1 to " + FaceRequest.MAX_IMAGES + " strings of base64");
    }

    /** Whether the input decodes the pictures, so that their texts are empty strings here; certain once a text has begun. */
    private boolean isDecoded() {
        return input.pictures() > 0;
    }

    private void readPicture(String field, JsonParser parser) throws IOException {
        boolean isDecoded = isDecoded();
        try {
            int more = parser.readBinaryValue(BASE64, isDecoded ? OutputStream.nullOutputStream() : pictures);
            if (isDecoded && more > 0) {
                throw RefusedException.invalid(field, field + " is given twice");
            }
        } catch (JsonParseException | IllegalArgumentException e) {
            throw RefusedException.invalid(field, field + " is not valid base64");
        }
    }

    private RefusedException notJson(@Nullable JsonLocation where) {
        String place = where == null || input.pictures() > 0
                ? ""
                : " at line %d, column %d".formatted(where.getLineNr(), where.getColumnNr());
        return RefusedException.invalid("the body is not valid JSON" + place);
    }

    /** Reads the numbers of a position. */
    private void readPosition(JsonToken value, JsonParser parser) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        if (value != JsonToken.START_OBJECT) {
            throw PositionFields.notAnObject();
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            JsonToken number = parser.nextToken();
            PositionFields.checkName(field);
            if (!number.isNumeric()) {
                throw PositionFields.notANumber(field);
            }
            if (texts.put(field, parser.getText()) != null) {
                throw Fields.repeated(PositionFields.POSITION);
            }
        }
    }

    private void addText(String field, JsonToken value, JsonParser parser) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        boolean isFlag = FLAGS.contains(field);
        if (!value.isScalarValue() || (!isFlag && value != JsonToken.VALUE_STRING)) {
            throw RefusedException.invalid(field, field + (isFlag ? " must be true or false" : " must be a string"));
        }
        if (texts.put(field, parser.getText()) != null) {
            throw Fields.repeated(field);
        }
    }
}
