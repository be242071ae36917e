package dev.rollcall.http.problem;

import dev.rollcall.outcome.Code;

/**
 * The HTTP status and title of a refusal's code.
 *
 * @param status the HTTP status
 * @param title a summary of the code's meaning
 */
public record ProblemType(int status, String title) {

    /** The only table from code to HTTP status. */
    public static ProblemType of(Code code) {
        return switch (code) {
            case INVALID_REQUEST -> new ProblemType(400, "The request is not valid");
            case INVALID_IMAGE -> new ProblemType(400, "The picture can't be read");
            case UNSUPPORTED_IMAGE -> new ProblemType(415, "The picture's format is not supported");
            case UNAUTHORIZED -> new ProblemType(401, "An API key is needed");
            case FORBIDDEN -> new ProblemType(403, "The API key lacks the scope");
            case CSRF_TOKEN_INVALID -> new ProblemType(403, "The session's token is missing or wrong");
            case SESSION_NOT_FOUND -> new ProblemType(404, "The request has no session");
            case NOT_ENROLLED -> new ProblemType(404, "The person is not enrolled");
            case NO_FACE -> new ProblemType(422, "No face was found");
            case MULTIPLE_FACES -> new ProblemType(422, "Several faces were found");
            case LOW_QUALITY -> new ProblemType(422, "The face is not clear enough");
            case SPOOF_SUSPECTED -> new ProblemType(403, "The face doesn't look alive");
            case CHALLENGE_REQUIRED -> new ProblemType(403, "A head-turn challenge is needed");
            case CHALLENGE_FAILED -> new ProblemType(403, "The head-turn challenge failed");
            case CHALLENGE_EXPIRED -> new ProblemType(409, "The challenge is over or unknown");
            case NOT_MATCHED -> new ProblemType(403, "The face doesn't match");
            case NOT_RECOGNIZED -> new ProblemType(403, "Nobody was recognised");
            case AMBIGUOUS -> new ProblemType(409, "The face fits two people");
            case DAILY_LIMIT_REACHED -> new ProblemType(409, "The day's marks are used up");
            case TOO_SOON -> new ProblemType(409, "Too soon after the last mark");
            case TOO_LATE -> new ProblemType(409, "The mark was captured too long ago");
            case DIRECTION_NOT_ALLOWED -> new ProblemType(409, "The direction can't be chosen here");
            case OUTSIDE_SITE -> new ProblemType(403, "The device is not at the site");
            case BADGE_INVALID -> new ProblemType(403, "The badge is not valid");
            case BADGE_REQUIRED -> new ProblemType(403, "A badge is needed");
            case NUMBER_REQUIRED -> new ProblemType(403, "A number or a badge is needed");
            case PIN_INVALID -> new ProblemType(403, "Number or PIN is wrong");
            case PIN_NOT_ALLOWED -> new ProblemType(403, "This site takes no PINs");
            case PIN_TOO_WEAK -> new ProblemType(422, "The PIN is easily guessed");
            case IDEMPOTENCY_KEY_REUSED -> new ProblemType(409, "The key belongs to another request");
            case DUPLICATE_FACE -> new ProblemType(409, "The face is enrolled already");
            case FACE_MISMATCH -> new ProblemType(409, "The face is unlike the person's others");
            case DIFFERENT_FACES -> new ProblemType(422, "The images show different people");
            case CONSENT_REQUIRED -> new ProblemType(422, "The person's consent is needed");
            case PAYLOAD_TOO_LARGE -> new ProblemType(413, "The request is too large");
            case REQUEST_TIMEOUT -> new ProblemType(408, "The request came too slowly");
            case RATE_LIMITED -> new ProblemType(429, "Too many requests");
            case OVERLOADED -> new ProblemType(503, "The service is busy");
            case GALLERY_LOADING -> new ProblemType(503, "The templates are being loaded");
            case STORE_UNAVAILABLE -> new ProblemType(503, "The database can't be reached");
            case NOT_FOUND -> new ProblemType(404, "There is nothing at this address");
            case KEY_NOT_FOUND -> new ProblemType(404, "There is no such API key");
            case DEVICE_NOT_FOUND -> new ProblemType(404, "There is no such device");
            case PAIRING_NOT_FOUND -> new ProblemType(404, "There is no such pairing");
            case PAIRING_CODE_INVALID -> new ProblemType(403, "The code is not valid");
            case SETUP_LINK_INVALID -> new ProblemType(403, "The link is not valid");
            case PHONE_LINK_INVALID -> new ProblemType(403, "The link is not valid");
            case PHONE_LINK_NOT_FOUND -> new ProblemType(404, "There is no such link");
            case TOO_MANY_PHONES -> new ProblemType(409, "The person has enough phones");
            case TEMPLATE_NOT_FOUND -> new ProblemType(404, "The person has no such template");
            case IMPORT_NOT_FOUND -> new ProblemType(404, "There is no such import");
            case EXTERNAL_ID_TAKEN -> new ProblemType(409, "Another person has the external_id");
            case SITE_NOT_FOUND -> new ProblemType(404, "There is no such site");
            case SITE_EXISTS -> new ProblemType(409, "There is such a site already");
            case SHIFT_NOT_FOUND -> new ProblemType(404, "There is no such shift");
            case SHIFT_EXISTS -> new ProblemType(409, "There is such a shift already");
            case SHIFT_IN_USE -> new ProblemType(409, "The shift is assigned");
            case SHIFTS_OVERLAP -> new ProblemType(409, "There is another shift on these days");
            case ASSIGNMENT_NOT_FOUND -> new ProblemType(404, "There is no such assignment");
            case HOLIDAY_NOT_FOUND -> new ProblemType(404, "There is no such holiday");
            case WEBHOOK_NOT_FOUND -> new ProblemType(404, "There is no such webhook");
            case RECEIPT_KEY_NOT_FOUND -> new ProblemType(404, "There is no such replaced key");
            case RECEIPT_KEY_LOCKED -> new ProblemType(409, "The key that signs can't be decrypted");
            case DELIVERY_NOT_FOUND -> new ProblemType(404, "There is no such delivery");
            case TOO_MANY_WEBHOOKS -> new ProblemType(409, "There are too many webhooks");
            case MARK_NOT_FOUND -> new ProblemType(404, "There is no such mark");
            case MARK_EXISTS -> new ProblemType(409, "The person has a mark at this time");
            case CONFLICT -> new ProblemType(412, "It was changed meanwhile");
            case ALREADY_CORRECTED -> new ProblemType(409, "The mark was corrected before");
            case UNDO_TOO_LATE -> new ProblemType(409, "The mark can no longer be taken back");
            case CORRECTION_NOT_FOUND -> new ProblemType(404, "There is no such correction");
            case CORRECTION_PENDING -> new ProblemType(409, "A correction waits for approval");
            case ALREADY_DECIDED -> new ProblemType(409, "The correction was decided before");
            case SAME_KEY -> new ProblemType(403, "Another API key must decide");
            case HTTPS_REQUIRED -> new ProblemType(403, "The connection is not encrypted");
            case METHOD_NOT_ALLOWED -> new ProblemType(405, "This address has no such method");
            case INTERNAL -> new ProblemType(500, "Something is broken");
        };
    }

    /** Whether the same request may succeed in a moment. */
    public static boolean isWorthRetrying(Code code) {
        return switch (code) {
            case OVERLOADED, STORE_UNAVAILABLE, RATE_LIMITED, GALLERY_LOADING -> true;
            default -> false;
        };
    }
}
