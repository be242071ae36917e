package dev.rollcall.config;

import dev.rollcall.config.settings.Settings;
import org.eclipse.microprofile.config.ConfigProvider;

/** The ports that the running service listens on. Quarkus writes those that the system chose into its own settings. */
final class Ports {

    private Ports() {}

    /** The port of HTTP, or of HTTPS where there is nothing else. */
    static int plain(Settings settings) {
        return settings.port() > 0
                ? settings.port()
                : chosen(settings.tlsCertificate().isPresent() ? "quarkus.http.ssl-port" : "quarkus.http.port");
    }

    /** The port of HTTPS with TLS=local. */
    static int https(Settings settings) {
        return settings.tlsPort() > 0 ? settings.tlsPort() : chosen("quarkus.http.ssl-port");
    }

    private static int chosen(String name) {
        return ConfigProvider.getConfig().getValue(name, Integer.class);
    }
}
