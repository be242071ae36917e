package dev.rollcall.config;

import dev.rollcall.config.settings.DatabaseUrl;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.config.settings.SupabaseUrl;
import dev.rollcall.doctor.Finding;
import dev.rollcall.outcome.StoreSetupException;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import dev.rollcall.store.postgres.Database;
import dev.rollcall.store.supabase.SupabaseProject;

/** The check of the database without a service: whether it is there, without starting or changing it. */
final class DatabaseCheck {

    private static final String SUBJECT = "database";

    private DatabaseCheck() {}

    static Finding of(Settings settings) {
        if (settings.databaseUrl().isPresent()) {
            return postgres(settings.databaseUrl().get());
        }
        return settings.supabaseUrl().isPresent()
                ? supabase(settings.supabaseUrl().get(), settings.supabaseKey().orElse(""))
                : embedded(settings);
    }

    private static Finding embedded(Settings settings) {
        return EmbeddedPostgres.hasDatabase(settings.dataDir())
                ? Finding.ok(SUBJECT, "embedded, in " + settings.dataDir() + "; the service starts it")
                : Finding.ok(SUBJECT, "embedded; the first start makes it in " + settings.dataDir());
    }

    private static Finding postgres(String url) {
        try {
            return Database.connectionProblem(DatabaseUrl.address(url))
                    .map(reason -> Finding.wrong(
                            SUBJECT, "DATABASE_URL: " + reason, "docs/troubleshooting.md names the causes"))
                    .orElseGet(() -> Finding.ok(SUBJECT, "DATABASE_URL: a connection can be opened"));
        } catch (IllegalArgumentException e) {
            return Finding.wrong(SUBJECT, "not tried, because DATABASE_URL is invalid", "correct it: docs/storage.md");
        }
    }

    private static Finding supabase(String url, String key) {
        try (SupabaseProject project = SupabaseProject.open(new SupabaseProject.Address(SupabaseUrl.parse(url), key))) {
            return Finding.ok(SUBJECT, "Supabase responds, schema " + project.schemaVersion());
        } catch (StoreSetupException | StoreUnavailableException e) {
            return Finding.wrong(SUBJECT, String.valueOf(e.getMessage()), "docs/storage.md describes the set-up");
        } catch (IllegalArgumentException e) {
            return Finding.wrong(SUBJECT, "not tried, because SUPABASE_URL is invalid", "correct it: docs/storage.md");
        }
    }
}
