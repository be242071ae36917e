package dev.rollcall.config;

import dev.rollcall.cli.ConfigCommand;
import dev.rollcall.config.settings.SettingsCheck;
import dev.rollcall.config.settings.SettingsList;
import dev.rollcall.config.settings.SettingsList.Shown;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of this process for the command that prints them. */
public final class CommandSettings {

    private CommandSettings() {}

    public static ConfigCommand.Printed printed() {
        List<String> problems = SettingsCheck.problems();
        List<ConfigCommand.Line> lines = SettingsList.ofProcess(SettingsCheck.settings()).stream()
                .map(CommandSettings::line)
                .toList();
        return new ConfigCommand.Printed(lines, problems, problems.isEmpty() ? 0 : SettingsCheck.EXIT_CODE);
    }

    private static ConfigCommand.Line line(Shown setting) {
        return new ConfigCommand.Line(setting.name(), setting.value(), source(setting), setting.isSecret());
    }

    private static @Nullable String source(Shown setting) {
        return switch (setting.source()) {
            case DEFAULT -> null;
            case ENV_FILE -> ".env";
            case ENVIRONMENT -> "environment";
            case COMMAND_LINE -> "command line";
        };
    }
}
