package dev.rollcall.config;

import dev.rollcall.store.embedded.EmbeddedPostgres;
import dev.rollcall.store.postgres.Database;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The database that the settings choose, opened; with its server, where that is the service's own. */
final class Backend implements AutoCloseable {

    private final @Nullable EmbeddedPostgres server;
    private final Database database;

    private Backend(@Nullable EmbeddedPostgres server, Database database) {
        this.server = server;
        this.database = database;
    }

    static Backend open(Settings settings) {
        Optional<String> url = settings.databaseUrl();
        if (url.isPresent()) {
            return new Backend(null, Database.open("postgres", DatabaseUrl.address(url.get())));
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

    Database database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
        if (server != null) {
            server.close();
        }
    }
}
