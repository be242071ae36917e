package dev.rollcall.config;

import dev.rollcall.security.ConnectionSetup;

/** What the server that carries the service must be told before it starts, for what the settings say. */
public final class ServerSettings {

    private ServerSettings() {}

    /** Sets the process up; the settings must have been checked before. */
    public static void apply() {
        System.setProperty(ConnectionSetup.SWITCH, ConnectionSetup.SWITCH_ON);
        Settings settings = SettingsCheck.settings();
        SecuritySettings.tlsProperties(settings).forEach(System::setProperty);
        if (settings.logFormat() == Settings.LogFormat.JSON) {
            System.setProperty("quarkus.log.console.json.enabled", "true");
        }
    }
}
