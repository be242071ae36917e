package dev.rollcall.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a body once the pictures are taken out. */
class JsonPictureInputTest {

    private final PictureSink picture = new PictureSink(20_000, -1, new ReentrantLock());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"image\":\"aGk=\"}|{\"image\":\"\"}|1",
                "{\"image\" : \"aGk=\" , \"x\":\"y\"}|{\"image\" : \"\" , \"x\":\"y\"}|1",
                "{\"x\":{\"image\":\"no\"},\"image\":\"aGk=\"}|{\"x\":{\"image\":\"no\"},\"image\":\"\"}|1",
                "{\"x\":[\"image\",{}],\"image\":\"aGk=\"}|{\"x\":[\"image\",{}],\"image\":\"\"}|1",
                "{\"image\":\"bm8=\",\"image\":\"aGk=\"}|{\"image\":\"\",\"image\":\"\"}|2",
                "{\"x\":\"image\",\"image\":\"aGk=\"}|{\"x\":\"image\",\"image\":\"\"}|1",
                "{\"image\":\"aG\\u006b\\u003d\"}|{\"image\":\"\"}|1",
                "{\"image\":\"a\\nG\\rk=\",\"y\":\"\\\"z\"}|{\"image\":\"\",\"y\":\"\\\"z\"}|1"
            })
    void pictureOfTheOutermostObject_isTakenOut(String body, String left, int pictures) throws IOException {
        for (int piece : new int[] {1, 3, 10_000}) {
            JsonPictureInput input = input(pieces(body.getBytes(StandardCharsets.UTF_8), piece));

            assertThat(new String(input.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(left);
            assertThat(input.pictures()).isEqualTo(pictures);
            assertThat(picture.pictures().get(0)).isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "\"image\"",
                "[\"image\",\"aGk=\"]",
                "[{\"image\":\"aGk=\"}]",
                "{\"x\":{\"image\":\"aGk=\"}}",
                "{\"images\":\"aGk=\"}",
                "{\"imag\":\"aGk=\"}",
                "{\"xmage\":\"aGk=\"}",
                "{\"iimage\":\"aGk=\"}",
                "{\"im\\u0061ge\":\"aGk=\"}",
                "{\"Image\":\"aGk=\"}",
                "{\"image\":7,\"x\":\"aGk=\"}",
                "{\"image\":null,\"x\":\"aGk=\"}",
                "{\"image\":[\"aGk=\"]}",
                "{\"images\":{\"x\":\"aGk=\"}}",
                "{\"images\":[[\"aGk=\"]]}",
                "{\"imagess\":[\"aGk=\"]}",
                "{\"x\":{\"images\":[\"aGk=\"]}}",
                "{\"images\":null,\"x\":[\"aGk=\"]}",
                "{\"images\":7,\"x\":[\"aGk=\"]}",
                "{\"x\":\"\\\"image\\\":\\\"aGk=\\\"\"}",
                "{\"x\":\"image\",\"y\":\"aGk=\"}"
            })
    void bodyWithoutAPictureThere_isPassedOnAsItIs(String body) throws IOException {
        JsonPictureInput input = input(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));

        assertThat(new String(input.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(body);
        assertThat(input.pictures()).isZero();
        assertThat(picture.hasBegun()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"images\":[\"aGk=\",\"aG8=\"]}|{\"images\":[\"\",\"\"]}",
                "{\"images\" : [ \"aGk=\" , \"aG8=\" ],\"x\":[\"y\"]}|{\"images\" : [ \"\" , \"\" ],\"x\":[\"y\"]}",
                "{\"images\":[\"bm8=\"],\"images\":[\"aGk=\",\"aG8=\"]}|{\"images\":[\"\"],\"images\":[\"\",\"\"]}",
                "{\"images\":[\"aG\\u006b=\",\"aG8=\"],\"image\":null}|{\"images\":[\"\",\"\"],\"image\":null}",
                "{\"images\":[\"data:x,aGk=\",\"aG8\"],\"x\":\"images\"}|{\"images\":[\"\",\"\"],\"x\":\"images\"}"
            })
    void picturesOfTheArray_areTakenOut(String body, String left) throws IOException {
        for (int piece : new int[] {1, 3, 10_000}) {
            PictureSink sink = new PictureSink(20_000, -1, new ReentrantLock());
            JsonPictureInput input =
                    new JsonPictureInput(pieces(body.getBytes(StandardCharsets.UTF_8), piece), new Base64Sink(sink));

            assertThat(new String(input.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(left);
            assertThat(sink.pictures())
                    .containsExactly("hi".getBytes(StandardCharsets.UTF_8), "ho".getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
    void bodyInAnotherEncoding_isPassedOnAsItIs(String encoding) throws IOException {
        byte[] body = "{\"image\":\"aGk=\"}".getBytes(Charset.forName(encoding));

        assertThat(input(pieces(body, 1)).readAllBytes()).isEqualTo(body);
    }

    @Test
    void zeroByteBehindTheFirstFour_isNoOtherEncoding() throws IOException {
        JsonPictureInput input =
                input(new ByteArrayInputStream("{  \"\0\":1,\"image\":\"aGk=\"}".getBytes(StandardCharsets.UTF_8)));

        assertThat(new String(input.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("{  \"\0\":1,\"image\":\"\"}");
    }

    @Test
    void singleBytes_areReadLikeMany() throws IOException {
        JsonPictureInput input = input(
                new ByteArrayInputStream("{\"image\":\"aGk=\",\"x\":\"\u00e9\"}".getBytes(StandardCharsets.UTF_8)));
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        assertThat(input.read(new byte[3], 0, 0)).isZero();
        for (int next = input.read(); next >= 0; next = input.read()) {
            read.write(next);
        }

        assertThat(read.toString(StandardCharsets.UTF_8)).isEqualTo("{\"image\":\"\",\"x\":\"\u00e9\"}");
        assertThat(input.read(new byte[3], 1, 2)).isEqualTo(-1);
    }

    @Test
    void bytes_areReadToWhereTheyAreWanted() throws IOException {
        JsonPictureInput input = input(new ByteArrayInputStream("[123]".getBytes(StandardCharsets.UTF_8)));
        byte[] into = new byte[8];

        assertThat(input.read(into, 2, 3)).isEqualTo(3);

        assertThat(into).containsExactly(0, 0, '[', '1', '2', 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"image\":\"a\tGk=\"}", "{\"image\":\"a\\xGk=\"}", "{\"image\":\"\\u00g1\"}"})
    void textThatIsNoJson_isRefused(String body) {
        JsonPictureInput input = input(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));

        assertThat(Refusals.of(input::readAllBytes).detail()).isEqualTo("the body is not valid JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\b", "\\f", "\\t", "\\\"", "\\\\", "\\u0000", "\\u20ac", "\\u0141"})
    void characterThatJsonAllowsAndBase64DoesNot_isRefused(String escape) {
        String body = "{\"image\":\"a" + escape + "Gk=\"}";
        JsonPictureInput input = input(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));

        assertThat(Refusals.of(input::readAllBytes).detail()).isEqualTo("image is not valid base64");
    }

    @Test
    void escapedSlash_isOne() throws IOException {
        input(new ByteArrayInputStream("{\"image\":\"\\/\\/8=\"}".getBytes(StandardCharsets.UTF_8)))
                .readAllBytes();

        assertThat(picture.pictures().get(0)).containsExactly(0xFF, 0xFF);
    }

    private JsonPictureInput input(InputStream body) {
        return new JsonPictureInput(body, new Base64Sink(picture));
    }

    private static InputStream pieces(byte[] bytes, int piece) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                return super.read(into, from, Math.min(most, piece));
            }
        };
    }
}
