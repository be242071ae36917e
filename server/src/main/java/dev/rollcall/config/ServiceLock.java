package dev.rollcall.config;

import dev.rollcall.config.settings.SettingsCheck;
import dev.rollcall.files.FolderLock;
import dev.rollcall.files.PrivateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lock on the data folder that a service holds until its process ends, whatever its database. It is taken before anything is written
 * there. Commands run beside a service and don't take it.
 */
public final class ServiceLock {

    private static final String NAME = "service.lock";

    /** Kept, since a file that nothing refers to is closed. */
    @SuppressWarnings("unused")
    private static @Nullable FolderLock held;

    private ServiceLock() {}

    /** Takes the lock; returns why that fails, as a sentence. The settings must have been checked before. */
    public static synchronized Optional<String> problem() {
        Path folder = SettingsCheck.settings().dataDir().toAbsolutePath().normalize();
        try {
            PrivateFile.createFolder(folder);
            Optional<FolderLock> lock = FolderLock.take(folder, NAME);
            held = lock.orElse(null);
            return lock.isPresent()
                    ? Optional.empty()
                    : Optional.of("Another Rollcall is running on the data folder " + folder
                            + ". Stop it first, or give this one a DATA_DIR of its own.");
        } catch (IOException e) {
            return Optional.of("DATA_DIR: the data folder " + folder + " can't be used: " + e);
        }
    }
}
