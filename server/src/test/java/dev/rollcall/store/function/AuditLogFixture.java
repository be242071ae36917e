package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;

import dev.rollcall.audit.AuditChains.Chain;
import dev.rollcall.audit.AuditLog.Event;
import dev.rollcall.audit.AuditVerification;
import dev.rollcall.people.UserId;
import dev.rollcall.store.postgres.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A database of its own for each test, with an audit log of ten days. */
abstract class AuditLogFixture {

    static final int ENTRIES = 10;

    static TestServer server;

    Database.Address address;
    Database database;
    FunctionAuditStore audit;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void write() throws SQLException {
        address = server.newDatabase();
        database = TestServer.open(address);
        audit = new FunctionAuditStore(database);
        for (int day = 0; day < ENTRIES; day++) {
            audit.append(new Event(
                    MORNING.plus(Duration.ofDays(day)), "ENTRY", new UserId("ann"), CALLER, Map.of("day", day)));
        }
    }

    @AfterEach
    void close() {
        database.close();
    }

    void meddle(String sql) throws SQLException {
        TestServer.execute(address, TestServer.withoutTriggers(sql));
    }

    List<String> problems() {
        return AuditVerification.of(audit, List.of()).problems();
    }

    Chain own() {
        return audit.chains().stream().filter(Chain::own).findFirst().orElseThrow();
    }
}
