package dev.rollcall.config;

import dev.rollcall.config.process.StopSignals;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.config.settings.SettingsCheck;
import dev.rollcall.keys.ApiKeys;
import dev.rollcall.keys.SetupLinks;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;

/**
 * The main task of the service: creates and prints the first API key, and the first link of the set-up, once the service listens, so
 * that a start that fails creates none; and then waits until a signal stops the service.
 */
public final class FirstKey implements QuarkusApplication {

    private final ApiKeys keys;
    private final SetupLinks links;
    private final Settings settings;

    @Inject
    FirstKey(ApiKeys keys, SetupLinks links, Settings settings) {
        this.keys = keys;
        this.links = links;
        this.settings = settings;
    }

    @Override
    public int run(String... arguments) {
        if (!StopSignals.exitIfReceived()) {
            String address = SetupAddress.ofThisService(settings);
            ServiceAddress.record(address, settings);
            keys.createFirst()
                    .ifPresent(created -> print(created.secret(), created.key().id()));
            links.createFirst().ifPresent(token -> printLink(SetupAddress.of(token, address)));
        }
        Quarkus.waitForExit();
        return 0;
    }

    @SuppressWarnings("SystemOut")
    private static void printLink(String address) {
        System.out.printf("""

                Open this link in a browser on this machine to set the service up. It works once, and for 30 minutes;
                "rollcall setup-link%s" prints another one.

                    %s

                """, SettingsCheck.dataFolderOption(), address);
    }

    @SuppressWarnings("SystemOut")
    private static void print(String key, String id) {
        System.out.printf("""

                No API_KEY is set, so this key was created. It is shown only now; the database (table api_keys) stores
                its hash alone. Send it as X-API-Key. "rollcall keys create%s" creates further keys, and
                "rollcall keys revoke %s%s" revokes this one.

                    %s

                """, SettingsCheck.dataFolderOption(), id, SettingsCheck.dataFolderOption(), key);
    }
}
