package dev.rollcall.config.settings;

import dev.rollcall.http.connection.ConnectionSetup;

/** The system properties that the HTTP server needs before it starts. */
public final class ServerSettings {

    /** With it, requests with a malformed address reach the filters, which respond with a problem. */
    private static final String DISABLE_URI_VALIDATION = "vertx.disableURIValidation";

    private ServerSettings() {}

    /** Sets the properties; the settings must have been checked before. */
    public static void apply() {
        System.setProperty(ConnectionSetup.SWITCH, ConnectionSetup.SWITCH_ON);
        System.setProperty(DISABLE_URI_VALIDATION, "true");
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
