package dev.rollcall.usecase;

/** The stable codes of everything that the service refuses. */
public enum Code {
    INVALID_REQUEST,
    INVALID_IMAGE,
    UNSUPPORTED_IMAGE,
    UNAUTHORIZED,
    NOT_ENROLLED,
    NO_FACE,
    MULTIPLE_FACES,
    LOW_QUALITY,
    SPOOF_SUSPECTED,
    NOT_MATCHED,
    DAILY_LIMIT_REACHED,
    TOO_SOON,
    DUPLICATE_FACE,
    FACE_MISMATCH,
    PAYLOAD_TOO_LARGE,
    OVERLOADED,
    STORE_UNAVAILABLE,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    INTERNAL
}
