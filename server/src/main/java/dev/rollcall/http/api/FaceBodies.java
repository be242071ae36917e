package dev.rollcall.http.api;

import dev.rollcall.attendance.Direction;
import dev.rollcall.badges.Badge;
import dev.rollcall.http.wire.FaceRequest;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of requests with pictures as the OpenAPI document describes them. The service itself reads them field by field while they
 * are received, and never creates these values.
 */
final class FaceBodies {

    private static final String PICTURE = "/9j/4AAQSkZJRgABAQAAAQABAAD/";
    private static final Instant CONSENT = Instant.parse("2026-11-20T09:10:00Z");
    private static final String USER_ID = "The person's id: " + UserId.RULE;
    private static final String CLAIM = USER_ID + "; instead of badge";
    private static final String BADGE = "The text of the person's badge, instead of user_id";
    private static final String USER_ID_PATTERN = "^" + UserId.CHARACTER + "+$";
    private static final String NAME = "On one line, with visible characters";
    private static final String IMAGE = "JPEG, PNG or WebP in base64";
    private static final String FILE = "The file of a JPEG, PNG or WebP, or its base64 without a file name";
    private static final String IMAGES = "Images of one moment in base64, instead of image";
    private static final String FILES = "Images of one moment, instead of image: this field several times";
    private static final String MARK = "Whether the mark is written; false if absent";
    private static final String REPLACE = "Whether the new template replaces all others; false if absent";
    private static final String CAPTURED_AT =
            "When a device that had no connection captured the face, by its clock: a late mark; absent for a mark of now";
    private static final String TOKEN =
            "The token of a head-turn challenge that was passed; needed where liveness is challenge";
    private static final String LATITUDE = "Of the position: degrees north";
    private static final String LONGITUDE = "Of the position: degrees east";
    private static final String ACCURACY = "Of the position: the radius in metres within which the device is";
    private static final String CONSENT_AT = "When the person gave consent";

    private FaceBodies() {}

    /** Where a device is. */
    @Schema(
            name = "Position",
            description = "Where the device is; needed where the site has a geofence, and never stored")
    record PositionBody(
            @Schema(minimum = "-90", maximum = "90", description = "Degrees north")
            double latitude,

            @Schema(minimum = "-180", maximum = "180", description = "Degrees east")
            double longitude,

            @Schema(minimum = "0", description = "The radius in metres around it within which the device is")
            double accuracyM) {

        static PositionBody example() {
            return new PositionBody(36.7213, -4.4214, 12);
        }
    }

    /**
     * A verification request in JSON.
     *
     * @param image JPEG, PNG or WebP in base64
     * @param images of one moment, instead of image
     */
    @Schema(name = "RecognizeRequest", description = "A person and the image, or the images, to verify")
    record Recognize(
            @Schema(minLength = 1, maxLength = UserId.MAX_LENGTH, pattern = USER_ID_PATTERN, description = CLAIM)
            @Nullable
            String userId,

            @Schema(maxLength = Badge.MAX_LENGTH, description = BADGE) @Nullable
            String badge,

            @Schema(description = IMAGE, contentEncoding = "base64") @Nullable
            String image,

            @Schema(minItems = 1, maxItems = FaceRequest.MAX_IMAGES, description = IMAGES) @Nullable
            List<String> images,

            @Schema(implementation = Direction.class) @Nullable
            String direction,

            @Schema(description = CAPTURED_AT) @Nullable Instant capturedAt,
            @Schema(description = TOKEN) @Nullable String challengeToken,
            @Nullable PositionBody position) {

        static Recognize example() {
            return new Recognize("geronimo", null, PICTURE, null, null, null, null, PositionBody.example());
        }
    }

    /** A verification request as a form. */
    @Schema(name = "RecognizeForm", description = "A person and the image, or the images, to verify")
    record RecognizeForm(
            @Schema(minLength = 1, maxLength = UserId.MAX_LENGTH, pattern = USER_ID_PATTERN, description = CLAIM)
            @Nullable
            String userId,

            @Schema(maxLength = Badge.MAX_LENGTH, description = BADGE) @Nullable
            String badge,

            @Schema(format = "binary", description = FILE) @Nullable
            String image,

            @Schema(minItems = 1, maxItems = FaceRequest.MAX_IMAGES, description = FILES) @Nullable
            List<String> images,

            @Schema(implementation = Direction.class) @Nullable
            String direction,

            @Schema(description = CAPTURED_AT) @Nullable Instant capturedAt,
            @Schema(description = TOKEN) @Nullable String challengeToken,
            @Schema(description = LATITUDE) @Nullable Double latitude,
            @Schema(description = LONGITUDE) @Nullable Double longitude,
            @Schema(description = ACCURACY) @Nullable Double accuracyM) {

        static RecognizeForm example() {
            return new RecognizeForm("geronimo", null, PICTURE, null, null, null, null, null, null, null);
        }
    }

    /**
     * An identification request in JSON.
     *
     * @param image JPEG, PNG or WebP in base64
     * @param images of one moment, instead of image
     * @param mark whether the mark is written
     */
    @Schema(name = "IdentifyRequest", description = "The image, or the images, of a person to identify")
    record Identify(
            @Schema(description = IMAGE, contentEncoding = "base64") @Nullable
            String image,

            @Schema(minItems = 1, maxItems = FaceRequest.MAX_IMAGES, description = IMAGES) @Nullable
            List<String> images,

            @Schema(description = MARK) @Nullable Boolean mark,

            @Schema(implementation = Direction.class) @Nullable
            String direction,

            @Schema(description = CAPTURED_AT) @Nullable Instant capturedAt,
            @Schema(description = TOKEN) @Nullable String challengeToken,
            @Nullable PositionBody position) {

        static Identify example() {
            return new Identify(PICTURE, null, true, null, null, null, null);
        }
    }

    /** An identification request as a form. */
    @Schema(name = "IdentifyForm", description = "The image, or the images, of a person to identify")
    record IdentifyForm(
            @Schema(format = "binary", description = FILE) @Nullable
            String image,

            @Schema(minItems = 1, maxItems = FaceRequest.MAX_IMAGES, description = FILES) @Nullable
            List<String> images,

            @Schema(description = MARK) @Nullable Boolean mark,

            @Schema(implementation = Direction.class) @Nullable
            String direction,

            @Schema(description = CAPTURED_AT) @Nullable Instant capturedAt,
            @Schema(description = TOKEN) @Nullable String challengeToken,
            @Schema(description = LATITUDE) @Nullable Double latitude,
            @Schema(description = LONGITUDE) @Nullable Double longitude,
            @Schema(description = ACCURACY) @Nullable Double accuracyM) {

        static IdentifyForm example() {
            return new IdentifyForm(PICTURE, null, true, null, null, null, null, null, null);
        }
    }

    /** A picture to look at, in JSON. */
    @Schema(name = "InspectRequest", description = "The picture to look at")
    record Inspect(
            @Schema(description = IMAGE, contentEncoding = "base64")
            String image) {

        static Inspect example() {
            return new Inspect(PICTURE);
        }
    }

    /** A picture to look at, as a form. */
    @Schema(name = "InspectForm", description = "The picture to look at")
    record InspectForm(
            @Schema(format = "binary", description = FILE) String image) {

        static InspectForm example() {
            return new InspectForm(PICTURE);
        }
    }

    /**
     * An enrollment request in JSON.
     *
     * @param image JPEG, PNG or WebP in base64
     * @param replace whether the new template replaces all others
     * @param consentAt when the person gave consent
     */
    @Schema(name = "EnrollRequest", description = "A person to enroll, with a picture")
    record Enroll(
            @Schema(minLength = 1, maxLength = UserId.MAX_LENGTH, pattern = USER_ID_PATTERN, description = USER_ID)
            String userId,

            @Schema(minLength = 1, maxLength = PersonName.MAX_LENGTH, description = NAME)
            String name,

            @Schema(description = IMAGE, contentEncoding = "base64") @Nullable
            String image,

            @Schema(minItems = 1, maxItems = FaceRequest.MAX_IMAGES, description = IMAGES) @Nullable
            List<String> images,

            @Schema(description = REPLACE) @Nullable Boolean replace,
            @Schema(description = CONSENT_AT) @Nullable Instant consentAt) {

        static Enroll example() {
            return new Enroll("geronimo", "Geronimo", PICTURE, null, false, CONSENT);
        }
    }

    /** An enrollment request as a form. */
    @Schema(name = "EnrollForm", description = "A person to enroll, with a picture")
    record EnrollForm(
            @Schema(minLength = 1, maxLength = UserId.MAX_LENGTH, pattern = USER_ID_PATTERN, description = USER_ID)
            String userId,

            @Schema(minLength = 1, maxLength = PersonName.MAX_LENGTH, description = NAME)
            String name,

            @Schema(format = "binary", description = FILE) @Nullable
            String image,

            @Schema(minItems = 1, maxItems = FaceRequest.MAX_IMAGES, description = FILES) @Nullable
            List<String> images,

            @Schema(description = REPLACE) @Nullable Boolean replace,
            @Schema(description = CONSENT_AT) @Nullable Instant consentAt) {

        static EnrollForm example() {
            return new EnrollForm("geronimo", "Geronimo", PICTURE, null, false, CONSENT);
        }
    }
}
