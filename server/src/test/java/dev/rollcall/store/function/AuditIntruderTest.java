package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditChains.Chain;
import dev.rollcall.audit.AuditLog.Event;
import dev.rollcall.audit.AuditStore.Query;
import dev.rollcall.audit.AuditVerification;
import dev.rollcall.store.postgres.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The audit log against somebody who owns its tables, but is no superuser: everything done to it shows. */
class AuditIntruderTest {

    private static final int ENTRIES = 6;

    /** Takes the schema's constraints away, as far as they are in the way. */
    private static final String ANYTHING_GOES = """
            alter table audit_log drop constraint audit_log_number_is_in_range;
            alter table audit_log drop constraint audit_log_time_is_in_range;
            alter table audit_log drop constraint audit_log_has_its_place;
            alter table audit_log drop constraint audit_log_user_id_check;
            alter table audit_log drop constraint audit_log_action_check;
            alter table audit_log drop constraint audit_log_site_check;
            alter table audit_log alter column chain drop not null;
            alter table audit_log alter column number drop not null;
            alter table audit_log alter column details drop not null;
            alter table audit_log alter column hash drop not null;
            """;

    private static TestServer server;
    private static Database.Address original;

    @BeforeAll
    static void start() throws SQLException {
        server = new TestServer();
        original = server.newSupabaseDatabase();
        try (Database database = TestServer.open(original)) {
            for (int i = 0; i < ENTRIES; i++) {
                new FunctionAuditStore(database).append(entry(i));
            }
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** What was done, in SQL, and a part of what the verification says. */
    private record Way(String sql, String told) {}

    private static Way withoutTriggers(String sql, String told) {
        return new Way(TestServer.withoutTriggers(ANYTHING_GOES + sql), told);
    }

    private static Way putIn(String place, String told) {
        return withoutTriggers(
                "insert into audit_log (at, action, details, chain, number, previous, hash)"
                        + " select at, 'FORGED', details, " + place + " from audit_log where number = 6",
                told);
    }

    private static final List<Way> ROWS_PUT_IN = List.of(
            putIn("'other chain', 1, hash, hash", "1 entry (number 1) under the name other chain, which is no chain"),
            putIn("md5('x'), 7, hash, hash", "which is no chain"),
            putIn("E'two\\nlines', 7, hash, hash", "under the name two?lines"),
            putIn("null, 7, hash, hash", "1 entry without a chain or a number"),
            putIn("chain, null, hash, hash", "1 entry without a chain or a number"),
            putIn("chain, 0, hash, hash", "1 entry before its first one (number 0)"),
            putIn("chain, -3, hash, hash", "1 entry before its first one (number -3)"),
            putIn("chain, -9223372036854775808, hash, hash", "1 entry before its first one"),
            putIn("chain, 7, hash, hash", "1 entry behind its last one (number 7)"),
            putIn("chain, 1000000, hash, hash", "1 entry behind its last one (number 1000000)"),
            putIn("chain, 9223372036854775807, hash, hash", "1 entry behind its last one"),
            putIn("chain, 6, previous, hash", "entry 6 is there more than once"),
            putIn("chain, 3, previous, hash", "entry 3 is"),
            withoutTriggers("""
                    do $$
                    declare
                        l audit_log;
                    begin
                        select * into l from audit_log where number = 6;
                        l.previous := l.hash;
                        l.number := 7;
                        l.hash := audit_digest(l);
                        l.id := 1000;
                        insert into audit_log overriding system value select l.*;
                    end $$""", "1 entry behind its last one (number 7)"),
            new Way(
                    "create table more () inherits (audit_log); insert into more select * from audit_log where number = 3",
                    "entry 3 is there more than once"));

    private static final List<Way> ROWS_CHANGED = List.of(
            withoutTriggers(
                    "update audit_log set previous = hash where number = 3", "entry 3 is not as it was written"),
            withoutTriggers(
                    "update audit_log set hash = previous where number = 3", "entry 3 is not as it was written"),
            withoutTriggers("update audit_log set hash = null where number = 3", "entry 3 is not as it was written"),
            withoutTriggers("update audit_log set hash = '\\x00' where number = 3", "entry 3 is not as it was written"),
            withoutTriggers("update audit_log set details = null where number = 3", "entry 3 is not as it was written"),
            withoutTriggers(
                    "update audit_log set at = 'infinity' where number = 3", "entry 3 is not as it was written"),
            withoutTriggers("update audit_log set at = '290000-01-01' where number = 3", "entry 3 is not as it was"),
            withoutTriggers("update audit_log set at = '4000-01-01 BC' where number = 3", "entry 3 is not as it was"),
            withoutTriggers("update audit_log set user_id = '' where number = 3", "entry 3 is not as it was written"),
            withoutTriggers(
                    "update audit_log set action = E'ENTRY\\n', key_id = null, user_id = key_id where number = 3",
                    "entry 3 is not as it was written"),
            withoutTriggers(
                    "update audit_log set site = 'gate-3' where number = 3", "entry 3 is not as it was written"),
            withoutTriggers("update audit_log set site = null where number = 3", "entry 3 is not as it was written"),
            withoutTriggers(
                    "update audit_log set address = site, site = address where number = 3",
                    "entry 3 is not as it was written"),
            withoutTriggers(
                    "update audit_log set number = 7 where number = 6", "the last entries are gone, from 6 to 6"),
            withoutTriggers("update audit_log set number = 9 where number = 3", "entries 3 to 3 are gone"),
            withoutTriggers("update audit_log set chain = md5('x') where number = 6", "which is no chain"),
            withoutTriggers(
                    "update audit_log set number = 7 - number where number in (3, 4)", "entry 3 is not as it was"),
            withoutTriggers(
                    "alter table audit_log drop constraint audit_log_pkey;"
                            + " alter table audit_log alter column id drop identity;"
                            + " update audit_log set id = 7 - id where number in (3, 4)",
                    "entry 4 is listed in another place"));

    private static final List<Way> CHAINS_CHANGED = List.of(
            withoutTriggers("update audit_chains set own = false", "the chain of this database is gone"),
            withoutTriggers(
                    "update audit_chains set own = false; insert into audit_chains"
                            + " select md5('x'), true, 0, sha256(md5('x')::bytea), 0, sha256(md5('x')::bytea)",
                    "no entry says that it came with an import"),
            withoutTriggers(
                    "insert into audit_chains"
                            + " select md5('x'), false, 0, sha256(md5('x')::bytea), 0, sha256(md5('x')::bytea)",
                    "no entry says that it came with an import"),
            withoutTriggers("update audit_chains set chain = md5('x')", "which is no chain"),
            withoutTriggers("update audit_chains set head_number = 9", "the last entries are gone, from 7 to 9"),
            withoutTriggers(
                    "update audit_chains set head_number = 4, head_hash ="
                            + " (select hash from audit_log where number = 4)",
                    "2 entries behind its last one (numbers 5 to 6)"),
            withoutTriggers(
                    "update audit_chains set head_hash = anchor_hash", "its head is another than its last entry"),
            withoutTriggers("update audit_chains set anchor_hash = head_hash", "entry 1 does not follow"),
            withoutTriggers(
                    "update audit_chains set anchor_number = 2, anchor_hash ="
                            + " (select hash from audit_log where number = 2)",
                    "2 entries before its first one (numbers 1 to 2)"),
            new Way(
                    "update audit_chains set anchor_number = 2, anchor_hash ="
                            + " (select hash from audit_log where number = 2); delete from audit_log where number < 3",
                    "up to 2 are gone, and no entry says"));

    private static final List<Way> GUARDS_CHANGED = List.of(
            new Way("alter table audit_log disable trigger audit_log_keeps_its_rows", "is switched off"),
            new Way("alter table audit_log enable replica trigger audit_log_keeps_its_rows", "is switched off"),
            new Way("drop trigger audit_chains_stay on audit_chains", "audit_chains_stay on audit_chains is missing"),
            new Way(
                    "drop trigger audit_log_keeps_its_rows on audit_log; create trigger audit_log_keeps_its_rows before"
                            + " update or delete on audit_log for each row when (old.number = 0)"
                            + " execute function refuse_audit_change()",
                    "audit_log_keeps_its_rows on audit_log is missing or changed"),
            new Way(
                    "create function nothing() returns trigger language plpgsql as 'begin return null; end';"
                            + " create trigger a before insert on audit_log for each row execute function nothing()",
                    "the trigger or rule a on audit_log does not belong to Rollcall"),
            new Way(
                    "create rule r as on insert to audit_log do instead nothing",
                    "the trigger or rule r on audit_log does not belong to Rollcall"));

    @Test
    void rowsPutIn_showAndTheLogGoesOn() throws SQLException {
        each(ROWS_PUT_IN);
    }

    @Test
    void rowsChanged_show() throws SQLException {
        each(ROWS_CHANGED);
    }

    @Test
    void chainsChanged_show() throws SQLException {
        each(CHAINS_CHANGED);
    }

    @Test
    void guardsChanged_show() throws SQLException {
        each(GUARDS_CHANGED);
    }

    private static void each(List<Way> ways) throws SQLException {
        SoftAssertions all = new SoftAssertions();
        for (Way way : ways) {
            Database.Address copy = server.copyOf(original);
            TestServer.execute(copy, way.sql());
            try (Database database = TestServer.open(copy)) {
                FunctionAuditStore audit = new FunctionAuditStore(database);
                all.assertThat(String.join("; ", problems(audit))).as(way.sql()).contains(way.told());
                if (ROWS_PUT_IN.contains(way)) {
                    all.assertThatCode(() -> {
                                audit.append(entry(100));
                                audit.append(entry(101));
                            })
                            .as(way.sql())
                            .doesNotThrowAnyException();
                    all.assertThat(problems(audit)).as(way.sql()).isNotEmpty();
                }
                all.assertThatCode(() -> audit.list(new Query(null, null, null, null, null, null, null, 100)))
                        .as(way.sql())
                        .doesNotThrowAnyException();
            }
        }
        all.assertAll();
    }

    @Test
    void oneForeignRowAtTheNextNumber_isTheOnlyOneTold() throws SQLException {
        Database.Address copy = server.copyOf(original);
        TestServer.execute(copy, putIn("chain, 7, hash, hash", "").sql());
        try (Database database = TestServer.open(copy)) {
            FunctionAuditStore audit = new FunctionAuditStore(database);
            for (int i = 10; i < 14; i++) {
                audit.append(entry(i));
            }

            assertThat(problems(audit)).singleElement().asString().contains("entry 7 is not as it was written");
            assertThat(audit.chains())
                    .extracting(Chain::head)
                    .extracting("number")
                    .containsExactly(11L);
        }
    }

    @Test
    void manyStrays_areToldInFewSentences() throws SQLException {
        Database.Address copy = server.copyOf(original);
        TestServer.execute(
                copy,
                TestServer.withoutTriggers("insert into audit_log (at, action, details, chain, number, previous, hash)"
                        + " select at, action, details, md5(n::text), n, previous, hash"
                        + " from audit_log, generate_series(1, 2000) n where number = 6"));
        try (Database database = TestServer.open(copy)) {
            assertThat(problems(new FunctionAuditStore(database))).hasSize(100);
        }
    }

    @Test
    void pruning_leavesWhatWasPutIn() throws SQLException {
        Database.Address copy = server.copyOf(original);
        TestServer.execute(copy, putIn("chain, -3, hash, hash", "").sql());
        TestServer.execute(
                copy, putIn("chain, 9223372036854775807, hash, hash", "").sql().replace(ANYTHING_GOES, ""));
        try (Database database = TestServer.open(copy)) {
            FunctionAuditStore audit = new FunctionAuditStore(database);

            assertThat(audit.pruneAudit(MORNING.plus(Duration.ofDays(3)), MORNING.plus(Duration.ofDays(9))))
                    .isEqualTo(3);
            assertThat(problems(audit)).hasSize(2);
        }
    }

    private static Event entry(int day) {
        return new Event(MORNING.plus(Duration.ofDays(day)), "ENTRY", null, CALLER, Map.of("day", day));
    }

    private static List<String> problems(FunctionAuditStore audit) {
        return AuditVerification.of(audit, List.of()).problems();
    }
}
