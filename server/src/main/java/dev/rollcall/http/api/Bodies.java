package dev.rollcall.http.api;

import dev.rollcall.keys.Scope;
import dev.rollcall.people.PersonName;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of requests as the OpenAPI document describes them. The service itself reads bodies field by field while they
 * come, and never makes such values.
 */
final class Bodies {

    private static final String PICTURE = "/9j/4AAQSkZJRgABAQAAAQABAAD/";

    private Bodies() {}

    /**
     * A person's picture to be verified, in JSON.
     *
     * @param image JPEG, PNG or WebP in base64
     */
    @Schema(name = "RecognizeRequest", description = "A person's picture to be verified")
    record Recognize(
            @Schema(minLength = 1, maxLength = 64, description = "Letters, digits and . _ - @ :")
            String userId,

            @Schema(description = "JPEG, PNG or WebP in base64", contentEncoding = "base64")
            String image) {

        static Recognize example() {
            return new Recognize("geronimo", PICTURE);
        }
    }

    /** A person's picture to be verified, as a form. */
    @Schema(name = "RecognizeForm", description = "A person's picture to be verified")
    record RecognizeForm(
            @Schema(minLength = 1, maxLength = 64, description = "Letters, digits and . _ - @ :")
            String userId,

            @Schema(format = "binary", description = "The file of a JPEG, PNG or WebP")
            String image) {}

    /**
     * A person to be enrolled, in JSON.
     *
     * @param image JPEG, PNG or WebP in base64
     * @param replace whether the new template takes the place of all others
     * @param consentAt when the person agreed to it
     */
    @Schema(name = "EnrollRequest", description = "A person to be enrolled")
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

            @Schema(description = "Whether the new template takes the place of all others; false if it is not given")
            @Nullable
            Boolean replace,

            @Schema(description = "When the person agreed to it") @Nullable
            Instant consentAt) {

        static Enroll example() {
            return new Enroll("geronimo", "Geronimo", PICTURE, false, Instant.parse("2026-11-20T09:10:00Z"));
        }
    }

    /** A person to be enrolled, as a form. */
    @Schema(name = "EnrollForm", description = "A person to be enrolled")
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

            @Schema(description = "Whether the new template takes the place of all others; false if it is not given")
            @Nullable
            Boolean replace,

            @Schema(description = "When the person agreed to it") @Nullable
            Instant consentAt) {}

    /**
     * A key to be made.
     *
     * @param scopes of admin, enroll, recognize and read
     */
    @Schema(name = "NewKeyRequest", description = "An API key to be made")
    record NewKey(
            @Schema(
                    minLength = 1,
                    maxLength = PersonName.MAX_LENGTH,
                    description = "On one line, with visible characters")
            String name,

            @Schema(implementation = Scope.class, minItems = 1)
            List<String> scopes,

            @Schema(description = "When the key ends; never if it is not given") @Nullable
            Instant expiresAt) {

        static NewKey example() {
            return new NewKey("kiosk at the entrance", List.of("recognize"), null);
        }
    }
}
