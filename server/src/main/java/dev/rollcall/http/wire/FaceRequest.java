package dev.rollcall.http.wire;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request with a picture, in JSON or as a form. The methods throw {@link RefusedException} when a field is
 * missing or invalid.
 */
public final class FaceRequest {

    /** The text fields that are stored; others are ignored. */
    static final Set<String> TEXTS = Set.of("user_id", "name", "replace", "consent_at");

    private final Map<String, String> texts;
    private final byte @Nullable [] image;

    /**
     * Creates a request.
     *
     * @param texts the text fields by name
     * @param image the picture's bytes, or null when there was none
     */
    FaceRequest(Map<String, String> texts, byte @Nullable [] image) {
        this.texts = texts;
        this.image = image;
    }

    /** Size of the picture in bytes; 0 without one. */
    int pictureBytes() {
        return image == null ? 0 : image.length;
    }

    /** The person that the request is about. */
    public UserId userId() {
        return UserId.stored(required("user_id"))
                .orElseThrow(() -> RefusedException.invalid("user_id", "user_id must be " + UserId.RULE));
    }

    /** The person to enroll: an id of one or two dots is refused. */
    public UserId userIdToEnroll() {
        UserId userId = userId();
        if (userId.isDotSegment()) {
            throw RefusedException.invalid("user_id", "user_id must be more than one or two dots");
        }
        return userId;
    }

    public PersonName name() {
        return new PersonName(Fields.name("name", texts.get("name")));
    }

    /** When the person gave consent to enrollment, or null if the field is absent. */
    @Nullable
    public Instant consentAt() {
        String text = texts.get("consent_at");
        return text == null ? null : Fields.instant("consent_at", text);
    }

    public byte[] picture() {
        if (image == null) {
            throw RefusedException.invalid("image", "image is missing");
        }
        return image;
    }

    public boolean flag(String field) {
        String text = texts.getOrDefault(field, "false");
        if (!text.equals("true") && !text.equals("false")) {
            throw RefusedException.invalid(field, field + " must be true or false");
        }
        return text.equals("true");
    }

    private String required(String field) {
        String text = texts.get(field);
        if (text == null) {
            throw RefusedException.invalid(field, field + " is missing");
        }
        return text;
    }
}
