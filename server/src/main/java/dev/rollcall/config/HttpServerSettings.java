package dev.rollcall.config;

import dev.rollcall.security.SlowHeads;

/** What the HTTP server must be told before it starts, beside the program's own settings. */
public final class HttpServerSettings {

    private HttpServerSettings() {}

    /** Sets the process up; the settings must have been checked before. */
    public static void apply() {
        System.setProperty(SlowHeads.SWITCH, SlowHeads.SWITCH_ON);
        SecuritySettings.tlsProperties(SettingsCheck.settings()).forEach(System::setProperty);
    }
}
