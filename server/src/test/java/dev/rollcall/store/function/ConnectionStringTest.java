package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.config.settings.DatabaseUrl;
import dev.rollcall.outcome.StoreHealth;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import dev.rollcall.store.embedded.PreparedServer;
import dev.rollcall.store.postgres.Database;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    void pool_opensSoManyConnectionsAndNoMore() throws Exception {
        Database.Address address = server.newProject(true);
        TestServer.execute(
                address,
                "create function sessions() returns jsonb language sql as $$select to_jsonb(count(*)) from pg_sleep(0.05)"
                        + " cross join pg_stat_activity where datname = current_database()"
                        + " and application_name = 'rollcall'$$");
        try (Database database = Database.open("postgres", address, 3)) {
            ExecutorService clients = Executors.newFixedThreadPool(12);
            try {
                Callable<Integer> call =
                        () -> database.call(FunctionCall.reads("sessions")).asInt();
                int most = 0;
                for (Future<Integer> seen : clients.invokeAll(Collections.nCopies(36, call))) {
                    most = Math.max(most, seen.get());
                }
                assertThat(most).isEqualTo(3);
            } finally {
                clients.shutdownNow();
            }
        }
    }

    @Test
    void replica_isReportedAsOne() throws SQLException {
        Database.Address address = server.newProject(true);
        TestServer.execute(
                address, "create function pg_is_in_recovery() returns boolean language sql stable as 'select true'");
        server.searchPublicFirst(address);
        try (Database database = TestServer.open(address)) {
            assertThat(database.problem()).contains(StoreHealth.Problem.STANDBY);
        }
    }

    @Test
    void readOnlyDatabase_keepsItsConnectionsForReading() throws SQLException {
        Database.Address address = server.newProject(true);
        server.setNewSessionsReadOnly(address, true);
        TestServer.execute(
                TestServer.writable(address),
                "create function session() returns jsonb language sql stable as 'select to_jsonb(pg_backend_pid())'");
        try (Database database = TestServer.open(address)) {
            Set<Integer> sessions = new HashSet<>();
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> mark(database)).isInstanceOf(StoreUnavailableException.class);
                assertThat(database.problem()).contains(StoreHealth.Problem.DISK_FULL);
                sessions.add(database.call(FunctionCall.reads("session")).asInt());
            }
            assertThat(sessions).hasSizeLessThanOrEqualTo(8);
        }
    }

    @Test
    void databaseThatBecomesReadOnly_refusesMarksAndReportsItUntilItIsNot() throws Exception {
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
    void sessionsOfTheReadOnlyTime_areReplaced() throws Exception {
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
        Path other = TestAuthority.certificateOnly(Files.createDirectory(folder.resolve("other")));
        try (EmbeddedPostgres postgres = PreparedServer.start(folder.resolve("data"))) {
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
            assertThatThrownBy(() -> opened(url("localhost", port, other)))
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

    private static void awaitMark(DatabaseFunctions functions) throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            try {
                assertThat(mark(functions)).isInstanceOf(Marking.Decided.class);
                return;
            } catch (StoreUnavailableException e) {
                // A session that was ended, or one of the read-only time, which is replaced.
                Thread.sleep(100);
            }
        }
        throw new AssertionError("no mark is possible");
    }
}
