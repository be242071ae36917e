package dev.rollcall.http.wire;

import static dev.rollcall.http.wire.JsonBodies.PICTURE;
import static dev.rollcall.http.wire.JsonBodies.STANDARD;
import static dev.rollcall.http.wire.JsonBodies.read;
import static dev.rollcall.http.wire.JsonBodies.sink;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Code;
import dev.rollcall.sites.Position;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a body of JSON is read: its encoding, its form, and every field but the pictures. */
class JsonFieldsTest {

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "UTF-16"})
    void otherUnicodeEncodings_areReadToo(String encoding) {
        String body = "{\"user_id\":\"a\",\"image\":\"" + STANDARD + "\",\"name\":\"Zo\u00eb\"}";

        FaceRequest request = read(body.getBytes(Charset.forName(encoding)));

        assertThat(request.pictures().get(0)).isEqualTo(PICTURE);
        assertThat(request.name().value()).isEqualTo("Zo\u00eb");
    }

    @Property(tries = 200)
    void body_isReadAlikeHoweverItComes(@ForAll @IntRange(min = 1, max = 40) int piece, @ForAll long seed)
            throws IOException {
        byte[] picture = new byte[(int) Math.floorMod(seed, 3000L)];
        new Random(seed).nextBytes(picture);
        String base64 = "data:image/png;base64," + Base64.getMimeEncoder().encodeToString(picture);
        String body = "{\"consent_at\":\"image\",\"image\":\"" + base64.replace("\r\n", "\\n") + "\",\"name\":\"N\"}";
        InputStream pieces = new FilterInputStream(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))) {
            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                return super.read(into, from, Math.min(most, piece));
            }
        };

        FaceRequest request = JsonFields.read(pieces, sink());

        assertThat(request.pictures().get(0)).isEqualTo(picture);
        assertThat(request.name().value()).isEqualTo("N");
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
                "{\"image\":\"AA\\tA\"}",
                "{\"image\":\"AA\\bA\"}",
                "{\"image\":\"AA\\qA\"}",
                "{\"image\":\"AA\\\\A\"}",
                "{} {}"
            })
    void malformedBody_isRefused(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(RefusedException.class, e -> assertThat(
                        e.refusal().code())
                .isEqualTo(Code.INVALID_REQUEST));
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
            FaceRequest request = read(body);
            assertThat(request).isNotNull();
        } catch (RefusedException e) {
            assertThat(e.refusal().code()).isEqualTo(Code.INVALID_REQUEST);
        }
    }

    @Test
    void hugeNesting_isRefused() {
        assertThatThrownBy(() -> read("{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("20 levels");
    }

    @Test
    void refusal_saysWhatIsWrongAndWhere() {
        assertThat(detail("[]")).isEqualTo("the body must be a JSON object");
        assertThat(detail("{} {}")).isEqualTo("something follows the JSON object");
        assertThat(detail("{\n  \"name\" \"Ann\"}")).startsWith("the body is not valid JSON at line 2, column ");
        assertThat(detail("{\"image\":\"aGk=\" \"x\"}"))
                .as("columns are others once a picture is taken out")
                .isEqualTo("the body is not valid JSON");
        assertThat(detail("{\"image\":7}")).isEqualTo("image must be a string of base64");
        assertThat(detail("{\"image\":\"aGk=\",\"im\\u0061ge\":\"aGk=\"}")).isEqualTo("image is given twice");
        assertThat(detail("{\"im\\u0061ge\":\"%\"}")).isEqualTo("image is not valid base64");
        assertThat(detail("{\"name\":true}")).isEqualTo("name must be a string");
        assertThat(detail("{\"name\":\"" + "x".repeat(10_001) + "\"}")).contains("more than 10000 characters");
        assertThat(detail("{\"x\":[" + "1,".repeat(1_000) + "1]}")).contains("more than 1000 names and values");
        assertThat(Refusals.of(() -> read(new byte[] {0, 0, 0, '{', 0x7f, 0, 0, 0}))
                        .detail())
                .isEqualTo("the body is not text in UTF-8, UTF-16 or UTF-32");
    }

    @Test
    void missingField_isNamed() {
        FaceRequest request = read("{\"image\":null}");

        assertThatThrownBy(request::userId).hasMessageContaining("user_id is missing");
        assertThatThrownBy(request::name).hasMessageContaining("name is missing");
        assertThatThrownBy(request::pictures).hasMessageContaining("image is missing");
        assertThat(request.flag("replace")).isFalse();
    }

    @Test
    void fieldThatIsNone_isRefusedByName() {
        assertThat(detail("{\"user_id\":\"a\",\"capturedAt\":\"2026-11-22T08:00:00Z\",\"x\":{\"deep\":[1,2]}}"))
                .isEqualTo("capturedAt is no field of this request");
        assertThat(detail("{\"a b\":1}")).isEqualTo("the body has a field that this request doesn't have");
    }

    @Test
    void textField_thatIsNoTextIsRefused() {
        assertThat(detail("{\"user_id\":[\"a\"]}")).isEqualTo("user_id must be a string");
        assertThat(detail("{\"name\":{\"name\":\"b\"}}")).isEqualTo("name must be a string");
        assertThat(detail("{\"mark\":[true]}")).isEqualTo("mark must be true or false");
    }

    @Test
    void longestText_isTaken() {
        assertThat(Refusals.of(read("{\"name\":\"" + "x".repeat(10_000) + "\"}")::name)
                        .detail())
                .startsWith("name must be 1 to 200");
    }

    @Test
    void flag_isTakenAsATruthValueOrAText() {
        assertThat(read("{\"replace\":true}").flag("replace")).isTrue();
        assertThat(read("{\"replace\":\"true\"}").flag("replace")).isTrue();
        assertThat(read("{\"replace\":false}").flag("replace")).isFalse();
        assertThat(read("{\"replace\":null}").flag("replace")).isFalse();
    }

    @Test
    void position_isAnObjectOfNumbers() {
        assertThat(read("{\"position\":{\"latitude\":36.7213,\"longitude\":-4,\"accuracy_m\":1.5e1}}")
                        .markDetails()
                        .position())
                .isEqualTo(new Position(36.7213, -4, 15));
        assertThat(read("{\"position\":null}").markDetails().position()).isNull();
        assertThat(detail("{\"latitude\":1}")).isEqualTo("latitude is no field of this request");
        assertThat(detail("{\"position\":{\"latitude\":1},\"position\":{\"latitude\":2}}"))
                .isEqualTo("position is given twice");
        assertThat(detail("{\"user_id\":\"a\",\"user_id\":\"b\"}")).isEqualTo("user_id is given twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "[]",
                "{\"latitude\":\"36\",\"longitude\":1,\"accuracy_m\":1}",
                "{\"latitude\":36}",
                "{\"latitude\":36,\"longitude\":181,\"accuracy_m\":1}",
                "{\"latitude\":36,\"longitude\":1,\"accuracy_m\":-1}",
                "{\"latitude\":1e999,\"longitude\":1,\"accuracy_m\":1}",
                "{\"latitude\":36,\"longitude\":1,\"accuracy_m\":1,\"altitude\":[{}]}",
                "{\"latitude\":null,\"longitude\":1,\"accuracy_m\":1}"
            })
    void positionInAnyOtherForm_isRefused(String position) {
        assertThat(Refusals.of(() -> read("{\"position\":" + position + "}").markDetails())
                        .facts())
                .containsEntry("field", "position");
    }

    private static String detail(String body) {
        return Refusals.of(() -> read(body)).detail();
    }
}
