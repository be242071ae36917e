package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormFieldsTest {

    private static final String TYPE = "multipart/form-data; boundary=\"xyz\"";

    @Test
    void fileAndTexts_areRead() throws InvalidRequestException {
        FaceRequest request = read(part("user_id", "emp.1") + part("name", "Zoë")
                + "--xyz\r\nContent-Type: image/png\r\n"
                + "content-disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\nRAW\r\n--xyz--\r\n");

        assertThat(request.userId().value()).isEqualTo("emp.1");
        assertThat(request.name().value()).isEqualTo("Zoë");
        assertThat(request.picture()).isEqualTo("RAW".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void pictureWithoutFileName_isBase64() throws InvalidRequestException {
        assertThat(read(part("image", "aGk=") + "--xyz--\r\n").picture())
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
        assertThatThrownBy(() -> read(body).picture()).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void formWithoutBoundary_isRefused() {
        assertThatThrownBy(() -> FormFields.read(new byte[0], "multipart/form-data"))
                .hasMessageContaining("boundary");
    }

    @Test
    void endlessFields_areRefused() {
        assertThatThrownBy(() -> read(part("x", "y").repeat(30) + "--xyz--\r\n"))
                .hasMessageContaining("too many");
    }

    private static FaceRequest read(String body) throws InvalidRequestException {
        return FormFields.read(body.getBytes(StandardCharsets.UTF_8), TYPE);
    }

    private static String part(String name, String value) {
        return "--xyz\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }
}
