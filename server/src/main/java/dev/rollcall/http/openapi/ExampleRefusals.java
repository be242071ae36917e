package dev.rollcall.http.openapi;

import dev.rollcall.attendance.CorrectionRefusals;
import dev.rollcall.badges.Badges;
import dev.rollcall.http.RouteTable.Route;
import dev.rollcall.http.api.ListQuery;
import dev.rollcall.http.problem.Refusals;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.KeyRefusals;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.PeopleRefusals;
import dev.rollcall.people.UserId;
import dev.rollcall.pins.Pins;
import dev.rollcall.receipts.ReceiptRefusals;
import dev.rollcall.schedule.ScheduleRefusals;
import dev.rollcall.webhooks.WebhookRefusals;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Example refusals for the OpenAPI document. */
final class ExampleRefusals {

    private static final String LIMIT = "limit";

    /** Of a picture in base64, under the default MAX_IMAGE_MB. */
    private static final int MAX_PICTURE_REQUEST_BYTES = 10_732_204;

    /** May be absent where {@code images} is given, and is named where both are missing. */
    private static final String IMAGE = "image";

    private ExampleRefusals() {}

    /** A refusal of a call, with a code that belongs to calls. */
    static Refusal of(Code code, Route route) {
        return switch (code) {
            case INVALID_REQUEST -> invalid(route.handler());
            case FORBIDDEN ->
                with(
                        code,
                        "This API key lacks the scope that this call needs.",
                        Map.of("needed_scope", route.call().scopes()[0].text()));
            case PAYLOAD_TOO_LARGE -> {
                int most = route.call().maxBodyBytes();
                yield RefusedException.tooLarge(most > 0 ? most : MAX_PICTURE_REQUEST_BYTES)
                        .refusal();
            }
            default -> of(code);
        };
    }

    /**
     * A body without its first field, or with a wrong value in it if it may be absent; a page that is too large; or a malformed
     * address: whichever the call can have.
     */
    private static Refusal invalid(Method handler) {
        Optional<RecordComponent> first = RecordSchemas.bodies(handler).values().stream()
                .map(body -> body.getRecordComponents()[0])
                .findFirst();
        if (first.isPresent()) {
            String field = RecordSchemas.fieldName(first.get());
            boolean mayBeAbsent = RecordSchemas.isNullable(first.get()) && !field.equals(IMAGE);
            return RefusedException.invalid(field, field + (mayBeAbsent ? wrong(first.get()) : " is missing"))
                    .refusal();
        }
        return hasLimit(handler)
                ? RefusedException.invalid(LIMIT, "limit must be 1 to " + ListQuery.MAX_LIMIT)
                        .refusal()
                : Refusals.malformedAddress();
    }

    /** What is said of a value of another type. */
    private static String wrong(RecordComponent field) {
        Schema schema = field.getAccessor().getAnnotation(Schema.class);
        return field.getType() == Integer.class && schema != null
                ? " must be " + schema.minimum() + " to " + schema.maximum()
                : " must be a string";
    }

    private static boolean hasLimit(Method handler) {
        return Stream.of(handler.getParameters())
                .map(parameter -> parameter.getAnnotation(QueryParam.class))
                .anyMatch(query -> query != null && query.value().equals(LIMIT));
    }

    /** A refusal with a code, whatever the call. */
    static Refusal of(Code code) {
        return switch (code) {
            case INVALID_REQUEST -> Refusals.malformedAddress();
            case INVALID_IMAGE -> with(code, "The picture is damaged or incomplete. Send another one.");
            case UNSUPPORTED_IMAGE -> with(code, "Send a JPEG, PNG or WebP.", Map.of("format", "HEIC"));
            case UNAUTHORIZED -> with(code, "Send the API key in the header X-API-Key.");
            case FORBIDDEN -> with(code, "This API key lacks the scope that this call needs.");
            case CSRF_TOKEN_INVALID ->
                with(code, "A call that changes something needs the session's csrf_token in the header X-CSRF-Token.");
            case SESSION_NOT_FOUND -> with(code, "This request has no session: it was made with an API key.");
            case NOT_ENROLLED -> PeopleRefusals.notEnrolled();
            case NO_FACE -> with(code, "No face was found. Look into the camera, with light on the face.");
            case MULTIPLE_FACES ->
                with(
                        code,
                        "Several faces are in front of the camera. One person at a time, please.",
                        Map.of("faces", 2));
            case LOW_QUALITY ->
                with(
                        code,
                        "The face is too small. Come closer to the camera.",
                        Map.of("reason", "FACE_TOO_SMALL", "face_pixels", 31.5, "min_face_pixels", 40));
            case SPOOF_SUSPECTED ->
                with(code, "The face doesn't look alive.", Map.of("liveness", 0.02, "threshold", 0.3));
            case NOT_MATCHED ->
                with(code, "The face does not match this person.", Map.of("confidence", 0.0692, "threshold", 0.8));
            case CHALLENGE_REQUIRED ->
                with(
                        code,
                        "At this site a mark needs a head-turn challenge: pass one, and send its token as challenge_token.");
            case CHALLENGE_FAILED ->
                with(
                        code,
                        "The head-turn challenge failed: wrong direction. Ask for a new one.",
                        Map.of("reason", "WRONG_DIRECTION", "step", 1));
            case CHALLENGE_EXPIRED ->
                with(code, "There is no such challenge or token, or it is over. Ask for a new challenge.");
            case NOT_RECOGNIZED -> with(code, "Nobody was recognised.", Map.of("threshold", 0.8412));
            case AMBIGUOUS ->
                with(code, "The face fits two people. Ask for the user_id, and verify that with /recognize.");
            case DAILY_LIMIT_REACHED ->
                with(
                        code,
                        "All marks of this day are made.",
                        Map.of(
                                "max_per_day",
                                2,
                                "marks",
                                List.of(Map.of(
                                        "id",
                                        2,
                                        "marked_at",
                                        "2026-11-22T16:02:44.120551Z",
                                        "number",
                                        2,
                                        "direction",
                                        "out")),
                                "time_zone",
                                "Europe/Madrid"));
            case TOO_SOON ->
                with(
                        code,
                        "The last mark was a moment ago.",
                        Map.of(
                                "next_allowed_at",
                                "2026-11-22T07:59:12.706280Z",
                                "last_mark",
                                Map.of(
                                        "id",
                                        1,
                                        "marked_at",
                                        "2026-11-22T07:58:12.706280Z",
                                        "number",
                                        1,
                                        "direction",
                                        "in"),
                                "time_zone",
                                "Europe/Madrid"));
            case TOO_LATE ->
                with(
                        code,
                        "This mark was captured too long ago. An administrator can enter it.",
                        Map.of("captured_at", "2026-11-18T07:58:12Z", "late_mark_hours", 72));
            case DIRECTION_NOT_ALLOWED -> with(code, "At this site the direction of a mark can't be chosen.");
            case OUTSIDE_SITE -> with(code, "The position is outside of this site.");
            case BADGE_INVALID -> Badges.invalid();
            case BADGE_REQUIRED -> with(code, "At this site a mark needs the person's badge: send its text as badge.");
            case NUMBER_REQUIRED ->
                with(code, "At this site a mark needs the person's number or badge: call /recognize.");
            case PIN_INVALID -> Pins.invalid();
            case PIN_NOT_ALLOWED -> with(code, "At this site number and PIN make no mark.");
            case PIN_TOO_WEAK ->
                with(code, "This PIN is easily guessed: its digits follow one another.", Map.of("reason", "IN_ORDER"));
            case IDEMPOTENCY_KEY_REUSED ->
                with(
                        code,
                        "This Idempotency-Key was used for another request. Use a new key for each mark that is wanted.");
            case DUPLICATE_FACE ->
                with(
                        code,
                        "This face is already enrolled under another user_id.",
                        Map.of("confidence", 0.9871, "threshold", 0.95));
            case FACE_MISMATCH ->
                with(
                        code,
                        "This face is unlike the person's other templates. Send replace=true to enroll it instead of them.",
                        Map.of("confidence", 0.1204, "threshold", 0.5));
            case DIFFERENT_FACES ->
                with(
                        code,
                        "The images show different people.",
                        Map.of("confidence", 0.2133, "threshold", 0.87, "images", List.of(0, 2)));
            case CONSENT_REQUIRED ->
                with(
                        code,
                        "Nobody is enrolled here without consent. Send consent_at, the moment at which it was given.");
            case PAYLOAD_TOO_LARGE -> with(code, "The request is larger than this service takes.");
            case REQUEST_TIMEOUT -> with(code, "The request's body came too slowly, or stopped.");
            case RATE_LIMITED ->
                with(
                        code,
                        "Too many requests. Wait and try again.",
                        Map.of("limit_per_minute", 60, "retry_after_s", 12));
            case OVERLOADED -> with(code, "Too many requests are waiting. Try again in a moment.");
            case GALLERY_LOADING -> with(code, "The service still loads the templates. Try again in a moment.");
            case STORE_UNAVAILABLE -> Refusals.storeUnavailable();
            case NOT_FOUND -> Refusals.notFound();
            case KEY_NOT_FOUND -> KeyRefusals.keyNotFound();
            case DEVICE_NOT_FOUND -> KeyRefusals.deviceNotFound();
            case PAIRING_NOT_FOUND -> KeyRefusals.pairingNotFound();
            case PAIRING_CODE_INVALID -> KeyRefusals.pairingCodeInvalid();
            case SETUP_LINK_INVALID -> KeyRefusals.setupLinkInvalid();
            case PHONE_LINK_INVALID -> KeyRefusals.phoneLinkInvalid();
            case PHONE_LINK_NOT_FOUND -> KeyRefusals.phoneLinkNotFound();
            case TOO_MANY_PHONES -> KeyRefusals.tooManyPhones();
            case IMPORT_NOT_FOUND -> with(code, "There is no import with this id.");
            case TEMPLATE_NOT_FOUND -> PeopleRefusals.noSuchTemplate();
            case EXTERNAL_ID_TAKEN -> PeopleRefusals.externalIdTaken(new UserId("manuel"));
            case SITE_NOT_FOUND -> with(code, "There is no active site with this id.");
            case SITE_EXISTS -> with(code, "There is already a site with this id.");
            case SHIFT_NOT_FOUND -> ScheduleRefusals.noSuchShift();
            case SHIFT_EXISTS -> ScheduleRefusals.shiftExists();
            case SHIFT_IN_USE -> ScheduleRefusals.shiftInUse();
            case SHIFTS_OVERLAP -> ScheduleRefusals.overlap(3L);
            case ASSIGNMENT_NOT_FOUND -> ScheduleRefusals.noSuchAssignment();
            case HOLIDAY_NOT_FOUND -> ScheduleRefusals.noSuchHoliday();
            case WEBHOOK_NOT_FOUND -> WebhookRefusals.notFound();
            case RECEIPT_KEY_NOT_FOUND -> ReceiptRefusals.keyNotFound();
            case RECEIPT_KEY_LOCKED -> ReceiptRefusals.keyLocked();
            case DELIVERY_NOT_FOUND -> WebhookRefusals.deliveryNotFound();
            case TOO_MANY_WEBHOOKS -> WebhookRefusals.tooMany();
            case MARK_NOT_FOUND -> CorrectionRefusals.noSuchMark();
            case MARK_EXISTS -> CorrectionRefusals.markExists(3);
            case CONFLICT -> CorrectionRefusals.conflict();
            case ALREADY_CORRECTED -> CorrectionRefusals.alreadyCorrected(4L);
            case UNDO_TOO_LATE -> CorrectionRefusals.undoTooLate(10);
            case CORRECTION_NOT_FOUND -> CorrectionRefusals.noSuchRequest();
            case CORRECTION_PENDING -> CorrectionRefusals.pending(2);
            case ALREADY_DECIDED -> CorrectionRefusals.alreadyDecided("approved");
            case SAME_KEY -> CorrectionRefusals.sameKey();
            case HTTPS_REQUIRED -> Refusals.httpsRequired();
            case METHOD_NOT_ALLOWED -> Refusals.methodNotAllowed();
            case INTERNAL -> Refusals.internal();
        };
    }

    private static Refusal with(Code code, String detail) {
        return new Refusal(code, detail);
    }

    private static Refusal with(Code code, String detail, Map<String, Object> facts) {
        return new Refusal(code, detail, facts);
    }
}
