package dev.rollcall.certificates;

import java.time.Instant;
import java.util.Base64;

/**
 * The certificate of an authority, as devices get it.
 *
 * @param pem the certificate as text
 * @param fingerprint its SHA-256 in hexadecimal, with colons, as devices show it
 * @param name its common name
 */
public record TrustedAuthority(String pem, String fingerprint, String name, Instant validUntil) {

    /** The certificate's bytes. */
    public byte[] der() {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }
}
