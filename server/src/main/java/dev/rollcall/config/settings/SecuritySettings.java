package dev.rollcall.config.settings;

import dev.rollcall.certificates.MachineNames;
import dev.rollcall.http.access.Origins;
import dev.rollcall.http.access.TrustedProxies;
import dev.rollcall.store.function.SecretSeal;
import dev.rollcall.store.function.TemplateKey;
import dev.rollcall.store.function.TemplateSeal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of access and encryption as values, and their checks. */
public final class SecuritySettings {

    /** The name of the HTTP server's configuration for TLS=local. */
    public static final String LOCAL_TLS = "local";

    /** Those of TLS 1.3, and those of 1.2 with forward secrecy and authenticated encryption for a key on an elliptic curve (RFC 9325, 4.2). */
    private static final List<String> SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256");

    private SecuritySettings() {}

    public static TrustedProxies trustedProxies(Settings settings) {
        return TrustedProxies.parse(settings.trustedProxies().orElse(List.of()));
    }

    public static Origins origins(Settings settings) {
        return new Origins(settings.corsOrigins().orElse(List.of()).stream()
                .map(String::strip)
                .toList());
    }

    public static TemplateSeal seal(Settings settings) {
        return new TemplateSeal(
                settings.templateKey().flatMap(TemplateKey::parse),
                settings.oldTemplateKey().flatMap(TemplateKey::parse));
    }

    public static SecretSeal secretSeal(Settings settings) {
        return new SecretSeal(
                settings.templateKey().flatMap(TemplateKey::parse),
                settings.oldTemplateKey().flatMap(TemplateKey::parse));
    }

    /** When the certificate of TLS_CERTIFICATE ends; empty without the setting, or if the file can't be read. */
    public static Optional<Instant> certificateEnd(Settings settings) {
        return settings.tlsCertificate().flatMap(TlsFiles::end);
    }

    /** The HTTP server's properties for the TLS settings. */
    static Map<String, String> tlsProperties(Settings settings) {
        if (settings.tls() == Settings.Tls.LOCAL) {
            return Map.of(
                    "quarkus.http.tls-configuration-name",
                    LOCAL_TLS,
                    "quarkus.tls." + LOCAL_TLS + ".protocols",
                    "TLSv1.3,TLSv1.2",
                    "quarkus.tls." + LOCAL_TLS + ".cipher-suites",
                    String.join(",", SUITES),
                    "quarkus.http.ssl-port",
                    Integer.toString(settings.tlsPort()));
        }
        if (settings.tlsCertificate().isEmpty() || settings.tlsKey().isEmpty()) {
            return Map.of();
        }
        return Map.of(
                "quarkus.http.ssl.certificate.files",
                listItem(settings.tlsCertificate().get()),
                "quarkus.http.ssl.certificate.key-files",
                listItem(settings.tlsKey().get()),
                "quarkus.http.ssl.certificate.reload-period",
                "1H",
                "quarkus.http.insecure-requests",
                "disabled",
                "quarkus.http.ssl-port",
                Integer.toString(settings.port()));
    }

    /** A path as the only item of a property that is a list. */
    private static String listItem(Path file) {
        return escaped(file).replace(",", "\\,");
    }

    private static String escaped(Path file) {
        return file.toString().replace("\\", "\\\\").replace("${", "\\${");
    }

    static List<String> problems(Settings settings) {
        List<String> problems = new ArrayList<>();
        rejected("TRUSTED_PROXIES", () -> trustedProxies(settings)).ifPresent(problems::add);
        rejected("CORS_ORIGINS", () -> origins(settings)).ifPresent(problems::add);
        key(problems, "TEMPLATE_KEY", settings.templateKey());
        key(problems, "OLD_TEMPLATE_KEY", settings.oldTemplateKey());
        if (settings.tlsCertificate().isPresent() != settings.tlsKey().isPresent()) {
            problems.add("TLS_CERTIFICATE and TLS_KEY belong together: set both, or neither");
        }
        if (settings.tls() == Settings.Tls.LOCAL) {
            localTls(problems, settings);
        }
        settings.tlsCertificate()
                .flatMap(certificate -> settings.tlsKey().flatMap(key -> TlsFiles.problem(certificate, key)))
                .ifPresent(problems::add);
        return problems;
    }

    private static void localTls(List<String> problems, Settings settings) {
        if (settings.tlsCertificate().isPresent() || settings.tlsKey().isPresent()) {
            problems.add("TLS=local makes its own certificate: leave TLS_CERTIFICATE and TLS_KEY out, or TLS");
        }
        if (settings.tlsPort() == settings.port() && settings.port() != 0) {
            problems.add("TLS_PORT must be another port than PORT, which is " + settings.port() + " too");
        }
        settings.tlsNames().orElse(List.of()).stream()
                .flatMap(name -> MachineNames.problem(name).stream())
                .map(problem -> "TLS_NAMES: " + problem)
                .forEach(problems::add);
    }

    private static Optional<String> rejected(String name, Runnable reading) {
        try {
            reading.run();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(name + ": " + e.getMessage());
        }
    }

    private static void key(List<String> problems, String name, Optional<String> key) {
        if (key.isPresent() && key.flatMap(TemplateKey::parse).isEmpty()) {
            problems.add(name + " must be 32 bytes in base64, as \"openssl rand -base64 32\" prints them");
        }
    }
}
