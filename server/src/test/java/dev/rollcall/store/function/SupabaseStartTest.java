package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.files.LoopbackPort;
import dev.rollcall.outcome.StoreSetupException;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.store.postgres.Database;
import dev.rollcall.store.supabase.SupabaseProject;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which Supabase projects and keys a start accepts, and what it says about the others. */
class SupabaseStartTest {

    private static TestServer server;
    private static PostgrestServer rest;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
        Database.Address database = server.newScriptedDatabase();
        rest = new PostgrestServer(database);
    }

    @AfterAll
    static void stop() {
        rest.close();
        server.close();
    }

    @Test
    void anonKey_isRefusedAtTheStartWithAdvice() {
        assertThatThrownBy(() -> open(PostgrestServer.ANON_KEY))
                .isInstanceOf(StoreSetupException.class)
                .hasMessageContaining("SUPABASE_KEY")
                .hasMessageContaining("service_role");
    }

    @Test
    void unknownKey_isRefusedAtTheStartWithoutBeingRepeated() {
        assertThatThrownBy(() -> open("sb_secret_wrong"))
                .isInstanceOf(StoreSetupException.class)
                .hasMessageContaining("Invalid API key")
                .hasMessageNotContaining("sb_secret_wrong");
    }

    @Test
    void projectWithoutSchema_isRefusedWithTheWayToGetIt() throws Exception {
        try (PostgrestServer empty = new PostgrestServer(server.newSupabaseDatabase())) {
            assertThatThrownBy(() ->
                            SupabaseProject.open(new SupabaseProject.Address(empty.url(), PostgrestServer.SERVICE_KEY)))
                    .isInstanceOf(StoreSetupException.class)
                    .hasMessageContaining("supabase_schema.sql");
        }
    }

    @Test
    void olderAndNewerSchemas_areRefused() throws Exception {
        for (int version : new int[] {Schema.VERSION - 1, Schema.VERSION + 1}) {
            Database.Address database = server.newScriptedDatabase();
            TestServer.execute(database, "update rollcall_schema set version = " + version);
            try (PostgrestServer other = new PostgrestServer(database)) {
                assertThatThrownBy(() -> SupabaseProject.open(
                                new SupabaseProject.Address(other.url(), PostgrestServer.SERVICE_KEY)))
                        .isInstanceOf(StoreSetupException.class)
                        .hasMessageContaining("version " + version);
            }
        }
    }

    @Test
    void olderFunctions_areRefusedAndNewerOnesAreNot() throws Exception {
        Database.Address database = server.newScriptedDatabase();
        try (PostgrestServer other = new PostgrestServer(database)) {
            SupabaseProject.Address address = new SupabaseProject.Address(other.url(), PostgrestServer.SERVICE_KEY);
            for (String change : new String[] {"revision = revision - 1", "checksum = 'other'"}) {
                TestServer.execute(database, Schema.script());
                TestServer.execute(database, "update rollcall_schema set " + change);
                assertThatThrownBy(() -> SupabaseProject.open(address))
                        .isInstanceOf(StoreSetupException.class)
                        .hasMessageContaining("functions")
                        .hasMessageContaining("supabase_schema.sql");
            }
            TestServer.execute(database, "update rollcall_schema set revision = 99, checksum = 'newer'");
            assertThat(SupabaseProject.open(address).schemaVersion()).isEqualTo(Schema.VERSION);
        }
    }

    @Test
    void olderServiceRoleKey_isSentAsABearerTokenToo() {
        assertThat(open(PostgrestServer.LEGACY_SERVICE_KEY).schemaVersion()).isEqualTo(Schema.VERSION);
    }

    @Test
    void schemaPublic_isAskedForWhateverIsExposedFirst() {
        try {
            rest.expose("api", "public");
            assertThat(open(PostgrestServer.SERVICE_KEY).schemaVersion()).isEqualTo(Schema.VERSION);

            rest.expose("api", "graphql_public");
            assertThatThrownBy(() -> open(PostgrestServer.SERVICE_KEY))
                    .isInstanceOf(StoreSetupException.class)
                    .hasMessageContaining("public")
                    .hasMessageContaining("Data API");
        } finally {
            rest.expose("public");
        }
    }

    @Test
    void projectThatIsNotThere_isUnavailable() throws Exception {
        int port = LoopbackPort.free();
        URI nowhere = URI.create("http://127.0.0.1:" + port);

        assertThatThrownBy(() -> SupabaseProject.open(new SupabaseProject.Address(nowhere, "key")))
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                        .isTrue());
    }

    private static SupabaseProject open(String key) {
        return SupabaseProject.open(new SupabaseProject.Address(rest.url(), key));
    }
}
