package dev.rollcall.keys;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The refusals about keys, devices and pairings. */
public final class KeyRefusals {

    private static final String RETRY_AFTER = "retry_after_s";

    private KeyRefusals() {}

    /** There is no key with the id. */
    public static Refusal keyNotFound() {
        return new Refusal(Code.KEY_NOT_FOUND, "There is no API key with this id.");
    }

    /** The key was revoked while the request was on its way, or has expired. */
    public static Refusal keyNotValid() {
        return new Refusal(Code.UNAUTHORIZED, "This API key is not valid any more.");
    }

    /** There is no device with the id. */
    public static Refusal deviceNotFound() {
        return new Refusal(Code.DEVICE_NOT_FOUND, "There is no device with this id.");
    }

    /** There is no open pairing with the id. */
    public static Refusal pairingNotFound() {
        return new Refusal(Code.PAIRING_NOT_FOUND, "No pairing that can still be used has this id.");
    }

    /** The code is wrong, expired or used: the same for each, so that nothing can be learned about codes. */
    public static Refusal pairingCodeInvalid() {
        return new Refusal(Code.PAIRING_CODE_INVALID, "This code is not valid. Type it again, or ask for a new one.");
    }

    /** The link is wrong, expired or used: the same for each. */
    public static Refusal setupLinkInvalid() {
        return new Refusal(
                Code.SETUP_LINK_INVALID,
                "This link has been used or has expired. \"rollcall setup-link\" prints a new one.");
    }

    /** The link of a phone is wrong, expired or used: the same for each. */
    public static Refusal phoneLinkInvalid() {
        return new Refusal(
                Code.PHONE_LINK_INVALID,
                "This link has been used or has expired. Ask whoever sent it for a new one. If you did not open it before, say so: then"
                        + " somebody else has used it.");
    }

    /** The person has as many phones as there may be. */
    public static Refusal tooManyPhones() {
        return new Refusal(
                Code.TOO_MANY_PHONES,
                "This person has " + PhoneLinks.MOST_PHONES + " phones, the most there may be. Revoke one first.",
                Map.of("most", PhoneLinks.MOST_PHONES));
    }

    /** The phone is to mark at a site where the person is not recognised. */
    public static Refusal otherSite() {
        return new Refusal(
                Code.INVALID_REQUEST, "This person is recognised at another site alone.", Map.of("field", "site"));
    }

    /** The person of a link is not active. */
    public static Refusal personInactive() {
        return new Refusal(
                Code.INVALID_REQUEST,
                "This person is not active, so a phone could mark nothing.",
                Map.of("field", "user_id"));
    }

    /** There is no link with which a phone could get a key. */
    public static Refusal phoneLinkNotFound() {
        return new Refusal(Code.PHONE_LINK_NOT_FOUND, "This person has no link that can still be used.");
    }

    /** The key of a person is used for somebody else. */
    public static Refusal othersMark() {
        return new Refusal(Code.FORBIDDEN, "This API key marks the person alone whose phone has it.");
    }

    /** There is no site with the id that a key, a device or a pairing is to belong to. */
    public static Refusal unknownSite() {
        return new Refusal(Code.INVALID_REQUEST, "There is no site with this id.", Map.of("field", "site"));
    }

    /** Too many codes were tried. */
    static Refusal tooManyAttempts(Instant now, Instant until) {
        return new Refusal(
                Code.RATE_LIMITED,
                "Too many codes or links were tried. Wait and try again.",
                Map.of(RETRY_AFTER, secondsUntil(until, now)));
    }

    /** As many pairings as there may be are open. */
    static Refusal tooManyPairings(int most, Instant now, Instant nextAt) {
        return new Refusal(
                Code.RATE_LIMITED,
                "There are " + most + " codes that were not used yet. Use or cancel one, or wait until one expires.",
                Map.of(RETRY_AFTER, secondsUntil(nextAt, now)));
    }

    private static long secondsUntil(Instant until, Instant now) {
        return Math.max(1, Duration.between(now, until).plusMillis(999).toSeconds());
    }
}
