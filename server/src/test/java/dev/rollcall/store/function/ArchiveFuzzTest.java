package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MODEL;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.TWO_A_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.archive.ArchiveException;
import dev.rollcall.archive.ArchiveStore;
import dev.rollcall.archive.ArchiveStore.Outcome;
import dev.rollcall.archive.Export;
import dev.rollcall.archive.Import;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.audit.AuditVerification;
import dev.rollcall.files.Repetitions;
import dev.rollcall.keys.ApiKeyStore.NewKey;
import dev.rollcall.keys.Scope;
import dev.rollcall.people.EnrollmentStore.Written;
import dev.rollcall.people.PeopleOrder;
import dev.rollcall.people.PeopleQuery;
import dev.rollcall.people.UserId;
import dev.rollcall.store.postgres.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hundreds of changed archives with checksums that agree: each is refused with a sentence, and nothing is written, or
 * everything works afterwards and an export has what the archive had.
 */
class ArchiveFuzzTest {

    private static final int ARCHIVES = Integer.getInteger("rollcall.fuzz", Repetitions.of(200, 1000));
    private static final Clock CLOCK = Clock.fixed(MORNING.plus(Duration.ofDays(30)), Samples.UTC);
    private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[0-9:.]+(Z|[+-]\\d{2}:\\d{2})");

    private static final String EMPTY = TestServer.withoutTriggers("""
            delete from people;
            delete from corrections;
            delete from attendance;
            delete from api_keys;
            delete from sites;
            insert into sites (site, name, created_at, updated_at)
            values ('default', 'default', '2000-01-01T00:00:00Z', '2000-01-01T00:00:00Z');
            delete from audit_log;
            delete from audit_chains;
            insert into audit_chains
            select name, true, 0, sha256(name::bytea), 0, sha256(name::bytea) from (select md5(random()::text) as name) n""");

    @TempDir
    static Path folder;

    private static TestServer server;
    private static Connection connection;
    private static Database target;
    private static ArchiveStore store;
    private static List<String> rows;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
        Database.Address address = server.newDatabase();
        connection = TestServer.connect(address);
        try (Statement statement = connection.createStatement()) {
            statement.execute("alter database " + connection.getCatalog() + " set synchronous_commit = off");
        }
        target = TestServer.open(address);
        store = new FunctionArchiveStore(target, TemplateSeal.none());
        fill();
        rows = exported();
        empty();
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        target.close();
        server.close();
    }

    private static void fill() {
        for (int i = 0; i < 4; i++) {
            UserId person = new UserId("person-" + i);
            Samples.enroll(people(), person, i);
            attendance().mark(Samples.request(person, MORNING), TWO_A_DAY);
            attendance().mark(Samples.request(person, MORNING.plusSeconds(60)), TWO_A_DAY);
        }
        new FunctionApiKeyStore(target)
                .add(
                        new NewKey("c".repeat(64), "gate", Set.of(Scope.READ, Scope.ENROLL), MORNING, null),
                        Samples.CALLER);
    }

    @Test
    void changedArchive_isRefusedOrWorks() throws Exception {
        int taken = 0;
        for (int seed = 0; seed < ARCHIVES; seed++) {
            List<String> changed = new ArchiveMutations(seed).of(rows);
            Path file = Files.write(
                    folder.resolve("changed.jsonl.gz"),
                    ArchiveFiles.written(SampleArchive.lines(Schema.VERSION, changed)));
            try {
                taken += isTaken(file, changed) ? 1 : 0;
            } catch (Exception | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e, e);
            }
        }
        assertThat(taken).isBetween(ARCHIVES / 50, ARCHIVES / 2);
    }

    private static boolean isTaken(Path file, List<String> changed) throws Exception {
        try {
            Outcome outcome = new Import(store, CLOCK).from(file, (kind, count) -> {});
            assertThat(outcome).isInstanceOf(Outcome.Imported.class);
        } catch (ArchiveException e) {
            assertThat(e).message().startsWith("the export ");
            assertThat(count()).isEqualTo("0");
            return false;
        }
        List<String> missing = comparable(changed);
        missing.removeAll(comparable(exported()));
        assertThat(missing).isEmpty();
        everythingWorks();
        empty();
        return true;
    }

    private static String count() throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select (select count(*) from people) + (select count(*) from attendance) + (select count(*) from api_keys)"
                                + " + (select count(*) from audit_log) + (select count(*) from import_rows)")) {
            row.next();
            return row.getString(1);
        }
    }

    private static void empty() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(EMPTY);
        }
    }

    private static void everythingWorks() {
        new FunctionPeopleDirectory(target)
                .list(new PeopleQuery(PeopleQuery.EVERYBODY, PeopleOrder.BY_USER_ID, null, 100), MODEL);
        people().forEachTemplate(MODEL, 0, (owner, template) -> {});
        attendance().list(new AttendanceStore.Query(null, null, null, 0, 100));
        new FunctionApiKeyStore(target).list(null, 1000);
        new FunctionAuditStore(target).list(new AuditStore.Query(null, null, null, null, null, null, null, 100));
        assertThat(AuditVerification.of(new FunctionAuditStore(target), List.of())
                        .problems())
                .isEmpty();
        for (UserId person : List.of(new UserId("person-0"), new UserId("person-3"), new UserId("somebody"))) {
            assertThat(Samples.enroll(people(), person, 99)).isInstanceOf(Written.Enrolled.class);
            attendance().mark(Samples.request(person, MORNING), TWO_A_DAY);
        }
    }

    private static FunctionPeopleStore people() {
        return new FunctionPeopleStore(target, TemplateSeal.none());
    }

    private static FunctionAttendanceStore attendance() {
        return new FunctionAttendanceStore(target);
    }

    private static List<String> exported() throws IOException {
        Path file = folder.resolve("exported.jsonl.gz");
        Files.deleteIfExists(file);
        new Export(store, CLOCK).to(file, (kind, count) -> {});
        return ArchiveFiles.rows(file);
    }

    private static List<String> comparable(List<String> lines) throws IOException {
        List<String> all = new ArrayList<>();
        for (String line : lines) {
            all.add(comparable("", Json.MAPPER.readTree(line)));
        }
        return all;
    }

    /** A text that is the same for values that mean the same; what is null or has a default may be missing. */
    private static String comparable(String name, JsonNode value) {
        if (value instanceof ObjectNode object) {
            List<String> fields = new ArrayList<>();
            object.properties().stream()
                    .filter(field ->
                            !field.getValue().isNull() && !field.getKey().equals("last_used_at"))
                    .filter(field -> !(object.has("chain") && field.getKey().equals("id")))
                    .forEach(field -> fields.add(field.getKey() + "=" + comparable(field.getKey(), field.getValue())));
            if (object.has("key_hash") && !object.has("scopes")) {
                fields.add("scopes=[admin]");
            }
            fields.sort(null);
            return fields.toString();
        }
        if (value instanceof ArrayNode array) {
            List<String> items = new ArrayList<>();
            array.forEach(item -> items.add(comparable("", item)));
            if (name.equals("templates")) {
                items.sort(null);
            }
            return items.toString();
        }
        if (value.isTextual() && INSTANT.matcher(value.textValue()).matches()) {
            return OffsetDateTime.parse(value.textValue()).toInstant().toString();
        }
        return value.isNumber() ? number(value) : value.asText();
    }

    /** A number as the database returns it: of single precision, without a fraction that is 0 and without a negative 0. */
    private static String number(JsonNode value) {
        float single = value.floatValue();
        boolean isWhole = value.isIntegralNumber() || single == Math.rint(single);
        return isWhole ? Long.toString(value.asLong()) : Float.toString(single);
    }
}
