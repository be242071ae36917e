package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.archive.Import;
import dev.rollcall.audit.AuditVerification;
import dev.rollcall.store.postgres.Database;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain that came with an import, against somebody who owns the tables. */
class ImportedChainTest {

    private static final String CHAIN = "0123456789abcdef0123456789abcdef";

    /** What is done to the chain of five entries, and a part of what the verification says. */
    private static final Map<String, String> WAYS = Map.of(
            "delete from audit_log where chain = '" + CHAIN + "'; delete from audit_chains where chain = '" + CHAIN
                    + "'",
            "came with an import and is gone",
            "delete from audit_log where chain = '" + CHAIN
                    + "' and number > 3; update audit_chains set head_number = 3,"
                    + " head_hash = (select hash from audit_log where chain = '" + CHAIN + "' and number = 3)"
                    + " where not own",
            "its last entry is 3, and the import noted another, 5",
            """
                    do $$
                    declare
                        l audit_log;
                    begin
                        select * into l from audit_log where chain = '%s' and number = 5;
                        l.previous := l.hash;
                        l.number := 6;
                        l.hash := audit_digest(l);
                        l.id := 1000;
                        insert into audit_log overriding system value select l.*;
                        update audit_chains set head_number = 6, head_hash = l.hash where not own;
                    end $$""".formatted(CHAIN),
            "its last entry is 6, and the import noted another, 5",
            "delete from audit_log where chain = '" + CHAIN
                    + "' and number < 3; update audit_chains set anchor_number = 2,"
                    + " anchor_hash = (select previous from audit_log where chain = '" + CHAIN + "' and number = 3)"
                    + " where not own",
            "entries up to 2 are gone, and no entry says",
            "update audit_log set user_id = 'bob' where chain = '" + CHAIN + "' and number = 2",
            "entry 2 is not as it was written");

    @TempDir
    static Path folder;

    private static TestServer server;
    private static Database.Address original;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
        original = server.newSupabaseDatabase();
        Clock clock = Clock.fixed(MORNING.plus(Duration.ofDays(30)), Samples.UTC);
        try (Database database = TestServer.open(original)) {
            Path file = SampleArchive.written(folder, SampleArchive.entries(CHAIN, 5, "ENTRY"));
            new Import(new FunctionArchiveStore(database, TemplateSeal.none()), clock).from(file, (kind, rows) -> {});
            assertThat(problems(database)).isEmpty();
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whateverIsDoneToIt_shows() throws SQLException {
        SoftAssertions all = new SoftAssertions();
        for (Map.Entry<String, String> way : WAYS.entrySet()) {
            Database.Address copy = server.copyOf(original);
            TestServer.execute(copy, TestServer.withoutTriggers(way.getKey()));
            try (Database database = TestServer.open(copy)) {
                all.assertThat(String.join("; ", problems(database)))
                        .as(way.getKey())
                        .contains(way.getValue());
            }
        }
        all.assertAll();
    }

    @Test
    void removedByAge_isNoProblem() throws SQLException {
        Database.Address copy = server.copyOf(original);
        try (Database database = TestServer.open(copy)) {
            FunctionAuditStore audit = new FunctionAuditStore(database);

            assertThat(audit.pruneAudit(MORNING.plus(Duration.ofDays(10)), MORNING.plus(Duration.ofDays(40))))
                    .isEqualTo(5);
            assertThat(audit.chains()).hasSize(1);
            assertThat(problems(database)).isEmpty();
            audit.pruneAudit(MORNING.plus(Duration.ofDays(35)), MORNING.plus(Duration.ofDays(60)));
            assertThat(problems(database)).isEmpty();
        }
    }

    private static List<String> problems(DatabaseFunctions database) {
        return AuditVerification.of(new FunctionAuditStore(database), List.of()).problems();
    }
}
