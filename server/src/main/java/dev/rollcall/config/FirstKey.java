package dev.rollcall.config;

import dev.rollcall.config.process.StopSignals;
import dev.rollcall.keys.ApiKeys;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;

/**
 * The main task of the service: creates and prints the first API key once the service listens, so that a start that fails
 * creates none, and then waits until a signal stops the service.
 */
public final class FirstKey implements QuarkusApplication {

    private final ApiKeys keys;

    @Inject
    FirstKey(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public int run(String... arguments) {
        if (!StopSignals.exitIfReceived()) {
            keys.createFirst()
                    .ifPresent(created -> print(created.secret(), created.key().id()));
        }
        Quarkus.waitForExit();
        return 0;
    }

    @SuppressWarnings("SystemOut")
    private static void print(String key, String id) {
        System.out.printf("""

                No API_KEY is set, so this key was created. It is shown only now; the database (table api_keys) stores
                its hash alone. Send it as X-API-Key. "rollcall keys create" creates further keys, and
                "rollcall keys revoke %s" revokes this one.

                    %s

                """, id, key);
    }
}
