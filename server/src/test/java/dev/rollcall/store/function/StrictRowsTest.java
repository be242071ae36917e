package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.archive.ArchiveStore;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.CorrectionStore.By;
import dev.rollcall.attendance.CorrectionStore.Wish;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.DeviceStore.Change;
import dev.rollcall.keys.PairingStore.AttemptLimits;
import dev.rollcall.keys.PairingStore.NewPairing;
import dev.rollcall.keys.PairingStore.StoredCode;
import dev.rollcall.outcome.StoreHealth;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleOrder;
import dev.rollcall.people.PeopleQuery;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.imports.ImportId;
import dev.rollcall.sites.SiteRules;
import dev.rollcall.sites.SiteStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A missing or renamed column of a row of any kind is reported by its name. */
class StrictRowsTest {

    private static final UserId ANN = new UserId("ann");
    private static final String TIME = "'2026-11-22T08:00:00+00:00'";
    private static final String TEMPLATE = "'embedding': '" + "00ff".repeat(512) + "', 'sealed_with': null";
    private static final String MARK =
            "'id': 1, 'marked_at': " + TIME + ", 'work_date': '2026-11-22', 'number': 1, 'direction': 'in'";
    private static final String MARKED = "{'code': 'MARKED', 'mark': {" + MARK + "}, 'remaining_today': 1}";
    private static final String STANDING = "'state': 'present', 'position': 1, 'present_direction': 'in',"
            + " 'corrects': null, 'corrected_by': null, 'correction_pending': false";
    private static final String SHOWN = "{" + MARK + ", 'user_id': 'ann', 'name': null, 'confidence': 0.9,"
            + " 'look_alike': null, 'site': 'default', 'key_id': null, 'source': 'device', " + STANDING
            + ", 'version': 'v'}";
    private static final String REQUEST = "{'id': 1, 'state': 'approved', 'action': 'replaced', 'user_id': 'ann',"
            + " 'name': null, 'old_mark': 1, 'proposed': {'marked_at': " + TIME + ", 'work_date': '2026-11-22',"
            + " 'direction': 'in', 'site': 'default'}, 'key_id': 'k', 'at': " + TIME + ", 'reason': 'why',"
            + " 'decided_by': 'l', 'decided_at': " + TIME + ", 'decision': null}";
    private static final Wish VOID = new Wish.MakeVoid(1, null, "why");
    private static final By BY = new By(Samples.MORNING, Caller.SERVICE);
    private static final String MATCH = "{'user_id': 'ann', 'name': 'Ann', 'confidence': 0.9, 'similarity': 0.8,"
            + " 'threshold': 0.5, 'liveness': {'score': 0.9, 'threshold': 0.5},"
            + " 'rival': {'confidence': 0.1, 'similarity': 0.2}, 'look_alike': false}";
    private static final String AUDIT =
            "'id': 1, 'action': 'X', 'user_id': null, 'key_id': null, 'request_id': null, 'address': null, 'site': null,"
                    + " 'hash': '00'";

    private static final String KEY =
            "{'id': '0123456789ab', 'name': 'k', 'scopes': ['admin'], 'site': 'default', 'created_at': " + TIME
                    + ", 'expires_at': null, 'last_used_at': null, 'revoked_at': null, 'device_version': null}";
    private static final String PAIRING = "{'id': '0123456789ab', 'name': 'k', 'site': 'default', 'created_at': " + TIME
            + ", 'expires_at': " + TIME + ", 'key_id': null}";
    private static final AttemptLimits ATTEMPTS = new AttemptLimits(Duration.ofMinutes(1), 1, 1);

    /**
     * A kind of rows.
     *
     * @param json a row or a list with one, with single quotes
     * @param unread fields that tell something else by being absent, or that nobody reads
     * @param reader reads the row that the functions return
     */
    private record Kind(String name, String json, Set<String> unread, Consumer<DatabaseFunctions> reader) {}

    @TestFactory
    Stream<DynamicTest> everyField_mustBeThere() {
        return kinds().map(kind -> DynamicTest.dynamicTest(kind.name(), () -> {
            JsonNode whole = parse(kind.json());
            assertThatCode(() -> kind.reader().accept(new Fixed(whole))).doesNotThrowAnyException();
            List<String> fields = new ArrayList<>();
            collect(parse(kind.json()), fields);
            fields.removeAll(kind.unread());
            for (String field : fields) {
                JsonNode renamed = parse(kind.json().replace("'" + field + "':", "'renamed_" + field + "':"));
                assertThatThrownBy(() -> kind.reader().accept(new Fixed(renamed)))
                        .as(field)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(field + " is missing");
            }
        }));
    }

    private static Stream<Kind> kinds() {
        return Stream.of(people(), directory(), sites(), marks(), archives(), auditLog(), imports(), others())
                .flatMap(List::stream);
    }

    private static List<Kind> people() {
        return List.of(
                kind(
                        "person",
                        "{'name': 'Ann', 'active': true, 'site': null, 'look_alikes': [], 'templates': [{" + TEMPLATE
                                + "}]}",
                        f -> people(f).find(ANN, Samples.MODEL)),
                kind(
                        "templates",
                        "[{'id': 7, 'quality': 3.5, 'created_at': " + TIME + ", " + TEMPLATE + "}]",
                        f -> people(f).templates(ANN, Samples.MODEL)),
                kind("enrollment", "{'code': 'ENROLLED', 'templates': 1}", f -> people(f)
                        .enroll(Samples.template(ANN, 1, false, 0))),
                kind(
                        "erasure",
                        "{'templates_removed': 1, 'answers_removed': 1, 'marks_kept': 1, 'marks_pseudonymised': 0,"
                                + " 'audit_entries_kept': 1}",
                        f -> people(f).erase(ANN, Samples.MORNING, KeptMarks.KEEP, Caller.SERVICE)),
                kind(
                        "everything about a person",
                        "{'person': null, 'templates': [{'model': 'm', " + TEMPLATE + "}], 'attendance': [],"
                                + " 'corrections': [], 'correction_requests': [], 'events': [], 'answers': [], 'imports': [], 'audit': []}",
                        f -> people(f).export(ANN, Samples.MORNING, Caller.SERVICE)),
                kind("counts", "{'people': 1, 'templates': 1}", f -> people(f).count()),
                kind(
                        "page of templates",
                        "{'last': 7, 'user_ids': ['ann'], 'sealed_with': [''], 'embeddings': '\\\\x"
                                + "00ff".repeat(512) + "'}",
                        f -> TemplatePage.of(f.call(FunctionCall.reads("list_templates")))));
    }

    private static List<Kind> directory() {
        String person = "{'user_id': 'ann', 'name': 'Ann', 'group': null, 'external_id': null, 'active': true,"
                + " 'site': null, 'created_at': " + TIME + ", 'updated_at': " + TIME
                + ", 'consent_at': null, 'templates': 1}";
        PersonChange nothing = new PersonChange(null, null, null, null, null);
        PeopleDirectory.Change now = new PeopleDirectory.Change(Samples.MORNING, Caller.SERVICE);
        return List.of(
                kind("listed person", "[" + person + "]", f -> directory(f)
                        .list(new PeopleQuery(PeopleQuery.EVERYBODY, PeopleOrder.BY_USER_ID, null, 5), Samples.MODEL)),
                kind("read person", person, f -> directory(f).read(ANN, Samples.MODEL)),
                kind("changed person", "{'code': 'CHANGED', 'person': " + person + "}", f -> directory(f)
                        .change(ANN, nothing, Samples.MODEL, now)),
                kind("taken external id", "{'code': 'EXTERNAL_ID_TAKEN', 'user_id': 'bob'}", f -> directory(f)
                        .change(ANN, nothing, Samples.MODEL, now)),
                kind(
                        "listed template",
                        "[{'id': 1, 'model': 'm', 'quality': 1.5, 'created_at': " + TIME + ", 'sealed_with': null}]",
                        f -> directory(f).templates(ANN)),
                kind("look-alike", "[{'user_id': 'bob', 'name': 'Bob', 'declared_at': " + TIME + "}]", f -> directory(f)
                        .lookAlikes(ANN)),
                kind("declared look-alikes", "{'code': 'DECLARED', 'look_alikes': []}", f -> directory(f)
                        .declareLookAlikes(ANN, new UserId("bob"), now)),
                kind("deleted template", "{'code': 'DELETED', 'templates': 1}", f -> directory(f)
                        .deleteTemplate(ANN, 1, Samples.MODEL, now)));
    }

    private static List<Kind> sites() {
        String site = "{'site': 'a', 'name': 'A', 'active': true, 'time_zone': 'Europe/Madrid', 'max_marks_per_day': 4,"
                + " 'min_seconds_between': 60, 'day_starts_at': '05:00:00', 'target_error_rate': 0.1, 'liveness': 'off',"
                + " 'directions_allowed': null, 'geofence': {'latitude': 1, 'longitude': 2, 'radius_m': 30},"
                + " 'created_at': " + TIME + ", 'updated_at': " + TIME + "}";
        SiteStore.NewSite added = new SiteStore.NewSite("a", "A", SiteRules.OF_THE_SETTINGS);
        return List.of(
                kind("listed sites", "{'revision': 'r', 'sites': [" + site + "]}", f -> new FunctionSiteStore(f)
                        .list(null)),
                kind("site", site, f -> new FunctionSiteStore(f).find("a")),
                kind("created site", "{'code': 'CREATED', 'site': " + site + "}", f -> new FunctionSiteStore(f)
                        .create(added, Samples.MORNING, Caller.SERVICE)));
    }

    private static List<Kind> marks() {
        Consumer<DatabaseFunctions> mark =
                f -> attendance(f).mark(Samples.request(ANN, Samples.MORNING), Samples.TWO_A_DAY);
        Consumer<DatabaseFunctions> find = f -> attendance(f).find("key", Samples.MORNING);
        return List.of(
                kind("mark", MARKED, mark),
                kind("full day", "{'code': 'DAILY_LIMIT_REACHED', 'max_per_day': 2, 'marks': [{" + MARK + "}]}", mark),
                kind(
                        "early mark",
                        "{'code': 'TOO_SOON', 'next_allowed_at': " + TIME + ", 'last_mark': {" + MARK + "}}",
                        mark),
                kind(
                        "listed mark",
                        "[{" + MARK
                                + ", 'user_id': 'ann', 'name': null, 'confidence': 0.9, 'look_alike': null, 'site': 'default', 'key_id': null, 'source': 'device', "
                                + STANDING + "}]",
                        f -> attendance(f).list(new Query(ANN, null, null, 0, 5))),
                kind("read mark", SHOWN, f -> corrections(f).read(1)),
                new Kind(
                        "history",
                        "[{'place': 1, 'action': 'added', 'at': " + TIME + ", 'key_id': null, 'approved_by': null,"
                                + " 'reason': null, 'mark': " + SHOWN + "}]",
                        Set.of("version"),
                        f -> corrections(f).history(1, 0, 5)),
                kind("corrected mark", "{'code': 'DONE', 'mark': " + SHOWN + "}", f -> corrections(f)
                        .correct(VOID, false, BY)),
                kind("requested correction", "{'code': 'WAITING', 'request': " + REQUEST + "}", f -> corrections(f)
                        .correct(VOID, true, BY)),
                kind("second correction", "{'code': 'ALREADY_CORRECTED', 'mark': null}", f -> corrections(f)
                        .correct(VOID, false, BY)),
                kind("pending correction", "{'code': 'CORRECTION_PENDING', 'request': 1}", f -> corrections(f)
                        .correct(VOID, false, BY)),
                kind("mark of the same time", "{'code': 'MARK_EXISTS', 'mark': 1}", f -> corrections(f)
                        .correct(VOID, false, BY)),
                kind(
                        "decided correction",
                        "{'code': 'DECIDED', 'request': " + REQUEST + ", 'mark': null}",
                        f -> corrections(f).decide(1, true, null, BY)),
                kind("listed correction", "[" + REQUEST + "]", f -> corrections(f)
                        .requests(null, null, null, 5)),
                kind("undone mark", "{'code': 'UNDONE', 'mark': " + SHOWN + "}", f -> corrections(f)
                        .undo(1, 10, "why", BY)),
                kind("newest entry", "{'at': null}", f -> attendance(f).newestEntry()),
                kind(
                        "kept mark",
                        "{'fingerprint': 'f', 'answer': {'match': " + MATCH + ", 'decision': " + MARKED + "}}",
                        find),
                new Kind(
                        "kept refusal",
                        "{'fingerprint': 'f', 'answer': {'refusal': {'code': 'NO_FACE', 'detail': 'd', 'facts': {}}}}",
                        Set.of("refusal"),
                        find));
    }

    private static List<Kind> archives() {
        Consumer<DatabaseFunctions> finish = f -> archive(f).finish("import", 1, Samples.MORNING);
        return List.of(
                new Kind("exported row", "[{'cursor': 'a', 'content': '{}'}]", Set.of("cursor"), f -> archive(f)
                        .read(ArchiveStore.Kind.PERSON, "")),
                kind(
                        "last row of a page",
                        "[" + String.join(",", Collections.nCopies(5, "{'cursor': 'a', 'content': '{}'}")) + "]",
                        f -> archive(f).read(ArchiveStore.Kind.PERSON, "")),
                kind("import", "{'code': 'IMPORTED', 'added': {}}", finish),
                kind(
                        "import's problem",
                        "{'code': 'INVALID', 'problem': {'row': 1, 'other': null, 'kind': 'mark', 'field': 'number',"
                                + " 'reason': 'TWICE'}}",
                        finish),
                kind("import's conflict", "{'code': 'CONFLICT', 'conflicts': [{'kind': 'mark', 'id': '1'}]}", finish));
    }

    private static List<Kind> auditLog() {
        AuditStore.Query everything = new AuditStore.Query(null, null, null, null, null, null, null, 5);
        return List.of(
                kind(
                        "audit entry",
                        "[{" + AUDIT + ", 'key_name': null, 'at': " + TIME + ", 'details': {}}]",
                        f -> audit(f).list(everything)),
                kind(
                        "audit chain",
                        "[{'chain': 'c', 'own': true, 'anchor_number': 0, 'anchor_hash': '00', 'head_number': 1,"
                                + " 'head_hash': '00'}]",
                        f -> audit(f).chains()),
                kind(
                        "audit link",
                        "[{" + AUDIT + ", 'number': 1, 'at_microseconds': 1, 'details': '{}', 'previous': '00'}]",
                        f -> audit(f).links("c", 0)),
                kind(
                        "audit stray",
                        "[{'chain': 'c', 'place': 'NO_CHAIN', 'rows': 1, 'first': 1, 'last': 1}]",
                        f -> audit(f).strays()),
                kind("audit guard", "[{'table': 'audit_log', 'name': 't', 'state': 'OFF'}]", f -> audit(f).guards()));
    }

    private static List<Kind> imports() {
        ImportId id = new ImportId("0123456789abcdef".repeat(2));
        return List.of(
                kind(
                        "import of people",
                        "{'id': '" + id.value() + "', 'state': 'running', 'problem': null, 'created_at': " + TIME
                                + ", 'started_at': null, 'ended_at': null, 'people': 1, 'files': 1, 'done': 0,"
                                + " 'enrolled': 0, 'already_enrolled': 0, 'refused': 0}",
                        f -> imports(f).read(id)),
                kind(
                        "import to work on",
                        "{'file_key': '" + "00".repeat(32) + "', 'enrolled_last': null, 'caller': {'key_id': 'k',"
                                + " 'request_id': null, 'address': null, 'site': null}}",
                        f -> imports(f).take(id, Samples.MORNING)),
                kind(
                        "result of an import",
                        "[{'id': 1, 'file': 'a.jpg', 'user_id': null, 'status': 'refused', 'code': 'NO_FACE',"
                                + " 'detail': null}]",
                        f -> imports(f).results(id, 0, 5)));
    }

    private static List<Kind> others() {
        return List.of(
                kind("key", KEY, f -> new FunctionApiKeyStore(f).use("hash", Samples.MORNING, null)),
                kind("changed device", "{'code': 'CHANGED', 'device': " + KEY + "}", f -> new FunctionDeviceStore(f)
                        .change("0123456789ab", new Change("k", null), Samples.MORNING, Caller.SERVICE)),
                kind("pairing", "[" + PAIRING + "]", f -> new FunctionPairingStore(f).list(Samples.MORNING)),
                kind("created pairing", "{'code': 'CREATED', 'pairing': " + PAIRING + "}", StrictRowsTest::pair),
                kind("too many pairings", "{'code': 'TOO_MANY', 'next_at': " + TIME + "}", StrictRowsTest::pair),
                kind(
                        "counted attempt",
                        "{'code': 'COUNTED', 'pairings': [{'id': '0123456789ab', 'salt': '00', 'code_hash': '00'}]}",
                        f -> new FunctionPairingStore(f).count("192.0.2.1", Samples.MORNING, ATTEMPTS)),
                kind("locked attempt", "{'code': 'LOCKED', 'until': " + TIME + "}", f -> new FunctionPairingStore(f)
                        .count("192.0.2.1", Samples.MORNING, ATTEMPTS)),
                kind("schema", "{'version': 1, 'revision': 1, 'checksum': ''}", Schema::stateOf));
    }

    private static void pair(DatabaseFunctions functions) {
        NewPairing pairing = new NewPairing(
                "0123456789ab",
                new StoredCode("00", "00"),
                "k",
                "default",
                Samples.MORNING,
                Samples.MORNING.plusSeconds(1));
        new FunctionPairingStore(functions).create(pairing, 1, Caller.SERVICE);
    }

    private static Kind kind(String name, String json, Consumer<DatabaseFunctions> reader) {
        return new Kind(name, json, Set.of(), reader);
    }

    private static FunctionPeopleStore people(DatabaseFunctions functions) {
        return new FunctionPeopleStore(functions, TemplateSeal.none());
    }

    private static FunctionPeopleDirectory directory(DatabaseFunctions functions) {
        return new FunctionPeopleDirectory(functions);
    }

    private static FunctionAttendanceStore attendance(DatabaseFunctions functions) {
        return new FunctionAttendanceStore(functions);
    }

    private static FunctionCorrectionStore corrections(DatabaseFunctions functions) {
        return new FunctionCorrectionStore(functions);
    }

    private static FunctionArchiveStore archive(DatabaseFunctions functions) {
        return new FunctionArchiveStore(functions, TemplateSeal.none());
    }

    private static FunctionImportStore imports(DatabaseFunctions functions) {
        return new FunctionImportStore(functions);
    }

    private static FunctionAuditStore audit(DatabaseFunctions functions) {
        return new FunctionAuditStore(functions);
    }

    private static JsonNode parse(String json) {
        try {
            return Json.MAPPER.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void collect(JsonNode json, List<String> names) {
        if (json instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(names::add);
        }
        json.forEach(child -> collect(child, names));
    }

    /** Functions that all return the same. */
    private record Fixed(JsonNode answer) implements DatabaseFunctions {

        @Override
        public JsonNode call(FunctionCall call) {
            return answer;
        }

        @Override
        public TemplatePage templates(String modelId, long afterId, int limit) {
            return TemplatePage.of(answer);
        }

        @Override
        public ChangePage changedTemplates(String modelId, long afterChange, int limit) {
            return ChangePage.of(answer);
        }

        @Override
        public String kind() {
            return "fixed";
        }

        @Override
        public int schemaVersion() {
            return Schema.VERSION;
        }

        @Override
        public Optional<StoreHealth.Problem> problem() {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }
}
