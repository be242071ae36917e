package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.config.settings.DatabaseUrl;
import dev.rollcall.outcome.StoreHealth;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import dev.rollcall.store.postgres.Database;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that somebody else hosts, reached by a connection string. */
class ConnectionStringTest {

    private static final String PASSWORD = "p@ss:/?#[]%&+ wörd'\"\\$";

    @TempDir
    static Path folder;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void smallestPool_isEnoughForTheMigrationsAndForCalls() throws SQLException {
        try (Database database = Database.open("postgres", server.newEmptyDatabase(), 2)) {
            assertThat(database.schemaVersion()).isEqualTo(Schema.VERSION);
            assertThat(database.problem()).isEmpty();
        }
    }

    @Test
    void databaseThatBecomesReadOnly_refusesMarksAndReportsItUntilItIsNot() throws SQLException {
        Database.Address address = server.newProject(true);
        try (Database database = TestServer.open(address)) {
            assertThat(mark(database)).isInstanceOf(Marking.Decided.class);

            server.setReadOnly(address, true);

            awaitProblem(database, StoreHealth.Problem.DISK_FULL);
            assertThatThrownBy(() -> mark(database))
                    .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                            .isTrue());
            assertThat(new FunctionPeopleStore(database, TemplateSeal.none()).find(new UserId("ann"), Samples.MODEL))
                    .as("reading goes on")
                    .isPresent();

            server.setReadOnly(address, false);

            awaitMark(database);
            assertThat(database.problem()).isEmpty();
        }
    }

    /** The host may end the read-only mode without ending the sessions that began in it. */
    @Test
    void sessionsOfTheReadOnlyTime_areReplaced() throws SQLException {
        Database.Address address = server.newProject(true);
        server.setNewSessionsReadOnly(address, true);
        try (Database database = TestServer.open(address)) {
            assertThat(database.problem()).contains(StoreHealth.Problem.DISK_FULL);
            server.setNewSessionsReadOnly(address, false);

            awaitMark(database);
            assertThat(database.problem()).isEmpty();
        }
    }

    @Test
    void urlWithTlsAndAPasswordOfSpecialCharacters_opensTheDatabaseOfThatAuthorityOnly() throws Exception {
        TestAuthority authority = TestAuthority.make(Files.createDirectory(folder.resolve("authority")));
        TestAuthority other = TestAuthority.make(Files.createDirectory(folder.resolve("other")));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(folder.resolve("data"))) {
            EmbeddedPostgres.Access access = postgres.access();
            Database.Address superuser = new Database.Address(access.jdbcUrl(), access.user(), access.password());
            requireTls(superuser, authority);
            TestServer.execute(superuser, "create role hosted login password '" + PASSWORD.replace("'", "''") + "'");
            TestServer.execute(superuser, "create database hosted owner hosted");
            int port = URI.create(access.jdbcUrl().substring("jdbc:".length())).getPort();

            try (Database database = opened(url("localhost", port, authority.certificate()))) {
                assertThat(TestServer.ask(
                                superuser,
                                "select bool_and(ssl) from pg_stat_ssl join pg_stat_activity"
                                        + " using (pid) where usename = 'hosted'"))
                        .isEqualTo("t");
                assertThat(database.problem()).isEmpty();
            }
            assertThatThrownBy(() -> opened(url("localhost", port, other.certificate())))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("does not chain with any of the trust anchors");
            assertThatThrownBy(() -> opened(url("127.0.0.1", port, authority.certificate())))
                    .as("the certificate is for localhost")
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("127.0.0.1");
        }
    }

    private static void requireTls(Database.Address superuser, TestAuthority authority) throws Exception {
        Path data = folder.resolve("data/postgres/data");
        for (Path file : new Path[] {authority.serverCertificate(), authority.serverKey()}) {
            Path copy = Files.copy(file, data.resolve(file.getFileName()));
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
            Files.setOwner(copy, Files.getOwner(data.resolve("PG_VERSION")));
        }
        TestServer.execute(
                superuser,
                "alter system set ssl_cert_file = '"
                        + authority.serverCertificate().getFileName() + "'");
        TestServer.execute(
                superuser,
                "alter system set ssl_key_file = '" + authority.serverKey().getFileName() + "'");
        TestServer.execute(superuser, "alter system set ssl = on");
        TestServer.execute(superuser, "select pg_reload_conf()");
        for (int i = 0; i < 100 && !TestServer.ask(superuser, "show ssl").equals("on"); i++) {
            Thread.sleep(50);
        }
    }

    private static Database opened(String url) {
        return Database.open("postgres", DatabaseUrl.address(url), 2);
    }

    private static String url(String host, int port, Path rootCertificate) {
        return "postgresql://hosted:"
                + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8).replace("+", "%20") + "@" + host + ":" + port
                + "/hosted?sslmode=verify-full&sslrootcert=" + rootCertificate;
    }

    private static Marking mark(DatabaseFunctions functions) {
        return new FunctionAttendanceStore(functions)
                .mark(Samples.request(new UserId("ann"), Samples.MORNING), Samples.TWO_A_DAY);
    }

    private static void awaitProblem(StoreHealth health, StoreHealth.Problem problem) {
        for (int i = 0; i < 20 && !health.problem().equals(Optional.of(problem)); i++) {
            // The first answers come from connections that were ended.
        }
        assertThat(health.problem()).contains(problem);
    }

    private static void awaitMark(DatabaseFunctions functions) {
        for (int i = 0; i < 20; i++) {
            try {
                assertThat(mark(functions)).isInstanceOf(Marking.Decided.class);
                return;
            } catch (StoreUnavailableException e) {
                // A session that was ended, or one of the read-only time, which is replaced.
            }
        }
        throw new AssertionError("no mark is possible");
    }
}
