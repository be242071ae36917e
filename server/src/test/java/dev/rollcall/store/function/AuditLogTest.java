package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditChains.Position;
import dev.rollcall.audit.AuditLog.Event;
import dev.rollcall.audit.AuditStore.Query;
import dev.rollcall.audit.AuditVerification;
import dev.rollcall.audit.Retention;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The audit log against somebody who has the database in hand, and against its age. */
class AuditLogTest extends AuditLogFixture {

    @Test
    void untouchedLog_isWhole() {
        assertThat(problems()).isEmpty();
        assertThat(AuditVerification.of(audit, List.of()).entries()).isEqualTo(ENTRIES);
    }

    @Test
    void changedEntry_shows() throws SQLException {
        for (String change : List.of(
                "details = '{\"day\": 4711}'",
                "user_id = 'bob'",
                "user_id = null",
                "at = at + interval '1 microsecond'",
                "action = 'OTHER'",
                "key_id = 'other'",
                "address = '192.0.2.2'",
                "request_id = null")) {
            meddle("create table kept as select * from audit_log where number = 5; update audit_log set " + change
                    + " where number = 5");

            assertThat(problems()).as(change).singleElement().asString().contains("entry 5 is not as it was written");

            meddle("delete from audit_log where number = 5; insert into audit_log overriding system value"
                    + " select * from kept; drop table kept");
            assertThat(problems()).isEmpty();
        }
    }

    @Test
    void removedEntries_show() throws SQLException {
        meddle("delete from audit_log where number in (4, 5)");

        assertThat(problems()).singleElement().asString().contains("entries 4 to 5 are gone");
    }

    @Test
    void removedFirstEntries_show() throws SQLException {
        meddle("delete from audit_log where number <= 2");

        assertThat(problems()).singleElement().asString().contains("entries 1 to 2 are gone");
    }

    @Test
    void removedFirstEntriesWithTheirAnchorMoved_show() throws SQLException {
        TestServer.execute(
                address,
                "update audit_chains set anchor_number = 2,"
                        + " anchor_hash = (select hash from audit_log where number = 2);"
                        + " delete from audit_log where number <= 2");

        assertThat(problems()).singleElement().asString().contains("up to 2 are gone, and no entry says");
    }

    @Test
    void removedLastEntries_show() throws SQLException {
        meddle("delete from audit_log where number > 8");

        assertThat(problems()).singleElement().asString().contains("the last entries are gone, from 9 to 10");
    }

    @Test
    void everythingRemoved_shows() throws SQLException {
        meddle("delete from audit_log; delete from audit_chains");

        assertThat(problems()).singleElement().asString().contains("the chain of this database is gone");
    }

    @Test
    void lastEntriesRemovedWithTheirHeadMovedBack_showByANotedPosition() throws SQLException {
        Position noted = own().head();
        meddle("delete from audit_log where number > 8; update audit_chains set head_number = 8,"
                + " head_hash = (select hash from audit_log where number = 8)");

        assertThat(problems()).isEmpty();
        assertThat(AuditVerification.of(audit, List.of(noted)).problems())
                .singleElement()
                .asString()
                .contains("no entry 10 with the hash " + noted.hash());
    }

    @Test
    void rewrittenChain_showsByANotedPosition() throws SQLException {
        Position noted = own().head();
        meddle("""
                do $$
                declare
                    l audit_log;
                    last bytea := (select anchor_hash from audit_chains);
                begin
                    for l in select * from audit_log order by number loop
                        l.user_id := 'bob';
                        l.previous := last;
                        last := audit_digest(l);
                        update audit_log set user_id = 'bob', previous = l.previous, hash = last where id = l.id;
                    end loop;
                    update audit_chains set head_hash = last;
                end $$""");

        assertThat(problems()).isEmpty();
        assertThat(AuditVerification.of(audit, List.of(noted)).problems()).hasSize(1);
    }

    @Test
    void notedPosition_isFoundInAGrownLog() {
        Position noted = own().head();
        audit.append(new Event(MORNING, "ENTRY", null, CALLER, Map.of()));

        assertThat(AuditVerification.of(audit, List.of(noted, own().anchor())).problems())
                .isEmpty();
    }

    @Test
    void oldEntries_areRemovedAndTheRestIsWhole() {
        Instant now = MORNING.plus(Duration.ofDays(ENTRIES));

        for (long expected : new long[] {6, 0}) {
            assertThat(retention(now, 0, 4).apply().auditEntries()).isEqualTo(expected);
        }

        assertThat(problems()).isEmpty();
        assertThat(own().anchor().number()).isEqualTo(6);
        assertThat(audit.list(new Query("AUDIT_PRUNED", null, "retention", null, null, null, null, 10)))
                .singleElement()
                .satisfies(entry -> assertThat(entry.details()).contains("\"up_to\":6"));
        assertThat(audit.list(new Query("ENTRY", null, null, null, null, null, null, 100)))
                .hasSize(4);
    }

    @Test
    void logThatWasEmptiedByAge_goesOn() {
        Instant later = MORNING.plus(Duration.ofDays(1000));

        assertThat(retention(later, 0, 4).apply().auditEntries()).isEqualTo(ENTRIES);
        assertThat(problems()).isEmpty();
        assertThat(retention(later.plus(Duration.ofDays(100)), 0, 4).apply().auditEntries())
                .isEqualTo(1);
        assertThat(problems()).isEmpty();
    }

    private Retention retention(Instant now, int attendanceDays, int auditDays) {
        return new Retention(
                audit, new Retention.Periods(attendanceDays, auditDays, Samples.UTC), Clock.fixed(now, Samples.UTC));
    }
}
