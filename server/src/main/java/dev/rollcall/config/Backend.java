package dev.rollcall.config;

import dev.rollcall.config.settings.DatabaseUrl;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.config.settings.SupabaseUrl;
import dev.rollcall.outcome.StoreHealth;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import dev.rollcall.store.function.DatabaseFunctions;
import dev.rollcall.store.postgres.Database;
import dev.rollcall.store.supabase.SupabaseProject;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The open database that the settings choose, and its server if that is the embedded one. */
public final class Backend implements StoreHealth, AutoCloseable {

    private static final String EMBEDDED = "embedded";
    private static final int EMBEDDED_CONNECTIONS = 8;

    private final @Nullable EmbeddedPostgres server;
    private final DatabaseFunctions functions;

    private Backend(@Nullable EmbeddedPostgres server, DatabaseFunctions functions) {
        this.server = server;
        this.functions = functions;
    }

    /**
     * Opens the database for a command: if a running service has started the embedded server, connects to that, otherwise
     * like {@link #open}.
     *
     * @throws StoreUnavailableException if the database can't be reached
     */
    static Backend openForCommand(Settings settings) {
        if (settings.databaseUrl().isEmpty() && settings.supabaseUrl().isEmpty()) {
            Optional<EmbeddedPostgres.Access> running = EmbeddedPostgres.running(settings.dataDir());
            if (running.isPresent()) {
                return new Backend(null, embedded(running.get()));
            }
        }
        return open(settings);
    }

    static Backend open(Settings settings) {
        Optional<String> url = settings.databaseUrl();
        if (url.isPresent()) {
            Database.Address address = DatabaseUrl.address(url.get());
            return new Backend(null, Database.open("postgres", address, settings.databasePoolSize()));
        }
        if (settings.supabaseUrl().isPresent()) {
            String key = settings.supabaseKey().orElseThrow();
            URI project = SupabaseUrl.parse(settings.supabaseUrl().get());
            return new Backend(null, SupabaseProject.open(new SupabaseProject.Address(project, key)));
        }
        EmbeddedPostgres server = EmbeddedPostgres.start(settings.dataDir());
        try {
            return new Backend(server, embedded(server.access()));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static Database embedded(EmbeddedPostgres.Access access) {
        Database.Address address = new Database.Address(access.jdbcUrl(), access.user(), access.password());
        return Database.open(EMBEDDED, address, EMBEDDED_CONNECTIONS);
    }

    DatabaseFunctions functions() {
        return functions;
    }

    @Override
    public String kind() {
        return functions.kind();
    }

    @Override
    public int schemaVersion() {
        return functions.schemaVersion();
    }

    @Override
    public Optional<Problem> problem() {
        boolean full = server != null && !server.hasDiskSpace();
        return full ? Optional.of(Problem.DISK_FULL) : functions.problem();
    }

    @Override
    public void close() {
        functions.close();
        if (server != null) {
            server.close();
        }
    }
}
