package dev.rollcall.config;

import dev.rollcall.config.process.StopSignals;
import dev.rollcall.keys.ApiKeys;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;

/**
 * Makes and prints the first API key once the service listens, so that a start that fails before uses up none; then waits
 * until the service is to stop, which a signal says.
 */
public final class FirstKey implements QuarkusApplication {

    private final ApiKeys keys;

    @Inject
    FirstKey(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public int run(String... arguments) {
        StopSignals.handle();
        keys.createFirst().ifPresent(made -> print(made.secret(), made.key().id()));
        Quarkus.waitForExit();
        return 0;
    }

    @SuppressWarnings("SystemOut")
    private static void print(String key, String id) {
        System.out.printf("""

                No API_KEY is set, so this one was made. It is shown only now; the database (table api_keys) keeps
                its hash alone. Send it as X-API-Key. "rollcall keys create" makes further ones, and
                "rollcall keys revoke %s" ends this one.

                    %s

                """, id, key);
    }
}
