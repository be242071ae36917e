package dev.rollcall.http.api;

import dev.rollcall.keys.Scope;
import dev.rollcall.people.PersonName;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of requests as the OpenAPI document describes them. The service itself reads bodies field by field while they
 * are received, and never creates these values.
 */
final class Bodies {

    private static final String PICTURE = "/9j/4AAQSkZJRgABAQAAAQABAAD/";

    private Bodies() {}

    /**
     * A verification request in JSON.
     *
     * @param image JPEG, PNG or WebP in base64
     */
    @Schema(name = "RecognizeRequest", description = "A person and the picture to verify")
    record Recognize(
            @Schema(minLength = 1, maxLength = 64, description = "Letters, digits and . _ - @ :")
            String userId,

            @Schema(description = "JPEG, PNG or WebP in base64", contentEncoding = "base64")
            String image) {

        static Recognize example() {
            return new Recognize("geronimo", PICTURE);
        }
    }

    /** A verification request as a form. */
    @Schema(name = "RecognizeForm", description = "A person and the picture to verify")
    record RecognizeForm(
            @Schema(minLength = 1, maxLength = 64, description = "Letters, digits and . _ - @ :")
            String userId,

            @Schema(format = "binary", description = "The file of a JPEG, PNG or WebP")
            String image) {}

    /**
     * An enrollment request in JSON.
     *
     * @param image JPEG, PNG or WebP in base64
     * @param replace whether the new template replaces all others
     * @param consentAt when the person gave consent
     */
    @Schema(name = "EnrollRequest", description = "A person to enroll, with a picture")
    record Enroll(
            @Schema(minLength = 1, maxLength = 64, description = "Letters, digits and . _ - @ :")
            String userId,

            @Schema(
                    minLength = 1,
                    maxLength = PersonName.MAX_LENGTH,
                    description = "On one line, with visible characters")
            String name,

            @Schema(description = "JPEG, PNG or WebP in base64", contentEncoding = "base64")
            String image,

            @Schema(description = "Whether the new template replaces all others; false if absent") @Nullable
            Boolean replace,

            @Schema(description = "When the person gave consent") @Nullable
            Instant consentAt) {

        static Enroll example() {
            return new Enroll("geronimo", "Geronimo", PICTURE, false, Instant.parse("2026-11-20T09:10:00Z"));
        }
    }

    /** An enrollment request as a form. */
    @Schema(name = "EnrollForm", description = "A person to enroll, with a picture")
    record EnrollForm(
            @Schema(minLength = 1, maxLength = 64, description = "Letters, digits and . _ - @ :")
            String userId,

            @Schema(
                    minLength = 1,
                    maxLength = PersonName.MAX_LENGTH,
                    description = "On one line, with visible characters")
            String name,

            @Schema(format = "binary", description = "The file of a JPEG, PNG or WebP")
            String image,

            @Schema(description = "Whether the new template replaces all others; false if absent") @Nullable
            Boolean replace,

            @Schema(description = "When the person gave consent") @Nullable
            Instant consentAt) {}

    /**
     * A request for a new API key.
     *
     * @param scopes of admin, enroll, recognize and read
     */
    @Schema(name = "NewKeyRequest", description = "A new API key")
    record NewKey(
            @Schema(
                    minLength = 1,
                    maxLength = PersonName.MAX_LENGTH,
                    description = "On one line, with visible characters")
            String name,

            @Schema(implementation = Scope.class, minItems = 1)
            List<String> scopes,

            @Schema(description = "When the key expires; never if absent") @Nullable
            Instant expiresAt) {

        static NewKey example() {
            return new NewKey("kiosk at the entrance", List.of("recognize"), null);
        }
    }
}
