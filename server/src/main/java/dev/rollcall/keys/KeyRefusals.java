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

    /** There is no site with the id that a key, a device or a pairing is to belong to. */
    public static Refusal unknownSite() {
        return new Refusal(Code.INVALID_REQUEST, "There is no site with this id.", Map.of("field", "site"));
    }

    /** Too many codes were tried. */
    static Refusal tooManyAttempts(Instant now, Instant until) {
        return new Refusal(
                Code.RATE_LIMITED,
                "Too many codes were tried. Wait and try again.",
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
