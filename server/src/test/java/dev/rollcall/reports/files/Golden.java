package dev.rollcall.reports.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Files that exports are compared with. */
final class Golden {

    private Golden() {}

    /**
     * Compares a text, whose lines end with CRLF, with a file, whose lines end with LF.
     *
     * @param file its name in the folder exports
     */
    static void assertSame(String file, byte[] written) throws IOException {
        try (InputStream golden = Golden.class.getResourceAsStream("/exports/" + file)) {
            assertThat(golden).as("exports/" + file).isNotNull();
            String text = new String(written, StandardCharsets.UTF_8);
            assertThat(text.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
            assertThat(text.replace("\r\n", "\n")).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
