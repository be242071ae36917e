package dev.rollcall.api;

import dev.rollcall.usecase.Code;

/** The one table from outcome to HTTP: each code's status and title. */
enum StatusTable {
    INVALID_REQUEST(400, "The request is not valid"),
    INVALID_IMAGE(400, "The picture can't be read"),
    UNSUPPORTED_IMAGE(415, "The picture's format is not supported"),
    UNAUTHORIZED(401, "An API key is needed"),
    FORBIDDEN(403, "The API key doesn't open this"),
    NOT_ENROLLED(404, "The person is not enrolled"),
    NO_FACE(422, "No face was found"),
    MULTIPLE_FACES(422, "Several faces were found"),
    LOW_QUALITY(422, "The face is not clear enough"),
    SPOOF_SUSPECTED(403, "The face doesn't look alive"),
    NOT_MATCHED(403, "The face doesn't match"),
    DAILY_LIMIT_REACHED(409, "The day's marks are used up"),
    TOO_SOON(409, "Too soon after the last mark"),
    IDEMPOTENCY_KEY_REUSED(409, "The key belongs to another request"),
    DUPLICATE_FACE(409, "The face is enrolled already"),
    FACE_MISMATCH(409, "The face is unlike the person's others"),
    CONSENT_REQUIRED(422, "The person's consent is needed"),
    PAYLOAD_TOO_LARGE(413, "The request is too large"),
    REQUEST_TIMEOUT(408, "The request came too slowly"),
    RATE_LIMITED(429, "Too many requests"),
    OVERLOADED(503, "The service is busy"),
    STORE_UNAVAILABLE(503, "The database can't be reached"),
    NOT_FOUND(404, "There is nothing at this address"),
    KEY_NOT_FOUND(404, "There is no such API key"),
    METHOD_NOT_ALLOWED(405, "This address has no such method"),
    INTERNAL(500, "Something is broken");

    private final int status;
    private final String title;

    StatusTable(int status, String title) {
        this.status = status;
        this.title = title;
    }

    static StatusTable of(Code code) {
        return valueOf(code.name());
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    /** Whether the same request may succeed in a moment. */
    boolean worthRetrying() {
        return this == OVERLOADED || this == STORE_UNAVAILABLE || this == RATE_LIMITED;
    }
}
