package dev.rollcall.receipts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The text of a receipt: a JWS in compact form (RFC 7515), signed with Ed25519 (RFC 8037).
 *
 * @param payload what it says
 */
public record Receipt(JsonNode payload) {

    /** The media type in the header typ, so that no other JWS of somebody counts as a receipt. */
    public static final String TYPE = "rollcall-receipt+jws";

    /** Most characters of a text: one has some 700. */
    public static final int MAX_LENGTH = 8_192;

    /** The member of a JWK that says when another key replaced it. */
    private static final String REPLACED_AT = "replaced_at";

    /** How far the clocks of instances, or of the database's host, may differ when a key is replaced. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String ALGORITHM = "EdDSA";
    private static final JsonMapper JSON = new JsonMapper();
    private static final int PARTS = 3;
    private static final int SIGNATURE_BYTES = 64;

    /** What came of a verification. */
    public sealed interface Verification {

        record Valid(Receipt receipt, ReceiptKey key) implements Verification {}

        /** It proves nothing; the reason is a sentence. */
        record Invalid(String reason) implements Verification {}
    }

    /** The text, signed with a key. */
    String signed(ReceiptKey.Pair pair) {
        JsonNode header = JSON.createObjectNode()
                .put("alg", ALGORITHM)
                .put("kid", pair.key().id())
                .put("typ", TYPE);
        String content = base64(json(header)) + "." + base64(json(payload));
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.privateKey());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a receipt can't be signed", e);
        }
    }

    /**
     * Verifies a text.
     *
     * @param keys the public keys that are known
     */
    public static Verification verify(String text, List<ReceiptKey> keys) {
        String[] parts = text.split("\\.", -1);
        if (text.length() > MAX_LENGTH || parts.length != PARTS) {
            return new Verification.Invalid("this is no receipt");
        }
        try {
            JsonNode header = JSON.readTree(decoded(parts[0]));
            if (!header.path("alg").asText().equals(ALGORITHM)
                    || !header.path("typ").asText().equals(TYPE)
                    || header.has("crit")) {
                return new Verification.Invalid("this is no receipt of this version");
            }
            String id = header.path("kid").asText();
            Optional<ReceiptKey> key =
                    keys.stream().filter(one -> one.id().equals(id)).findFirst();
            if (key.isEmpty()) {
                return new Verification.Invalid(
                        "it is signed with the key " + shown(id) + ", which is not among the given ones");
            }
            Signature signature = Signature.getInstance("Ed25519");
            signature.initVerify(key.get().publicKey());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return isWritten(parts[2]) && signature.verify(decoded(parts[2]))
                    ? signedBy(key.get(), JSON.readTree(decoded(parts[1])))
                    : new Verification.Invalid("the signature is not valid: it was changed, or somebody else wrote it");
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return new Verification.Invalid("this is no receipt, or its signature is not valid");
        }
    }

    /**
     * Whether a signature has its one form: Java passes over further bytes, and base64 over the last bits and over padding, so that
     * changed texts would be valid.
     */
    private static boolean isWritten(String signature) {
        byte[] bytes = decoded(signature);
        return bytes.length == SIGNATURE_BYTES && base64(bytes).equals(signature);
    }

    /** A receipt whose signature is valid; it proves nothing if it says that it is from after the replacement of its key. */
    private static Verification signedBy(ReceiptKey key, JsonNode payload) {
        Instant replacedAt = key.replacedAt();
        return replacedAt == null || isFromBefore(replacedAt, payload)
                ? new Verification.Valid(new Receipt(payload), key)
                : new Verification.Invalid(
                        "it says that it is from after " + replacedAt + ", when its key was replaced");
    }

    /** The differences are compared, since a set of keys may name the last instant that there is. */
    private static boolean isFromBefore(Instant replacedAt, JsonNode payload) {
        JsonNode issued = payload.path("iat");
        JsonNode marked = payload.path("mark").path("marked_at");
        try {
            return issued.canConvertToLong()
                    && issued.longValue() - TOLERANCE.toSeconds() <= replacedAt.getEpochSecond()
                    && Duration.between(replacedAt, Instant.parse(marked.asText()))
                                    .compareTo(TOLERANCE)
                            <= 0;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    /**
     * The public keys of a JWK Set (RFC 7517), which says of replaced ones when that was ({@value #REPLACED_AT}); keys of other kinds or
     * forms are left out. Their ids are those of their bytes, whatever the set says.
     */
    public static List<ReceiptKey> keys(String json) throws JsonProcessingException {
        JsonNode keys = JSON.readTree(json).path("keys");
        List<ReceiptKey> known = new ArrayList<>();
        for (JsonNode key : keys) {
            if (key.path("crv").asText().equals("Ed25519")) {
                known(key).ifPresent(known::add);
            }
        }
        return known;
    }

    private static Optional<ReceiptKey> known(JsonNode key) {
        try {
            Instant replacedAt = key.hasNonNull(REPLACED_AT)
                    ? Instant.parse(key.path(REPLACED_AT).asText())
                    : null;
            byte[] raw = decoded(key.path("x").asText());
            return raw.length == ReceiptKey.BYTES
                    ? Optional.of(ReceiptKey.of(raw, null, replacedAt))
                    : Optional.empty();
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String shown(String id) {
        return id.matches("[A-Za-z0-9_-]{1,64}") ? id : "of another form";
    }

    private static byte[] json(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a receipt can't be written", e);
        }
    }

    private static byte[] decoded(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
