package dev.rollcall.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.receipts.Receipt.Verification;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The text of receipts and its verification. */
class ReceiptTest {

    private static final ReceiptKey.Pair PAIR = ReceiptKey.Pair.random(Instant.EPOCH);
    private static final ReceiptKey.Pair OTHER = ReceiptKey.Pair.random(Instant.EPOCH);
    private static final Receipt RECEIPT =
            new Receipt(JsonNodeFactory.instance.objectNode().put("sub", "ann").put("iat", 7));

    @Test
    void receipt_isValidWithItsKeyAlone() {
        String text = RECEIPT.signed(PAIR);

        assertThat(Receipt.verify(text, List.of(OTHER.key(), PAIR.key())))
                .isEqualTo(new Verification.Valid(RECEIPT, PAIR.key()));
        assertThat(Receipt.verify(text, List.of(OTHER.key()))).isInstanceOf(Verification.Invalid.class);
    }

    @Test
    void everyChangedCharacter_makesItInvalid() {
        String text = RECEIPT.signed(PAIR);
        for (int place = 0; place < text.length(); place++) {
            char other = text.charAt(place) == 'A' ? 'B' : 'A';
            String changed = text.substring(0, place) + other + text.substring(place + 1);

            assertThat(Receipt.verify(changed, List.of(PAIR.key())))
                    .as(changed)
                    .isInstanceOf(Verification.Invalid.class);
        }
    }

    @Test
    void signatureInAnotherForm_isInvalid() {
        String text = RECEIPT.signed(PAIR);
        int start = text.lastIndexOf('.') + 1;
        byte[] signature = Base64.getUrlDecoder().decode(text.substring(start));
        String longer = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(signature, 65));
        char last = text.charAt(text.length() - 1);

        for (String changed : List.of(
                text + "==",
                text.substring(0, start) + longer,
                text.substring(0, text.length() - 1) + (char) (last + 1))) {
            assertThat(Receipt.verify(changed, List.of(PAIR.key())))
                    .as(changed)
                    .isInstanceOf(Verification.Invalid.class);
        }
    }

    @Test
    void otherTexts_areInvalid() {
        for (String text : List.of("", "a.b", "a.b.c", "..", "x".repeat(10_000), "é.é.é")) {
            assertThat(Receipt.verify(text, List.of(PAIR.key()))).isInstanceOf(Verification.Invalid.class);
        }
    }

    private static Receipt receipt(Instant issuedAt, Instant markedAt) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode().put("iat", issuedAt.getEpochSecond());
        payload.putObject("mark").put("marked_at", markedAt.toString());
        return new Receipt(payload);
    }

    /** The key as it is after its replacement. */
    private static ReceiptKey replaced(@Nullable Instant at) {
        return ReceiptKey.of(PAIR.key().raw(), null, at);
    }

    @Test
    void receiptFromAfterTheReplacementOfItsKey_isInvalid() {
        Instant replacedAt = Instant.parse("2026-11-22T08:00:00Z");
        Instant before = replacedAt.minusSeconds(1);
        Instant within = replacedAt.plusSeconds(300);
        Instant after = within.plusSeconds(1);
        List<ReceiptKey> keys = List.of(replaced(replacedAt));

        for (Receipt valid : List.of(receipt(before, before), receipt(within, before), receipt(within, within))) {
            assertThat(Receipt.verify(valid.signed(PAIR), keys)).isInstanceOf(Verification.Valid.class);
        }
        assertThat(Receipt.verify(receipt(after, after).signed(PAIR), List.of(replaced(Instant.MAX))))
                .isInstanceOf(Verification.Valid.class);
        Receipt without = new Receipt(JsonNodeFactory.instance.objectNode().put("iat", 7));
        for (Receipt forged : List.of(receipt(after, before), receipt(before, after), without)) {
            assertThat(Receipt.verify(forged.signed(PAIR), keys))
                    .isEqualTo(new Verification.Invalid(
                            "it says that it is from after 2026-11-22T08:00:00Z, when its key was replaced"));
        }
    }

    @Test
    void keySet_saysWhenAKeyWasReplacedAndItsIdsAreThoseOfTheBytes() throws Exception {
        String key = "{\"crv\":\"Ed25519\",\"kid\":\"of-somebody\",\"x\":\""
                + PAIR.key().x() + "\"";

        assertThat(
                        Receipt.keys(
                                "{\"keys\":[" + key + "},"
                                        + key + ",\"replaced_at\":null},"
                                        + key + ",\"replaced_at\":\"2026-11-22T08:00:00Z\"},"
                                        + key + ",\"replaced_at\":\"yesterday\"},"
                                        + "{\"crv\":\"Ed25519\",\"x\":\"AAAA\"},{\"crv\":\"Ed25519\",\"x\":\"%\"},{\"crv\":\"P-256\"}]}"))
                .containsExactly(replaced(null), replaced(null), replaced(Instant.parse("2026-11-22T08:00:00Z")));
    }

    /** The example of RFC 8037, appendix A.4. */
    @Test
    void signature_isThatOfTheStandardsExample() throws Exception {
        List<ReceiptKey> keys = Receipt.keys(
                "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}]}");
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(keys.get(0).publicKey());
        signature.update(
                "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(StandardCharsets.US_ASCII));

        assertThat(
                        signature.verify(
                                Base64.getUrlDecoder()
                                        .decode(
                                                "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg")))
                .isTrue();
    }
}
