package dev.rollcall.http.api;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of requests as the OpenAPI document describes them. The service itself reads bodies field by field while they
 * are received, and never creates these values.
 */
final class Bodies {

    private static final String PICTURE = "/9j/4AAQSkZJRgABAQ…";

    private Bodies() {}

    /**
     * A verification request in JSON.
     *
     * @param image JPEG, PNG or WebP in base64
     */
    @Schema(name = "RecognizeRequest")
    record Recognize(String userId, String image) {

        static Recognize example() {
            return new Recognize("geronimo", PICTURE);
        }
    }

    /** A verification request as a form. */
    @Schema(name = "RecognizeForm")
    record RecognizeForm(
            String userId, @Schema(format = "binary") String image) {}

    /**
     * An enrollment request in JSON.
     *
     * @param image JPEG, PNG or WebP in base64
     * @param replace whether the new template replaces all others
     * @param consentAt when the person gave consent
     */
    @Schema(name = "EnrollRequest")
    record Enroll(
            String userId,
            String name,
            String image,
            @Nullable Boolean replace,
            @Nullable Instant consentAt) {

        static Enroll example() {
            return new Enroll("geronimo", "Geronimo", PICTURE, false, Instant.parse("2026-11-20T09:10:00Z"));
        }
    }

    /** An enrollment request as a form. */
    @Schema(name = "EnrollForm")
    record EnrollForm(
            String userId,
            String name,
            @Schema(format = "binary") String image,
            @Nullable Boolean replace,
            @Nullable Instant consentAt) {}

    /**
     * A request for a new API key.
     *
     * @param scopes of admin, enroll, recognize and read
     */
    @Schema(name = "NewKeyRequest")
    record NewKey(
            String name, List<String> scopes, @Nullable Instant expiresAt) {

        static NewKey example() {
            return new NewKey("kiosk at the entrance", List.of("recognize"), null);
        }
    }
}
