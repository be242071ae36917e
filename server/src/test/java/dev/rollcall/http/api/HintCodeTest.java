package dev.rollcall.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class HintCodeTest {

    private static final String PREFIX = "LOW_QUALITY.";

    /** Only the embedding tells it, which a hint doesn't have. */
    private static final String UNCLEAR = "FACE_UNCLEAR";

    @Test
    void everyReasonForLowQuality_isAHint() throws IOException {
        Properties sentences = new Properties();
        try (Reader file = new InputStreamReader(
                Objects.requireNonNull(getClass().getResourceAsStream("/messages/en.properties")),
                StandardCharsets.UTF_8)) {
            sentences.load(file);
        }
        List<String> reasons = sentences.stringPropertyNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(PREFIX.length()))
                .filter(reason -> !reason.equals(UNCLEAR))
                .toList();

        assertThat(reasons).hasSizeGreaterThan(5).allSatisfy(reason -> assertThat(
                        HintCode.of(new Refusal(Code.LOW_QUALITY, "Bad.", Map.of("reason", reason))))
                .hasToString(reason));
        assertThat(HintCode.of(new Refusal(Code.NO_FACE, "None."))).isEqualTo(HintCode.NO_FACE);
        assertThat(HintCode.of(new Refusal(Code.MULTIPLE_FACES, "Two."))).isEqualTo(HintCode.MULTIPLE_FACES);
    }
}
