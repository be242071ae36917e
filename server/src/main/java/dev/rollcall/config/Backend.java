package dev.rollcall.config;

import dev.rollcall.store.embedded.EmbeddedPostgres;
import dev.rollcall.store.function.DatabaseFunctions;
import dev.rollcall.store.postgres.Database;
import dev.rollcall.store.supabase.SupabaseProject;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database that the settings choose, opened; with its server, where that is the service's own. */
final class Backend implements AutoCloseable {

    private final @Nullable EmbeddedPostgres server;
    private final DatabaseFunctions functions;

    private Backend(@Nullable EmbeddedPostgres server, DatabaseFunctions functions) {
        this.server = server;
        this.functions = functions;
    }

    static Backend open(Settings settings) {
        Optional<String> url = settings.databaseUrl();
        if (url.isPresent()) {
            return new Backend(null, Database.open("postgres", DatabaseUrl.address(url.get())));
        }
        if (settings.supabaseUrl().isPresent()) {
            String key = settings.supabaseKey().orElseThrow();
            URI project = SupabaseUrl.parse(settings.supabaseUrl().get());
            return new Backend(null, SupabaseProject.open(new SupabaseProject.Address(project, key)));
        }
        EmbeddedPostgres server = EmbeddedPostgres.start(settings.dataDir());
        try {
            Database.Address address = new Database.Address(server.jdbcUrl(), server.user(), server.password());
            return new Backend(server, Database.open("embedded", address));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    DatabaseFunctions functions() {
        return functions;
    }

    @Override
    public void close() {
        functions.close();
        if (server != null) {
            server.close();
        }
    }
}
