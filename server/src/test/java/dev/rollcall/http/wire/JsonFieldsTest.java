package dev.rollcall.http.wire;

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
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.ReentrantLock;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    private static final int LIMIT = 20_000;
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
    void picture_isReadHoweverItIsWritten(String base64) {
        FaceRequest request = read("{\"user_id\":\"a\",\"image\":\"" + base64 + "\",\"name\":\"Ann\"}");

        assertThat(request.pictures().get(0)).isEqualTo(PICTURE);
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
    void picture_isReadWhereverItStands(String body) {
        assertThat(read(body.formatted(STANDARD)).pictures().get(0)).isEqualTo(PICTURE);
    }

    @Property(tries = 300)
    void anyBytes_comeBack(@ForAll @IntRange(max = 5000) int length, @ForAll long seed) {
        byte[] picture = new byte[length];
        new Random(seed).nextBytes(picture);
        String base64 = Base64.getEncoder().encodeToString(picture);

        assertThat(read("{\"image\" : \"" + base64 + "\" , \"x\":[{}]}")
                        .pictures()
                        .get(0))
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
            FaceRequest request = read(body);
            assertThat(request).isNotNull();
        } catch (RefusedException e) {
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

    @Test
    void missingField_isNamed() {
        FaceRequest request = read("{\"unknown\":{\"deep\":[1,2]},\"image\":null}");

        assertThatThrownBy(request::userId).hasMessageContaining("user_id is missing");
        assertThatThrownBy(request::name).hasMessageContaining("name is missing");
        assertThatThrownBy(request::pictures).hasMessageContaining("image is missing");
        assertThat(request.flag("replace")).isFalse();
    }

    @Test
    void hugeNesting_isRefused() {
        assertThatThrownBy(() -> read("{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("20 levels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "UTF-16"})
    void otherUnicodeEncodings_areReadToo(String encoding) {
        String body = "{\"user_id\":\"a\",\"image\":\"" + STANDARD + "\",\"name\":\"Zo\u00eb\"}";

        FaceRequest request = read(body.getBytes(Charset.forName(encoding)));

        assertThat(request.pictures().get(0)).isEqualTo(PICTURE);
        assertThat(request.name().value()).isEqualTo("Zo\u00eb");
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

    @Property(tries = 200)
    void body_isReadAlikeHoweverItComes(@ForAll @IntRange(min = 1, max = 40) int piece, @ForAll long seed)
            throws IOException {
        byte[] picture = new byte[(int) Math.floorMod(seed, 3000L)];
        new Random(seed).nextBytes(picture);
        String base64 = "data:image/png;base64," + Base64.getMimeEncoder().encodeToString(picture);
        String body = "{\"x\":{\"image\":\"none\"},\"image\":\"" + base64.replace("\r\n", "\\n") + "\",\"name\":\"N\"}";
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
    void flag_isTakenAsATruthValueOrAText() {
        assertThat(read("{\"replace\":true}").flag("replace")).isTrue();
        assertThat(read("{\"replace\":\"true\"}").flag("replace")).isTrue();
        assertThat(read("{\"replace\":false}").flag("replace")).isFalse();
        assertThat(read("{\"replace\":null}").flag("replace")).isFalse();
    }

    @Test
    void textField_thatIsNoScalarIsLeftOut() {
        FaceRequest request = read("{\"user_id\":[\"a\"],\"name\":{\"name\":\"b\"},\"x\":\"y\"}");

        assertThat(Refusals.of(request::userId).detail()).isEqualTo("user_id is missing");
        assertThat(Refusals.of(request::name).detail()).isEqualTo("name is missing");
    }

    @Test
    void position_isAnObjectOfNumbers() {
        assertThat(read("{\"position\":{\"latitude\":36.7213,\"x\":[{}],\"longitude\":-4,\"accuracy_m\":1.5e1}}")
                        .markDetails()
                        .position())
                .isEqualTo(new Position(36.7213, -4, 15));
        assertThat(read("{\"position\":null}").markDetails().position()).isNull();
        assertThat(read("{\"latitude\":1}").markDetails().position()).isNull();
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
                "{\"latitude\":null,\"longitude\":1,\"accuracy_m\":1}"
            })
    void positionInAnyOtherForm_isRefused(String position) {
        assertThat(Refusals.of(() -> read("{\"position\":" + position + "}").markDetails())
                        .facts())
                .containsEntry("field", "position");
    }

    @Test
    void longestText_isTaken() {
        assertThat(Refusals.of(read("{\"name\":\"" + "x".repeat(10_000) + "\"}")::name)
                        .detail())
                .startsWith("name must be 1 to 200");
    }

    private static String detail(String body) {
        return Refusals.of(() -> read(body)).detail();
    }

    private static FaceRequest read(String body) {
        return read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static FaceRequest read(byte[] body) {
        try {
            return JsonFields.read(new ByteArrayInputStream(body), sink());
        } catch (IOException e) {
            throw new IllegalStateException("a byte array can't fail", e);
        }
    }

    private static PictureSink sink() {
        return new PictureSink(LIMIT, -1, new ReentrantLock());
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
                List.of("{\"images\":[],\"image\":\"aGk=\"}", "{\"image\":\"aGk=\",\"images\":[],\"x\":[]}")) {
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
            String body = "{\"x\":\"" + "x".repeat(filler) + "\",\"images\" : [ \"aGk=\", \"aG8=\"]}";

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
