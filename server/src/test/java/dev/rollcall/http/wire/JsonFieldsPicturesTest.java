package dev.rollcall.http.wire;

import static dev.rollcall.http.wire.JsonBodies.LIMIT;
import static dev.rollcall.http.wire.JsonBodies.PICTURE;
import static dev.rollcall.http.wire.JsonBodies.STANDARD;
import static dev.rollcall.http.wire.JsonBodies.read;
import static dev.rollcall.http.wire.JsonBodies.sink;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Code;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pictures of a body of JSON, one or several, as base64 however it is written and wherever it stands. */
class JsonFieldsPicturesTest {

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
    void picture_isReadHoweverItIsWritten(String base64) {
        FaceRequest request = read("{\"user_id\":\"a\",\"image\":\"" + base64 + "\",\"name\":\"Ann\"}");

        assertThat(request.pictures().get(0)).isEqualTo(PICTURE);
        assertThat(request.name().value()).isEqualTo("Ann");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"image\":\"%s\"}",
                "{\"image\":\"%s\",\"name\":\"\\\"\"}",
                "{\"mark\":1,\"image\" : \"%s\"\n\t }",
                "{\"image\":\"%s\"\r\n , \r\n\"position\":{\"latitude\":7}}",
                "{\"image\":null,\"image\":\"%s\"}",
                "{\"image\":\"bm9uZQ==\",\"image\":\"%s\"}"
            })
    void picture_isReadWhereverItStands(String body) {
        assertThat(read(body.formatted(STANDARD)).pictures().get(0)).isEqualTo(PICTURE);
    }

    @Property(tries = 300)
    void anyBytes_comeBack(@ForAll @IntRange(max = 5000) int length, @ForAll long seed) {
        byte[] picture = new byte[length];
        new Random(seed).nextBytes(picture);
        String base64 = Base64.getEncoder().encodeToString(picture);

        assertThat(read("{\"image\" : \"" + base64 + "\" , \"name\":\"image\"}")
                        .pictures()
                        .get(0))
                .isEqualTo(picture);
    }

    @Test
    void nameWrittenWithEscapes_isTheSameName() {
        assertThat(read("{\"im\\u0061ge\":\"" + STANDARD + "\"}").pictures().get(0))
                .isEqualTo(PICTURE);
    }

    @Test
    void lastOfSeveralPictures_counts() {
        FaceRequest request = read("{\"image\":\"" + STANDARD + "\",\"image\":null}");

        assertThatThrownBy(request::pictures).hasMessageContaining("image is missing");
    }

    @Test
    void pictureOverTheLimit_isRefusedAtItsFirstByteTooMany() {
        InputStream body = new ByteArrayInputStream(
                ("{\"image\":\"" + "A".repeat(100 * LIMIT) + "\"}").getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> JsonFields.read(body, sink()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(Code.PAYLOAD_TOO_LARGE));
        assertThat(body).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"images\":[\"aGk=\",\"aG8=\"]}",
                "{\"user_id\":\"a\",\"images\":[\"aGk=\" , \"aG8=\"] , \"mark\":true}",
                "{\"im\\u0061ges\":[\"aGk=\",\"aG8=\"]}",
                "{\"images\":[\"bm8=\",\"bm8=\",\"bm8=\"],\"images\":[\"aGk=\",\"aG8=\"]}",
                "{\"image\":null,\"images\":[\"aGk=\",\"aG8=\"]}",
                "{\"images\":[\"aGk=\",\"aG8=\"],\"image\":null}"
            })
    void severalPictures_areReadInOrder(String body) {
        for (String encoding : new String[] {"UTF-8", "UTF-16LE"}) {
            assertThat(read(body.getBytes(Charset.forName(encoding))).pictures())
                    .containsExactly("hi".getBytes(StandardCharsets.UTF_8), "ho".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void emptyArrayOfPictures_isAsAbsent() {
        for (String body :
                List.of("{\"images\":[],\"image\":\"aGk=\"}", "{\"image\":\"aGk=\",\"images\":[],\"mark\":null}")) {
            for (String encoding : List.of("UTF-8", "UTF-16LE")) {
                assertThat(read(body.getBytes(Charset.forName(encoding))).pictures())
                        .containsExactly("hi".getBytes(StandardCharsets.UTF_8));
            }
        }
        assertThat(Refusals.of(read("{\"images\":[]}")::pictures).detail()).isEqualTo("image is missing");
    }

    @Test
    void picturesThatBeginAtTheEndOfAPart_areReadOnce() {
        for (int filler = 7_900; filler < 8_300; filler++) {
            String body = "{\"name\":\"" + "x".repeat(filler) + "\",\"images\" : [ \"aGk=\", \"aG8=\"]}";

            assertThat(read(body).pictures()).as("filler of " + filler).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"images\":\"aGk=\"}",
                "{\"images\":{}}",
                "{\"images\":7}",
                "{\"images\":[null]}",
                "{\"images\":[7]}",
                "{\"images\":[\"aGk=\",[]]}",
                "{\"images\":[[\"aGk=\"]]}",
                "{\"images\":[\"aGk=\"",
                "{\"images\":[\"a$\"]}",
                "{\"images\":[\"\",\"\",\"\",\"\",\"\",\"\"]}",
                "{\"images\":[\"aGk=\"],\"image\":\"aGk=\"}",
                "{\"image\":\"aGk=\",\"images\":[\"aGk=\"]}",
                "{\"images\":[\"aGk=\"],\"im\\u0061ges\":[\"aGk=\"]}"
            })
    void picturesInAnyOtherForm_areRefused(String body) {
        assertThat(Refusals.of(() -> read(body)).code()).isEqualTo(Code.INVALID_REQUEST);
    }
}
