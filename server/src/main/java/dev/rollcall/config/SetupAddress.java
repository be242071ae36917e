package dev.rollcall.config;

import dev.rollcall.config.settings.Settings;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.SetupLinks;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The address of a link of the set-up. The token is behind the #, which browsers send to nobody. */
final class SetupAddress {

    private static final String LOCALHOST = "localhost";

    private SetupAddress() {}

    /** The address of a further link; empty if there is no valid key of scope admin. */
    static Optional<String> created(SetupLinks links, Settings settings) {
        int port = needsLocalTls(settings) ? settings.tlsPort() : settings.port();
        String service = ServiceAddress.ofRunningService(settings).orElseGet(() -> address(settings, port));
        return links.create(Caller.COMMAND_LINE).map(token -> of(token, service));
    }

    /** The address of a token, for a service. */
    static String of(String token, String service) {
        return service + "/admin#/setup/" + token;
    }

    /** The address of the service of this process for a browser on this machine. */
    static String ofThisService(Settings settings) {
        return address(settings, needsLocalTls(settings) ? Ports.https(settings) : Ports.plain(settings));
    }

    private static String address(Settings settings, int port) {
        boolean isSecure = settings.tlsCertificate().isPresent() || needsLocalTls(settings);
        return "%s://%s:%d".formatted(isSecure ? "https" : "http", host(settings.host()), port);
    }

    /**
     * Whether a browser on this machine has to use the certificate of TLS=local, which it may not trust yet: the service then listens on
     * no address from which it serves the pages over HTTP.
     */
    private static boolean needsLocalTls(Settings settings) {
        return settings.tls() == Settings.Tls.LOCAL && !host(settings.host()).equals(LOCALHOST);
    }

    /** A name for HOST that a browser on this machine can open; cameras work on localhost without TLS. */
    private static String host(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            boolean isThisMachine = address.isAnyLocalAddress() || address.isLoopbackAddress();
            return isThisMachine ? LOCALHOST : host.contains(":") ? "[" + host + "]" : host;
        } catch (UnknownHostException e) {
            return host;
        }
    }
}
