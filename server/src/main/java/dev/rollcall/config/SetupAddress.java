package dev.rollcall.config;

import dev.rollcall.config.settings.Settings;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.SetupLinks;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/** The address of a link of the set-up. The token is behind the #, which browsers send to nobody. */
final class SetupAddress {

    private SetupAddress() {}

    /** The address of a further link; empty if there is no valid key of scope admin. */
    static Optional<String> created(SetupLinks links, Settings settings) {
        return links.create(Caller.COMMAND_LINE).map(token -> of(token, settings, settings.port()));
    }

    /** The address of a token on this machine, for the service that runs here. */
    static String ofRunningService(String token, Settings settings) {
        return of(token, settings, settings.port() == 0 ? chosenPort(settings) : settings.port());
    }

    static String of(String token, Settings settings, int port) {
        return "%s://%s:%d/admin#/setup/%s"
                .formatted(hasTls(settings) ? "https" : "http", host(settings.host()), port, token);
    }

    /** The port that the system chose, which Quarkus writes into its own setting. */
    private static int chosenPort(Settings settings) {
        return ConfigProvider.getConfig()
                .getValue(hasTls(settings) ? "quarkus.http.ssl-port" : "quarkus.http.port", Integer.class);
    }

    private static boolean hasTls(Settings settings) {
        return settings.tlsCertificate().isPresent();
    }

    /** A name for HOST that a browser on this machine can open; cameras work on localhost without TLS. */
    private static String host(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            boolean isThisMachine = address.isAnyLocalAddress() || address.isLoopbackAddress();
            return isThisMachine ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
        } catch (UnknownHostException e) {
            return host;
        }
    }
}
