package dev.rollcall.doctor;

import java.util.Optional;

/** The checks of keys, and of how tablets reach the page with the camera. */
public final class AccessCheck {

    /** 32 random bytes in base64 have 44 characters; fewer than this can be guessed if they are a word. */
    private static final int LEAST_KEY_CHARACTERS = 16;

    private static final String KEY = "API key";
    private static final String CAMERA = "camera page";

    private AccessCheck() {}

    /** How the service is reached. Browsers open a camera only on pages of HTTPS, and on those of the machine itself. */
    public enum Reach {
        /** HTTPS of the service's own. */
        HTTPS,
        /** HTTP from this machine alone, with a proxy before it. */
        PROXY,
        /** HTTP from this machine alone. */
        THIS_MACHINE,
        /** HTTP also from other machines. */
        PLAIN
    }

    /** A key in the settings: whether it is long enough. Its text is not in the finding. */
    public static Finding key(Optional<String> configured) {
        if (configured.isEmpty()) {
            return Finding.ok(
                    KEY, "API_KEY is not set: keys of the database open the service; 'rollcall keys list' shows them");
        }
        return configured.get().length() >= LEAST_KEY_CHARACTERS
                ? Finding.ok(KEY, "API_KEY is set")
                : Finding.wrong(
                        KEY,
                        "API_KEY is shorter than %d characters".formatted(LEAST_KEY_CHARACTERS),
                        "make another one: openssl rand -base64 32");
    }

    /** Whether templates are encrypted. */
    public static Finding templateKey(boolean isSet) {
        return isSet
                ? Finding.ok(
                        "template key", "TEMPLATE_KEY is set: keep a copy of it apart from the backups, which need it")
                : Finding.ok(
                        "template key", "TEMPLATE_KEY is not set: templates are stored unencrypted (docs/privacy.md)");
    }

    /**
     * The page of a kiosk.
     *
     * @param address that a browser on this machine opens
     * @param sent whether the service sends the page; empty if no service runs
     */
    public static Finding camera(Reach reach, String address, Optional<Boolean> sent) {
        if (!sent.orElse(true)) {
            return Finding.wrong(CAMERA, address + " is not sent by the service", "look at the service's log");
        }
        String where = sent.isPresent() ? address + " is sent" : address + ", once the service runs";
        return switch (reach) {
            case HTTPS -> Finding.ok(CAMERA, where + ", over HTTPS, as tablets need it");
            case PROXY ->
                Finding.ok(CAMERA, where + "; tablets open the proxy's address, which must begin with https://");
            case THIS_MACHINE ->
                Finding.note(
                        CAMERA,
                        where + ", on this machine alone",
                        "tablets need HTTPS: TLS=local, or a proxy with its address in TRUSTED_PROXIES (docs/https.md)");
            case PLAIN ->
                Finding.note(
                        CAMERA,
                        where + ", and browsers of other machines open no camera over HTTP",
                        "set TLS=local, or a certificate by TLS_CERTIFICATE and TLS_KEY (docs/https.md)");
        };
    }
}
