package dev.rollcall.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.config.settings.SettingsList.Shown;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettingsListTest {

    private static final String SECRET = "Zm9yIG5vYm9keSdzIGV5ZXMgYnV0IG15IG93biEhISE=";

    @Test
    void everySetting_hasItsDefaultUnlessItIsSet() {
        List<Shown> shown = shown(Map.of("MAX_ATTENDANCE_PER_DAY", "6", "LIVENESS_MODE", "ENFORCE"));

        assertThat(shown).hasSize(Settings.class.getMethods().length);
        assertThat(shown)
                .contains(
                        new Shown("MAX_ATTENDANCE_PER_DAY", "6", "2", SettingSource.ENVIRONMENT, false),
                        new Shown("LIVENESS_MODE", "enforce", "monitor", SettingSource.ENVIRONMENT, false),
                        new Shown("LOG_LEVEL", "INFO", "INFO", SettingSource.DEFAULT, false),
                        new Shown("TARGET_FALSE_MATCH_RATE", "0.0001", "0.0001", SettingSource.DEFAULT, false),
                        new Shown("ENGINE_THREADS", null, null, SettingSource.DEFAULT, false));
        assertThat(shown.stream()
                        .filter(setting -> setting.source() == SettingSource.DEFAULT && setting.byDefault() != null))
                .allSatisfy(setting -> assertThat(number(String.valueOf(setting.value())))
                        .isEqualTo(number(String.valueOf(setting.byDefault()))));
    }

    /** Numbers may be written in several ways. */
    private static Object number(@Nullable String text) {
        String given = String.valueOf(text);
        return given.matches("-?\\d+(\\.\\d+)?(E-?\\d+)?") ? (Object) Double.valueOf(given) : given;
    }

    @Test
    void secrets_areNotShownWhateverTheyAreCalled() {
        Map<String, String> given = new HashMap<>();
        for (String name : shown(Map.of()).stream().map(Shown::name).toList()) {
            if (name.endsWith("KEY") && !name.equals("TLS_KEY")) {
                given.put(name, SECRET);
            }
        }
        given.put("DATABASE_URL", "postgresql://rollcall:" + SECRET.replace("=", "") + "@db.example.com/rollcall");

        List<Shown> shown = shown(given);

        assertThat(given).hasSize(5);
        assertThat(shown.stream().filter(Shown::isSecret).map(Shown::name).collect(Collectors.toSet()))
                .isEqualTo(given.keySet());
        assertThat(shown.toString()).doesNotContain(SECRET.replace("=", ""));
        assertThat(shown.stream().filter(Shown::isSecret))
                .noneMatch(setting -> setting.source() == SettingSource.DEFAULT);
    }

    private static List<Shown> shown(Map<String, String> given) {
        GivenTexts texts = GivenTexts.of(Map.of(), given, Path.of("no", "such", ".env"));
        return SettingsList.of(SettingsReader.read(texts).settings(), texts);
    }
}
