package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.usecase.Code;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    private static final byte[] PICTURE = {(byte) 0xFB, (byte) 0xEF, (byte) 0xBE, (byte) 0xFF, 1};
    private static final String STANDARD = "++++/wE=";

    @ParameterizedTest
    @ValueSource(
            strings = {
                STANDARD,
                "++++/wE",
                "----_wE=",
                "----_wE",
                "data:image/jpeg;base64," + STANDARD,
                "++++\\/wE=",
                "\\u002B\\u002B\\u002B\\u002b\\u002FwE\\u003D",
                "++++\\r\\n/wE="
            })
    void picture_isReadHoweverItIsWritten(String base64) throws InvalidRequestException {
        FaceRequest request = read("{\"user_id\":\"a\",\"image\":\"" + base64 + "\",\"name\":\"Ann\"}");

        assertThat(request.picture()).isEqualTo(PICTURE);
        assertThat(request.name().value()).isEqualTo("Ann");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"image\":\"%s\"}",
                "{\"image\":\"%s\",\"x\":\"\\\"\"}",
                "{\"x\":1,\"image\" : \"%s\"\n\t }",
                "{\"image\":\"%s\"\r\n , \r\n\"x\":{\"image\":7}}",
                "{\"image\":null,\"image\":\"%s\"}",
                "{\"image\":\"bm9uZQ==\",\"image\":\"%s\"}"
            })
    void picture_isReadWhereverItStands(String body) throws InvalidRequestException {
        assertThat(read(body.formatted(STANDARD)).picture()).isEqualTo(PICTURE);
    }

    @Property(tries = 300)
    void anyBytes_comeBack(@ForAll @IntRange(max = 5000) int length, @ForAll long seed) throws InvalidRequestException {
        byte[] picture = new byte[length];
        new Random(seed).nextBytes(picture);
        String base64 = Base64.getEncoder().encodeToString(picture);

        assertThat(read("{\"image\" : \"" + base64 + "\" , \"x\":[{}]}").picture())
                .isEqualTo(picture);
    }

    @Property(tries = 500)
    void anyDamage_isRefusedAsARequestAndNothingElse(@ForAll long seed) {
        byte[] body = ("{\"user_id\":\"a\",\"name\":\"Ann\",\"replace\":true,\"image\":\"data:x;base64," + STANDARD
                        + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(seed);
        for (int i = 0; i < 3; i++) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        try {
            FaceRequest request = JsonFields.read(body);
            assertThat(request).isNotNull();
        } catch (InvalidRequestException e) {
            assertThat(e.refusal().code()).isEqualTo(Code.INVALID_REQUEST);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "nonsense",
                "{",
                "{\"user_id\":",
                "{\"image\":\"aGk=",
                "{\"image\":7}",
                "{\"image\":{}}",
                "{\"user_id\":7}",
                "{\"name\":[]}{",
                "{\"image\":\"a$b\"}",
                "{\"image\":\"a\"}",
                "{\"image\":\"data:image/png;base64\"}",
                "{\"image\":\"\\u00ff\"}",
                "{\"image\":\"\\u00\"}",
                "{} {}"
            })
    void malformedBody_isRefused(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(InvalidRequestException.class, e -> assertThat(
                        e.refusal().code())
                .isEqualTo(Code.INVALID_REQUEST));
    }

    @Test
    void missingField_isNamed() throws InvalidRequestException {
        FaceRequest request = read("{\"unknown\":{\"deep\":[1,2]},\"image\":null}");

        assertThatThrownBy(request::userId).hasMessageContaining("user_id is missing");
        assertThatThrownBy(request::name).hasMessageContaining("name is missing");
        assertThatThrownBy(request::picture).hasMessageContaining("image is missing");
        assertThat(request.flag("replace")).isFalse();
    }

    @Test
    void hugeNesting_isRefused() {
        assertThatThrownBy(() -> read("{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}"))
                .isInstanceOf(InvalidRequestException.class);
    }

    private static FaceRequest read(String body) throws InvalidRequestException {
        return JsonFields.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
