package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.audit.AuditLog.Event;
import dev.rollcall.store.postgres.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the roles of a database may do with the audit log: append to it, and remove what is old by a function. */
class AuditRightsTest extends AuditLogFixture {

    @Test
    void itsOwnDatabaseRole_canOnlyAppend() {
        for (String change : List.of(
                "update audit_log set user_id = 'bob'",
                "update audit_log set hash = hash",
                "delete from audit_log where number = 10",
                "delete from audit_log",
                "truncate audit_log",
                "insert into audit_log (at, action, details) values (now(), 'PLAIN', '{}')",
                forged("chain, 11, hash, hash"),
                forged("chain, 11, previous, hash"),
                forged("chain, 0, hash, hash"),
                forged("chain, -3, hash, hash"),
                forged("chain, 1000000, hash, hash"),
                forged("'other', 1, hash, hash"),
                forged("md5('other'), 1, hash, hash"),
                "insert into audit_log (at, action, details, chain, number, previous, hash)"
                        + " select at, action, details, chain, number, previous, hash from audit_log where number = 10"
                        + " on conflict (chain, number) do update set action = 'OTHER'",
                "update audit_chains set head_number = 8, head_hash = (select hash from audit_log where number = 8)",
                "update audit_chains set head_number = 11",
                "update audit_chains set head_hash = anchor_hash",
                "update audit_chains set anchor_number = 5",
                "update audit_chains set own = false",
                "update audit_chains set chain = md5('other')",
                "insert into audit_chains select md5('x'), true, 0, head_hash, 0, head_hash from audit_chains",
                "insert into audit_chains select md5('x'), false, 0, head_hash, 1, head_hash from audit_chains",
                "delete from audit_chains",
                "truncate audit_chains")) {
            assertThatThrownBy(() -> TestServer.execute(address, change))
                    .as(change)
                    .isInstanceOf(SQLException.class)
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("42501");
        }
        assertThat(problems()).isEmpty();
    }

    private static String forged(String place) {
        return "insert into audit_log (at, action, details, chain, number, previous, hash)"
                + " select at, 'FORGED', details, " + place + " from audit_log where number = 10";
    }

    @Test
    void entryThatFollowsTheHead_isOneMoreEntry() throws SQLException {
        TestServer.execute(address, """
                do $$
                declare
                    l audit_log;
                begin
                    select * into l from audit_log where number = 10;
                    l.previous := l.hash;
                    l.number := 11;
                    l.hash := audit_digest(l);
                    insert into audit_log overriding system value select l.*;
                end $$""");
        audit.append(new Event(MORNING, "ENTRY", null, CALLER, Map.of()));

        assertThat(problems()).isEmpty();
        assertThat(own().head().number()).isEqualTo(12);
    }

    @Test
    void supabasesServiceRole_hasNotEvenTheRight() throws SQLException {
        Database.Address project = server.newSupabaseDatabase();
        TestServer.execute(project, Schema.script());
        Database.Address authenticator = TestServer.as(project, "authenticator");
        for (String change : List.of(
                "update audit_log set user_id = 'bob'",
                "delete from audit_log",
                "truncate audit_log",
                "insert into audit_log (at, action, details) values (now(), 'X', '{}')",
                "update audit_chains set anchor_number = 5",
                "delete from audit_chains")) {
            assertThatThrownBy(() -> TestServer.execute(authenticator, "set role service_role; " + change))
                    .as(change)
                    .hasMessageContaining("permission denied");
        }
        TestServer.execute(authenticator, "set role service_role; select append_audit(now(), 'X', null, '{}', '{}')");
        assertThat(TestServer.ask(project, "select count(*) from audit_log")).isEqualTo("1");
        TestServer.execute(
                authenticator, "set role service_role; select prune_audit(now() + interval '1 day', now(), 9)");
        assertThat(TestServer.ask(project, "select string_agg(action, ',') from audit_log"))
                .as("what is old it may have removed")
                .isEqualTo("AUDIT_PRUNED");
    }
}
