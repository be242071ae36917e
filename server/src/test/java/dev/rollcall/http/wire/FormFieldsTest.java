package dev.rollcall.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormFieldsTest {

    /** A part without a name. */
    private static final String NAMELESS = "--xyz\r\nX: y\r\n\r\nz\r\n";

    private static final int LIMIT = 20_000;
    private static final String TYPE = "multipart/form-data; boundary=\"xyz\"";

    @Test
    void fileAndTexts_areRead() throws IOException {
        FaceRequest request = read(part("user_id", "emp.1") + part("name", "Zoë")
                + "--xyz\r\nContent-Type: image/png\r\n"
                + "content-disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\nRAW\r\n--xyz--\r\n");

        assertThat(request.userId().value()).isEqualTo("emp.1");
        assertThat(request.name().value()).isEqualTo("Zoë");
        assertThat(request.pictures().get(0)).isEqualTo("RAW".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void pictureWithoutFileName_isBase64() throws IOException {
        assertThat(read(part("image", "aGk=") + "--xyz--\r\n").pictures().get(0))
                .isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "--xyz",
                "--xyz\r\n",
                "--xyz\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\nabc",
                "--other\r\n\r\n\r\n--other--"
            })
    void damagedForm_isRefused(String body) {
        assertThatThrownBy(() -> read(body).pictures().get(0)).isInstanceOf(RefusedException.class);
    }

    @Test
    void formWithoutBoundary_isRefused() {
        assertThatThrownBy(() -> FormFields.read(InputStream.nullInputStream(), "multipart/form-data", sink()))
                .hasMessageContaining("boundary");
    }

    @Test
    void endlessFields_areRefused() {
        assertThatThrownBy(() -> read(part("x", "y").repeat(30) + "--xyz--\r\n"))
                .hasMessageContaining("too many");
    }

    @ParameterizedTest
    @ValueSource(strings = {"; filename=\"a.png\"", ""})
    void pictureOverTheLimit_isRefusedAtItsFirstByteTooMany(String fileName) {
        String picture = "A".repeat(2 * LIMIT);
        InputStream body = stream("--xyz\r\nContent-Disposition: form-data; name=\"image\"" + fileName + "\r\n\r\n"
                + picture.repeat(100) + "\r\n--xyz--\r\n");

        assertThatThrownBy(() -> FormFields.read(body, TYPE, sink()))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(Code.PAYLOAD_TOO_LARGE));
        assertThat(body).isNotEmpty();
    }

    @Test
    void lastOfSeveralPictures_counts() throws IOException {
        assertThat(read(part("image", "bm9uZQ==") + part("image", "aGk=") + "--xyz--\r\n")
                        .pictures()
                        .get(0))
                .isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void fieldsOfSeveralPictures_areReadInOrder() throws IOException {
        String file = "--xyz\r\ncontent-disposition: form-data; name=\"images\"; filename=\"a\"\r\n\r\nho\r\n";

        assertThat(read(part("images", "aGk=") + part("mark", "true") + file + "--xyz--\r\n")
                        .pictures())
                .containsExactly("hi".getBytes(StandardCharsets.UTF_8), "ho".getBytes(StandardCharsets.UTF_8));
        assertThat(read(file + "--xyz--\r\n").pictures()).hasSize(1);
        assertThat(Refusals.of(() -> read(file.repeat(6) + "--xyz--\r\n")).detail())
                .isEqualTo("images must have 1 to 5 pictures");
        assertThat(Refusals.of(() -> read(file + part("image", "aGk=") + "--xyz--\r\n"))
                        .detail())
                .isEqualTo("give image or images, not both");
    }

    @Test
    void bytesLikeABoundary_stayInThePicture() throws IOException {
        String picture = "\r\n--xy\r\n--xyY\n--xyz".repeat(500);

        FaceRequest request = read("--xyz\r\ncontent-disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n"
                + picture + "\r\n--xyz--\r\nepilogue");

        assertThat(request.pictures().get(0)).isEqualTo(picture.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void twentyFields_areTakenAndOneMoreIsNot() throws IOException {
        assertThat(read(NAMELESS.repeat(19) + part("user_id", "ann") + "--xyz--\r\n")
                        .userId()
                        .value())
                .isEqualTo("ann");
        assertThat(Refusals.of(() -> read(NAMELESS.repeat(21) + "--xyz--\r\n")).detail())
                .isEqualTo("the form has too many fields");
    }

    @Test
    void textOfMoreThanTenThousandBytes_isLeftOut() throws IOException {
        FaceRequest longest = read(part("replace", "x".repeat(10_000)) + "--xyz--\r\n");
        FaceRequest tooLong = read(part("replace", "x".repeat(10_001)) + "--xyz--\r\n");

        assertThat(Refusals.of(() -> longest.flag("replace")).detail()).isEqualTo("replace must be true or false");
        assertThat(tooLong.flag("replace")).isFalse();
    }

    @Test
    void textThatIsGivenTwice_isRefused() {
        assertThat(Refusals.of(() -> read(part("latitude", "1").repeat(2) + "--xyz--\r\n"))
                        .detail())
                .isEqualTo("latitude is given twice");
    }

    @Test
    void fieldOfAnotherName_isRefused() {
        assertThat(Refusals.of(() -> read(part("captured_att", "x") + part("user_id", "ann") + "--xyz--\r\n"))
                        .detail())
                .isEqualTo("captured_att is no field of this request");
    }

    @Test
    void partWithoutAName_isLeftOut() throws IOException {
        FaceRequest request = read(NAMELESS
                + "--xyz\r\nX: y\r\nContent-Disposition: form-data; name=\"user_id\"\r\n\r\nann\r\n--xyz--\r\n");

        assertThat(request.userId().value()).isEqualTo("ann");
        assertThat(Refusals.of(request::pictures).detail()).isEqualTo("image is missing");
    }

    @Test
    void restOfTheBody_isReadToItsEnd() throws IOException {
        InputStream body = stream(part("user_id", "ann") + "--xyz--\r\n" + "x".repeat(50_000));

        FormFields.read(body, TYPE, sink());

        assertThat(body.available()).isZero();
    }

    @Test
    void pictureThatIsNoBase64_endsTheReading() {
        InputStream body = stream(part("image", "%".repeat(10)) + part("x", "y".repeat(50_000)) + "--xyz--\r\n");

        assertThat(Refusals.of(() -> FormFields.read(body, TYPE, sink())).detail())
                .isEqualTo("image is not valid base64");
        assertThat(body).isNotEmpty();
        assertThat(Refusals.of(() -> read(part("image", "aGk") + part("image", "a") + "--xyz--\r\n"))
                        .detail())
                .isEqualTo("image is not valid base64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"multipart/form-data; boundary=", "multipart/form-data; Boundary=\"\"", "multipart/form-data"})
    void emptyBoundary_isRefused(String contentType) {
        assertThat(Refusals.of(() -> FormFields.read(InputStream.nullInputStream(), contentType, sink()))
                        .detail())
                .isEqualTo("the form's Content-Type has no boundary");
    }

    private static FaceRequest read(String body) throws IOException {
        return FormFields.read(stream(body), TYPE, sink());
    }

    private static InputStream stream(String body) {
        return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
    }

    private static PictureSink sink() {
        return new PictureSink(LIMIT, -1, new ReentrantLock());
    }

    private static String part(String name, String value) {
        return "--xyz\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }
}
