package dev.rollcall.config.settings;

import dev.rollcall.http.connection.ConnectionSetup;

/** What the server that carries the service must be told before it starts, for what the settings say. */
public final class ServerSettings {

    /** Quarkus then hands requests with a malformed address on, to be answered like all others. */
    private static final String NO_BARE_ANSWERS_TO_BAD_ADDRESSES = "vertx.disableURIValidation";

    private ServerSettings() {}

    /** Sets the process up; the settings must have been checked before. */
    public static void apply() {
        System.setProperty(ConnectionSetup.SWITCH, ConnectionSetup.SWITCH_ON);
        System.setProperty(NO_BARE_ANSWERS_TO_BAD_ADDRESSES, "true");
        Settings settings = SettingsCheck.settings();
        SecuritySettings.tlsProperties(settings).forEach(System::setProperty);
        System.setProperty("quarkus.http.host", Listening.address(settings));
        System.setProperty("quarkus.http.port", Integer.toString(settings.port()));
        System.setProperty("quarkus.http.ssl-port", Integer.toString(settings.port()));
        System.setProperty("quarkus.log.level", settings.logLevel().name());
        if (settings.logFormat() == Settings.LogFormat.JSON) {
            System.setProperty("quarkus.log.console.json.enabled", "true");
        }
    }
}
