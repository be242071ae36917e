package dev.rollcall.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The signature of events. */
class SignatureTest {

    /** The published example of Standard Webhooks. */
    @Test
    void signature_isThatOfTheStandardsExample() {
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

        String signature = Signature.of(
                List.of(secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")),
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                Instant.ofEpochSecond(1614265330),
                body);

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void twoSecrets_signEach() {
        byte[] body = {1};
        WebhookSecret one = WebhookSecret.random();
        WebhookSecret other = WebhookSecret.random();

        String both = Signature.of(List.of(one, other), "id", Instant.EPOCH, body);

        assertThat(both.split(" "))
                .containsExactly(
                        Signature.of(List.of(one), "id", Instant.EPOCH, body),
                        Signature.of(List.of(other), "id", Instant.EPOCH, body));
    }

    @Test
    void secret_hasTheFormOfTheStandard() {
        assertThat(WebhookSecret.random().text()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(WebhookSecret.random()).hasToString("the secret of a webhook");
    }

    private static WebhookSecret secret(String base64) {
        return new WebhookSecret(Base64.getDecoder().decode(base64));
    }
}
