package dev.rollcall.config.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts of settings that a process was given.
 *
 * @param texts by the setting's name, each with where it comes from
 * @param problems why {@code .env} can't be read, completely or in part, one sentence each
 */
record GivenTexts(Map<String, Text> texts, List<String> problems) {

    /** The prefix of the system properties that hold the options of the command line. */
    private static final String OPTION = "rollcall.option.";

    GivenTexts {
        texts = Map.copyOf(texts);
        problems = List.copyOf(problems);
    }

    /** A text, and where it comes from. */
    record Text(String text, SettingSource source) {}

    /** Those of this process: the options of its command line, its environment, and {@code .env} in its folder. */
    static GivenTexts ofProcess() {
        return of(options(), System.getenv(), Path.of(".env"));
    }

    static GivenTexts of(Map<String, String> options, Map<String, String> environment, Path envFile) {
        EnvFile.Content file = EnvFile.read(envFile);
        Map<String, Text> texts = new HashMap<>();
        file.entries().forEach((name, text) -> texts.put(name, new Text(text, SettingSource.ENV_FILE)));
        environment.forEach((name, text) -> texts.put(name, new Text(text, SettingSource.ENVIRONMENT)));
        options.forEach((name, text) -> texts.put(name, new Text(text, SettingSource.COMMAND_LINE)));
        return new GivenTexts(texts, file.problems());
    }

    /** Makes a setting an option of this process' command line. */
    static void addOption(String name, String text) {
        System.setProperty(OPTION + name, text);
    }

    private static Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        for (String property : System.getProperties().stringPropertyNames()) {
            if (property.startsWith(OPTION)) {
                options.put(property.substring(OPTION.length()), System.getProperty(property));
            }
        }
        return options;
    }

    /** The text that a setting was given; null if it has none. */
    @Nullable
    String text(String name) {
        Text given = texts.get(name);
        return given == null ? null : given.text();
    }

    /** Where the value of a setting comes from; an empty text counts as none. */
    SettingSource source(String name) {
        Text given = texts.get(name);
        return given == null || given.text().isBlank() ? SettingSource.DEFAULT : given.source();
    }
}
