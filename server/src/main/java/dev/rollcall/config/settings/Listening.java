package dev.rollcall.config.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/** The check whether the service can listen on HOST and PORT, and with TLS=local on TLS_PORT, by temporary sockets. */
public final class Listening {

    private static final int ANY_PORT = 0;

    private Listening() {}

    /** What is wrong with HOST, for any port. */
    static Optional<String> wrongHost(Settings settings) {
        try {
            InetAddress address = InetAddress.getByName(settings.host());
            return listen(address, ANY_PORT).map(reason -> notLocal(settings.host(), reason));
        } catch (UnknownHostException e) {
            return Optional.of(notLocal(settings.host(), "there is no address for this name"));
        }
    }

    private static String notLocal(String host, String reason) {
        return "HOST must be an address of this machine but is \"%s\": %s".formatted(SettingForm.shown(host), reason);
    }

    /** The numeric address of a valid HOST. */
    static String address(Settings settings) {
        try {
            return InetAddress.getByName(settings.host()).getHostAddress();
        } catch (UnknownHostException e) {
            return settings.host();
        }
    }

    /** Why the service can't listen on a port, as a sentence; HOST must be valid. */
    public static Optional<String> problem(Settings settings) {
        Optional<String> problem = problem(settings, "PORT", settings.port());
        return problem.isPresent() || settings.tls() == Settings.Tls.OFF
                ? problem
                : problem(settings, "TLS_PORT", settings.tlsPort());
    }

    private static Optional<String> problem(Settings settings, String name, int port) {
        try {
            return listen(InetAddress.getByName(settings.host()), port).map(reason -> sentence(name, port, reason));
        } catch (UnknownHostException e) {
            return wrongHost(settings);
        }
    }

    /** Whether a problem is that another program listens on the port. */
    static boolean isTaken(String problem) {
        return problem.contains(" is in use");
    }

    private static String sentence(String name, int port, String reason) {
        return reason.toLowerCase(Locale.ROOT).contains("in use")
                ? "port %d is in use; stop what listens there or set %s".formatted(port, name)
                : "%s: port %d can't be listened on: %s".formatted(name, port, reason);
    }

    private static Optional<String> listen(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
