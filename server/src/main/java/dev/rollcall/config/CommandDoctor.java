package dev.rollcall.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.config.settings.Listening;
import dev.rollcall.config.settings.SecuritySettings;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.config.settings.SettingsCheck;
import dev.rollcall.doctor.AccessCheck;
import dev.rollcall.doctor.BackupCheck;
import dev.rollcall.doctor.CertificateCheck;
import dev.rollcall.doctor.Finding;
import dev.rollcall.doctor.HealthCheck;
import dev.rollcall.doctor.MachineCheck;
import dev.rollcall.doctor.ServiceProbe;
import dev.rollcall.doctor.ServiceProbe.Found;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The checks of {@code rollcall doctor} for the settings of this process. A running service is asked; without one the database and the
 * models are tried here. Nothing is created or changed.
 */
public final class CommandDoctor {

    private static final String SETTINGS = "settings";
    private static final String PORT = "port";
    private static final String LOOPBACK = "127.0.0.1";

    private final Settings settings;
    private final Clock clock;
    private final Consumer<Finding> found;

    private CommandDoctor(Settings settings, Clock clock, Consumer<Finding> found) {
        this.settings = settings;
        this.clock = clock;
        this.found = found;
    }

    /** Hands each finding over as soon as it is there. */
    public static void examine(Consumer<Finding> found) {
        List<String> problems = SettingsCheck.problems();
        new CommandDoctor(SettingsCheck.settings(), Clock.systemUTC(), found).examine(problems);
    }

    private void examine(List<String> problems) {
        problems.forEach(problem -> found.accept(Finding.wrong(
                SETTINGS, problem, "correct it: docs/configuration.md; the defaults are examined below")));
        if (problems.isEmpty()) {
            found.accept(Finding.ok(SETTINGS, "all are valid; 'rollcall config' prints them"));
        }
        Found service = settings.port() == 0 ? new Found.Nothing() : ServiceProbe.at(address());
        Optional<JsonNode> health =
                service instanceof Found.Rollcall running ? Optional.of(running.health()) : Optional.empty();
        found.accept(MachineCheck.java());
        found.accept(MachineCheck.memory(health.isPresent()));
        found.accept(MachineCheck.disk(settings.dataDir()));
        found.accept(MachineCheck.clock(clock, settings.timeZone()));
        found.accept(port(service));
        if (health.isPresent()) {
            HealthCheck.of(health.get()).forEach(found);
        } else {
            found.accept(DatabaseCheck.of(settings));
            found.accept(models(problems));
        }
        found.accept(certificate(health));
        found.accept(camera(health.isPresent()));
        found.accept(AccessCheck.key(settings.apiKey()));
        found.accept(AccessCheck.templateKey(settings.templateKey().isPresent()));
        found.accept(BackupCheck.of(BackupFolder.of(settings), clock.instant()));
    }

    private URI address() {
        String scheme = settings.tlsCertificate().isPresent() ? "https" : "http";
        return URI.create("%s://%s:%d".formatted(scheme, listensOn(), settings.port()));
    }

    /** The address by which this machine reaches the service. */
    private String listensOn() {
        try {
            InetAddress host = InetAddress.getByName(settings.host());
            String text = host.isAnyLocalAddress() ? LOOPBACK : host.getHostAddress();
            return text.contains(":") ? "[" + text + "]" : text;
        } catch (UnknownHostException e) {
            return LOOPBACK;
        }
    }

    private Finding port(Found service) {
        if (service instanceof Found.Rollcall running) {
            return Finding.ok(
                    PORT,
                    "%d: Rollcall %s runs since %,d s, status %s"
                            .formatted(
                                    settings.port(),
                                    running.health().path("version").asText(),
                                    running.health().path("uptime_s").asLong(),
                                    running.health().path("status").asText()));
        }
        if (service instanceof Found.Other other) {
            return Finding.wrong(
                    PORT,
                    "%d: something else responds there (%s)".formatted(settings.port(), other.how()),
                    "stop it, or set PORT");
        }
        return Listening.problem(settings)
                .map(problem -> Finding.wrong(PORT, problem, "set HOST and PORT: docs/configuration.md"))
                .orElseGet(this::freePort);
    }

    private Finding freePort() {
        return ServiceAddress.ofRunningService(settings)
                .map(address -> Finding.note(
                        PORT,
                        "%d is free: the service of this data folder runs at %s".formatted(settings.port(), address),
                        "set PORT to the service's, so that it can be asked"))
                .orElseGet(() -> Finding.note(
                        PORT,
                        "%d is free: no service runs here".formatted(settings.port()),
                        "start it: 'systemctl start rollcall' or './rollcall serve'"));
    }

    private Finding models(List<String> problems) {
        if (!problems.isEmpty()) {
            return Finding.note("models", "not tried, because a setting is invalid", "correct the settings first");
        }
        List<String> errors = new ArrayList<>();
        List<String> models = new ArrayList<>();
        int exitCode = CommandEngine.with(
                Optional.empty(),
                engine -> {
                    models.add(engine.modelId() + ", loaded, computed by "
                            + engine.runtime().kind().name().toLowerCase(Locale.ROOT));
                    return 0;
                },
                errors::add);
        return exitCode == 0
                ? Finding.ok("models", String.join("", models))
                : Finding.wrong(
                        "models", String.join("; ", errors), "unpack the package again; MODEL_DIR: docs/models.md");
    }

    private Finding certificate(Optional<JsonNode> health) {
        Optional<JsonNode> served =
                health.map(report -> report.path("certificate")).filter(JsonNode::isObject);
        if (served.isPresent()) {
            return HealthCheck.certificate(served.get());
        }
        Optional<Instant> end = SecuritySettings.certificateEnd(settings);
        if (end.isPresent()) {
            return CertificateCheck.of(end.get(), clock.instant());
        }
        return Finding.ok(
                "certificate",
                settings.tls() == Settings.Tls.LOCAL
                        ? "TLS=local: the service makes and renews it"
                        : "none: the service itself has no HTTPS");
    }

    private Finding camera(boolean running) {
        boolean hasLocalTls = settings.tls() == Settings.Tls.LOCAL;
        URI page = (hasLocalTls ? URI.create("https://%s:%d".formatted(listensOn(), settings.tlsPort())) : address())
                .resolve("/kiosk");
        return AccessCheck.camera(
                reach(), page.toString(), running ? Optional.of(ServiceProbe.hasPage(page)) : Optional.empty());
    }

    private AccessCheck.Reach reach() {
        if (settings.tls() == Settings.Tls.LOCAL || settings.tlsCertificate().isPresent()) {
            return AccessCheck.Reach.HTTPS;
        }
        boolean hasProxy = !settings.trustedProxies().orElse(List.of()).isEmpty();
        if (hasProxy) {
            return AccessCheck.Reach.PROXY;
        }
        boolean isLocal = listensOn().equals(LOOPBACK) && !settings.host().equals("0.0.0.0");
        return isLocal ? AccessCheck.Reach.THIS_MACHINE : AccessCheck.Reach.PLAIN;
    }
}
