package dev.rollcall.config;

import dev.rollcall.config.settings.Settings;
import java.nio.file.Path;

/** The folder of backups that the settings choose. */
final class BackupFolder {

    private static final String NAME = "backups";

    private BackupFolder() {}

    static Path of(Settings settings) {
        return settings.backupDir()
                .orElseGet(() -> settings.dataDir().resolve(NAME))
                .toAbsolutePath()
                .normalize();
    }
}
