package dev.rollcall.config;

import dev.rollcall.config.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The address at which a browser on this machine opens the running service, in a file of the data folder: commands that run beside the
 * service read it, since the service may have been started with options that they don't know.
 */
final class ServiceAddress {

    private static final Logger LOG = Logger.getLogger(ServiceAddress.class);
    private static final String NAME = "service.address";

    private ServiceAddress() {}

    /** Writes the address of this process, beside its process id. A file that can't be written is logged. */
    static void record(String address, Settings settings) {
        Path file = settings.dataDir().resolve(NAME);
        Path unfinished = settings.dataDir().resolve(NAME + ".new");
        try {
            Files.writeString(unfinished, ProcessHandle.current().pid() + " " + address + "\n");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.warnf("%s can't be written, so 'rollcall setup-link' uses the settings: %s", file, e);
        }
    }

    /** The address of the service that runs on the data folder; empty if none does, or none has written it. */
    static Optional<String> ofRunningService(Settings settings) {
        try {
            String[] parts =
                    Files.readString(settings.dataDir().resolve(NAME)).strip().split(" ", 2);
            boolean isRunning = parts.length == 2
                    && ProcessHandle.of(Long.parseLong(parts[0]))
                            .filter(ProcessHandle::isAlive)
                            .isPresent();
            return isRunning ? Optional.of(parts[1]) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
