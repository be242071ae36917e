package dev.rollcall.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.sites.LivenessMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    @TempDir
    Path folder;

    @Test
    void withoutTexts_defaultsHold() {
        SettingsReader.Read read = read(Map.of());

        assertThat(read.problems()).isEmpty();
        assertThat(read.settings().port()).isEqualTo(8000);
        assertThat(read.settings().confidenceThreshold().fixed()).hasValue(0.8);
        assertThat(read.settings().livenessMode()).isEqualTo(LivenessMode.MONITOR);
        assertThat(read.settings().dataDir()).isEqualTo(Path.of("./data"));
        assertThat(read.settings().timeZone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(read.settings().apiKey()).isEmpty();
        assertThat(read.settings().engineThreads()).isEmpty();
        assertThat(read.settings().corsOrigins()).isEmpty();
    }

    @Test
    void option_takesPrecedenceOverTheEnvironmentAndThatOverTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve(".env"), "PORT=1\nHOST=::1\nLOG_LEVEL=WARN\n");
        GivenTexts given = GivenTexts.of(Map.of("PORT", "3"), Map.of("PORT", "2", "HOST", "127.0.0.2"), file);

        Settings settings = SettingsReader.read(given).settings();

        assertThat(settings.port()).isEqualTo(3);
        assertThat(settings.host()).isEqualTo("127.0.0.2");
        assertThat(List.of("PORT", "HOST", "LOG_LEVEL", "TIME_ZONE").stream().map(given::source))
                .containsExactly(
                        SettingSource.COMMAND_LINE,
                        SettingSource.ENVIRONMENT,
                        SettingSource.ENV_FILE,
                        SettingSource.DEFAULT);
    }

    @Test
    void emptyText_countsAsNone() {
        SettingsReader.Read read = read(Map.of("API_KEY", "", "PORT", " ", "LIVENESS_MODE", ""));

        assertThat(read.problems()).isEmpty();
        assertThat(read.settings().apiKey()).isEmpty();
        assertThat(read.settings().port()).isEqualTo(8000);
    }

    @Test
    void whiteSpaceAroundTexts_isNoPartOfThem() {
        Settings settings = read(Map.of(
                        "MAX_IMAGE_MB",
                        " 9 ",
                        "LIVENESS_MODE",
                        "Enforce\n",
                        "CORS_ORIGINS",
                        " http://a , http://b,",
                        "ENGINE_THREADS",
                        "2",
                        "REQUIRE_CONSENT",
                        "Yes"))
                .settings();

        assertThat(settings.maxImageMb()).isEqualTo(9);
        assertThat(settings.livenessMode()).isEqualTo(LivenessMode.ENFORCE);
        assertThat(settings.corsOrigins()).contains(List.of("http://a", "http://b"));
        assertThat(settings.engineThreads()).hasValue(2);
        assertThat(settings.requireConsent()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PORT                 | http         | must be a whole number between 0 and 65535 but is \"http\"",
                "PORT                 | 99999        | must be a whole number between 0 and 65535 but is \"99999\"",
                "MAX_IMAGE_MB         | 8 MB         | must be a whole number between 1 and 64 but is \"8 MB\"",
                "CONFIDENCE_THRESHOLD | 0,8          | must be a number between 0.01 and 0.9999, or auto, but is \"0,8\"",
                "CONFIDENCE_THRESHOLD | NaN          | must be a number between 0.01 and 0.9999, or auto, but is \"NaN\"",
                "LIVENESS_MODE        | x            | must be off, monitor, enforce or challenge but is \"x\"",
                "QUALITY_ENROLL       | x            | must be off, standard or strict but is \"x\"",
                "ATTENDANCE_ON_ERASURE | x           | must be keep or pseudonymise but is \"x\"",
                "LOG_LEVEL            | nonsense     | must be error, warn, info or debug but is \"nonsense\"",
                "TIME_ZONE            | Mars/Olympus | must be a time zone such as Europe/Berlin but is \"Mars/Olympus\"",
                "REQUIRE_CONSENT      | ture         | must be true or false but is \"ture\""
            })
    void textOfNoForm_isToldInASentence(String name, String text, String sentence) {
        assertThat(read(Map.of(name, text)).problems()).containsExactly(name + " " + sentence);
    }

    @Test
    void wrongText_isShownOnOneLineAndCut() {
        String hostile = "a\n\u001b[31m\u2028" + "b".repeat(1000);

        assertThat(read(Map.of("LIVENESS_MODE", hostile)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .contains("a??[31m?bbb")
                        .doesNotContain("\n", "\u001b", "\u2028")
                        .hasSizeLessThan(200));
    }

    @Test
    void environment_goesBeforeTheFile() throws Exception {
        Files.writeString(folder.resolve(".env"), "PORT=1\nMAX_IMAGE_MB=\"9\" # megabytes\n");

        Settings settings = read(Map.of("PORT", "2")).settings();

        assertThat(settings.port()).isEqualTo(2);
        assertThat(settings.maxImageMb()).isEqualTo(9);
    }

    @Test
    void settingsAsText_showNoSecret() {
        assertThat(read(Map.of("API_KEY", "secret-of-the-tests")).settings().toString())
                .doesNotContain("secret-of-the-tests");
    }

    private SettingsReader.Read read(Map<String, String> environment) {
        return SettingsReader.read(environment, folder.resolve(".env"));
    }
}
