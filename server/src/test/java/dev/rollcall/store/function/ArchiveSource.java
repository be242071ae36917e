package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.TWO_A_DAY;

import dev.rollcall.keys.ApiKeyStore.NewKey;
import dev.rollcall.keys.Scope;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.UserId;
import dev.rollcall.store.postgres.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/** The contents of the database that the tests of archives export: rows of each kind, with each column set somewhere. */
final class ArchiveSource {

    private static final int PEOPLE = 45;

    /** A changed and a new site, people with all that is known of them, and corrected marks. */
    private static final String FACTS = """
            update sites
            set name = 'Head office', time_zone = 'Europe/Madrid', max_marks_per_day = 4, min_seconds_between = 60,
                day_starts_at = '04:30', target_error_rate = 1e-6, liveness = 'enforce', directions_allowed = false, threshold = 0.86,
                threshold_changed_at = '2026-11-23T08:00:00Z', updated_at = '2026-11-22T08:00:00Z',
                geofence = '{"latitude": 36.7, "longitude": -4.4, "radius_m": 50}', identify_by = 'badge', pin_allowed = true,
                badge_key = decode(repeat('ab', 32), 'hex'), badge_key_made_at = '2026-11-22T08:00:00Z';
            insert into sites (site, name, active, created_at, updated_at)
            values ('gate-2', 'Gate', false, '2026-11-22T08:00:00Z', '2026-11-22T08:00:00Z');
            update people set "group" = 'Night shift', external_id = 'E-3', active = false, inactive_since = '2026-11-22T08:00:00Z', site = 'gate-2', badge_issue = 'a-B_09',
                badge_issued_at = '2026-11-22T08:00:00Z', pin_set_at = '2026-11-22T08:00:00Z',
                pin_hash = 'pbkdf2-sha256:150000:' || repeat('0a', 16) || ':' || repeat('0b', 32)
            where user_id = 'person-3';
            insert into look_alikes values ('person-20', 'person-3', '2026-11-22T08:00:00Z'),
                                           ('person-3', 'person-4', '2026-11-22T08:00:00Z');
            update api_keys set site = 'gate-2';
            update attendance set source = 'manual', direction_given = true, confidence = null, similarity = null, liveness = null where id = 3;
            update attendance
            set source = 'late', captured_at = marked_at, received_at = marked_at + interval '1 hour', rival_confidence = 0.1, rival_similarity = 0.2, look_alike = true,
                inside_geofence = true
            where id = 2;
            update attendance set source = 'pin', confidence = null, similarity = null, liveness = null, inside_geofence = true where id = 5;
            insert into corrections (action, user_id, old_mark, new_mark, reason, key_id, at, approved_by)
            values ('replaced', 'person-0', 1, 3, 'Forgot.', 'desk', '2026-11-22T09:00:00Z', 'office'),
                   ('voided', 'person-0', 2, null, 'Was somebody else.', 'desk', '2026-11-22T09:00:00Z', null);
            insert into correction_requests (state, action, user_id, old_mark, proposed, reason, key_id, at, decided_by, decided_at,
                                             decision, correction)
            select 'approved', 'replaced', user_id, 1,
                   '{"marked_at": "2026-11-22T08:00:00+00:00", "work_date": "2026-11-22", "direction": "in", "direction_given": true,
                     "site": "default"}'::jsonb,
                   'Forgot.', 'desk', timestamptz '2026-11-22T08:30:00Z', 'office', timestamptz '2026-11-22T09:00:00Z', 'It is true.', 1
            from attendance
            where id = 3
            union all
            select 'pending', 'voided', user_id, 4, null, 'Was not here.', 'desk', timestamptz '2026-11-23T08:30:00Z', null, null, null, null
            from attendance
            where id = 4;
            insert into shifts
            values ('night', 'Night', '22:00', '06:30', '{1,5}', 'automatic', 30, 360, 5, 10, 240, 240, 15, 'up', 'down',
                    '2026-11-22T08:00:00Z', '2026-11-22T08:00:00Z');
            insert into shift_assignments (shift, user_id, "group", starts_on, ends_on, created_at)
            values ('night', 'person-3', null, '2026-11-01', null, '2026-11-22T08:00:00Z'),
                   ('night', null, 'Night shift', '2026-11-01', '2026-12-31', '2026-11-22T08:00:00Z');
            insert into holidays (site, day, name, yearly)
            values ('gate-2', '2026-12-25', 'Christmas Day', true);
            """;

    private ArchiveSource() {}

    /** Fills a database with the schema. */
    static void fill(Database.Address address, DatabaseFunctions functions) throws SQLException {
        enrollAndMark(functions);
        TestServer.execute(address, FACTS);
    }

    private static void enrollAndMark(DatabaseFunctions functions) {
        FunctionPeopleStore people = new FunctionPeopleStore(functions, TemplateSeal.none());
        FunctionAttendanceStore attendance = new FunctionAttendanceStore(functions);
        for (int i = 0; i < PEOPLE; i++) {
            UserId userId = new UserId("person-" + i);
            Samples.enroll(people, userId, i);
            Samples.enroll(people, userId, 1000 + i);
            for (int day = 0; day < 13; day++) {
                attendance.mark(Samples.request(userId, MORNING.plus(Duration.ofDays(day))), TWO_A_DAY);
            }
        }
        people.erase(new UserId("person-7"), MORNING, KeptMarks.KEEP, Samples.CALLER);
        NewKey key = new NewKey("c".repeat(64), "first", Set.of(Scope.RECOGNIZE), MORNING, null);
        new FunctionApiKeyStore(functions).addFirst(key, Samples.CALLER);
    }
}
