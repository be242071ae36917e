package dev.rollcall.config;

import dev.rollcall.background.RepeatingThread;
import dev.rollcall.background.RepeatingThread.Pauses;
import dev.rollcall.certificates.CertificateProblem;
import dev.rollcall.certificates.LocalCertificates;
import dev.rollcall.certificates.MachineNames;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.config.settings.SettingsCheck;
import dev.rollcall.http.api.TrustResource.Trust;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** HTTPS by TLS=local: the files before the start, and the renewal of the certificate while the service runs. */
@ApplicationScoped
public class LocalTls {

    /** An address that changes is usually that of a laptop or of a router's new lease: a tablet waits no longer for it. */
    private static final Pauses PAUSES =
            new Pauses(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(1));

    private @Nullable RepeatingThread watch;

    /** Why there is no certificate for TLS=local, as a sentence; the settings must have been checked before. */
    public static Optional<String> problem() {
        try {
            open(SettingsCheck.settings(), Clock.systemUTC());
            return Optional.empty();
        } catch (CertificateProblem | UncheckedIOException e) {
            return Optional.of("TLS=local: " + e.getMessage());
        }
    }

    private static Optional<LocalCertificates> open(Settings settings, Clock clock) {
        return settings.tls() == Settings.Tls.OFF
                ? Optional.empty()
                : Optional.of(LocalCertificates.open(
                        settings.dataDir(), new MachineNames(settings.tlsNames().orElse(List.of())), clock));
    }

    @Produces
    @Singleton
    Trust trust(Settings settings, Clock clock) {
        return new Trust(open(settings, clock), () -> Ports.plain(settings), () -> Ports.https(settings));
    }

    void start(@Observes StartupEvent event, Trust trust) {
        trust.certificates().ifPresent(certificates -> {
            RepeatingThread thread = new RepeatingThread(
                    LocalTls.class, "certificates", "the certificate can't be renewed", PAUSES, certificates::renew);
            watch = thread;
            thread.start();
        });
    }

    void stop(@Observes ShutdownEvent event) {
        if (watch != null) {
            watch.close();
        }
    }
}
