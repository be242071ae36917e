package dev.rollcall.config.settings;

import dev.rollcall.http.connection.ConnectionSetup;

/** The system properties that the HTTP server needs before it starts. */
public final class ServerSettings {

    /** With it, requests with a malformed address reach the filters, which respond with a problem. */
    private static final String DISABLE_URI_VALIDATION = "vertx.disableURIValidation";

    /** A client that renegotiates makes the service compute a handshake for each of a few bytes; browsers never do. */
    private static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    /**
     * Most TLS sessions that are kept for clients that can't keep them themselves, of which the JDK keeps 20,480 for a day by default. A
     * client whose session is gone makes a new handshake.
     */
    private static final String KEPT_SESSIONS = "javax.net.ssl.sessionCacheSize";

    private static final int MOST_KEPT_SESSIONS = 200;

    private ServerSettings() {}

    /** Sets the properties; the settings must have been checked before. */
    public static void apply() {
        System.setProperty(ConnectionSetup.SWITCH, ConnectionSetup.SWITCH_ON);
        System.setProperty(DISABLE_URI_VALIDATION, "true");
        System.setProperty(NO_RENEGOTIATION, "true");
        System.setProperty(KEPT_SESSIONS, Integer.toString(MOST_KEPT_SESSIONS));
        Settings settings = SettingsCheck.settings();
        SecuritySettings.tlsProperties(settings).forEach(System::setProperty);
        System.setProperty("quarkus.http.host", Listening.address(settings));
        System.setProperty("quarkus.http.port", Integer.toString(settings.port()));
        System.setProperty("quarkus.log.level", settings.logLevel().name());
        if (settings.logFormat() == Settings.LogFormat.JSON) {
            System.setProperty("quarkus.log.console.json.enabled", "true");
        }
    }
}
