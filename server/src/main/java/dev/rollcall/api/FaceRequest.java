package dev.rollcall.api;

import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import dev.rollcall.usecase.Code;
import dev.rollcall.usecase.Refusal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a request that carries a picture, as they came, whether in JSON or as a form. */
final class FaceRequest {

    /** The text fields that mean something; others are not even kept. */
    static final Set<String> TEXTS = Set.of("user_id", "name", "replace", "consent_at");

    private final Map<String, String> texts;
    private final byte @Nullable [] image;

    /**
     * Holds the fields.
     *
     * @param texts the text fields by name
     * @param image the picture's bytes, or null when there was none
     */
    FaceRequest(Map<String, String> texts, byte @Nullable [] image) {
        this.texts = texts;
        this.image = image;
    }

    /** Size of the picture in bytes, 0 without one. */
    int pictureBytes() {
        return image == null ? 0 : image.length;
    }

    /** The person that is asked for. */
    UserId userId() throws InvalidRequestException {
        return UserId.stored(required("user_id"))
                .orElseThrow(() -> invalid("user_id", "user_id must be 1 to 64 letters, digits and . _ - @ :"));
    }

    /** The person to enroll. */
    UserId userIdToEnroll() throws InvalidRequestException {
        return UserId.parse(userId().value())
                .orElseThrow(() -> invalid("user_id", "user_id must be more than one or two dots"));
    }

    PersonName name() throws InvalidRequestException {
        return new PersonName(Fields.name("name", texts.get("name")));
    }

    /** When the person agreed to being enrolled, or null if that isn't told. */
    @Nullable
    Instant consentAt() throws InvalidRequestException {
        String text = texts.get("consent_at");
        return text == null ? null : Fields.instant("consent_at", text);
    }

    byte[] picture() throws InvalidRequestException {
        if (image == null) {
            throw invalid("image", "image is missing");
        }
        return image;
    }

    boolean flag(String field) throws InvalidRequestException {
        String text = texts.getOrDefault(field, "false");
        if (!text.equals("true") && !text.equals("false")) {
            throw invalid(field, field + " must be true or false");
        }
        return text.equals("true");
    }

    private String required(String field) throws InvalidRequestException {
        String text = texts.get(field);
        if (text == null) {
            throw invalid(field, field + " is missing");
        }
        return text;
    }

    static InvalidRequestException invalid(String field, String detail) {
        return new InvalidRequestException(new Refusal(Code.INVALID_REQUEST, detail, Map.of("field", field)));
    }

    static InvalidRequestException invalid(String detail) {
        return new InvalidRequestException(new Refusal(Code.INVALID_REQUEST, detail));
    }

    static InvalidRequestException tooLarge(long limit) {
        return new InvalidRequestException(new Refusal(
                Code.PAYLOAD_TOO_LARGE, "The request is larger than this service takes.", Map.of("max_bytes", limit)));
    }
}
