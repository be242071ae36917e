package dev.rollcall.store.function;

import static dev.rollcall.store.function.RowKind.TIME;
import static dev.rollcall.store.function.RowKind.kind;

import dev.rollcall.keys.Caller;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleOrder;
import dev.rollcall.people.PeopleQuery;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.imports.ImportId;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of rows about people: enrolled, listed, and imported. */
final class PeopleRowKinds {

    private static final UserId ANN = new UserId("ann");
    private static final String TEMPLATE = "'embedding': '" + "00ff".repeat(512) + "', 'sealed_with': null";

    private PeopleRowKinds() {}

    static List<RowKind> all() {
        return Stream.of(people(), directory(), imports()).flatMap(List::stream).toList();
    }

    private static List<RowKind> people() {
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
                                + " 'corrections': [], 'correction_requests': [], 'shift_assignments': [],"
                                + " 'events': [], 'answers': [], 'imports': [],"
                                + " 'phones': [], 'phone_links': [], 'audit': []}",
                        f -> people(f).export(ANN, Samples.MORNING, Caller.SERVICE)),
                kind("counts", "{'people': 1, 'templates': 1}", f -> people(f).count()),
                kind(
                        "page of templates",
                        "{'last': 7, 'user_ids': ['ann'], 'sealed_with': [''], 'embeddings': '\\\\x"
                                + "00ff".repeat(512) + "'}",
                        f -> TemplatePage.of(f.call(FunctionCall.reads("list_templates")))));
    }

    private static List<RowKind> directory() {
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

    private static List<RowKind> imports() {
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

    private static FunctionPeopleStore people(DatabaseFunctions functions) {
        return new FunctionPeopleStore(functions, TemplateSeal.none());
    }

    private static FunctionPeopleDirectory directory(DatabaseFunctions functions) {
        return new FunctionPeopleDirectory(functions);
    }

    private static FunctionImportStore imports(DatabaseFunctions functions) {
        return new FunctionImportStore(functions);
    }
}
