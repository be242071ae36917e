package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditStore;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.bulk.FileResult;
import dev.rollcall.recognition.bulk.FileResult.Status;
import dev.rollcall.recognition.imports.ImportId;
import dev.rollcall.recognition.imports.ImportKey;
import dev.rollcall.recognition.imports.ImportStatus;
import dev.rollcall.recognition.imports.ImportStatus.Counts;
import dev.rollcall.recognition.imports.ImportStatus.State;
import dev.rollcall.recognition.imports.ImportStore;
import dev.rollcall.recognition.imports.ImportStore.Action;
import dev.rollcall.recognition.imports.ImportStore.ListedResult;
import dev.rollcall.recognition.imports.ImportStore.PlacedResult;
import dev.rollcall.recognition.imports.ImportStore.Taken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of imports must do. */
interface ImportStoreContract {

    String KEY = "00112233445566778899aabbccddeeff".repeat(2);
    Action AT_MORNING = new Action(CALLER, MORNING);

    ImportStore imports();

    PeopleStore people();

    AuditStore audit();

    private ImportId newImport(int files) {
        ImportId id = new ImportId(UUID.randomUUID().toString().replace("-", ""));
        imports().create(id, ImportKey.ofHex(KEY), 2, files, AT_MORNING);
        return id;
    }

    private static PlacedResult result(long place, UserId userId, Status status) {
        String code = status == Status.REFUSED ? "NO_FACE" : null;
        return new PlacedResult(
                place,
                new FileResult(
                        "ann/" + place + ".jpg", userId.value(), status, code, code == null ? null : "No face."));
    }

    private List<ListedResult> results(ImportId id) {
        return imports().results(id, 0, 1000).orElseThrow();
    }

    @Test
    default void createdImport_waits() {
        ImportId id = newImport(3);

        ImportStatus stored = imports().read(id).orElseThrow();

        assertThat(stored)
                .isEqualTo(new ImportStatus(
                        id,
                        State.WAITING,
                        null,
                        new ImportStatus.Times(MORNING, null, null),
                        2,
                        new Counts(3, 0, 0, 0, 0)));
        assertThat(results(id)).isEmpty();
    }

    @Test
    default void unknownImport_isNone() {
        ImportId unknown = new ImportId("0".repeat(32));

        assertThat(imports().read(unknown)).isEmpty();
        assertThat(imports().take(unknown, MORNING)).isEmpty();
        assertThat(imports().results(unknown, 0, 10)).isEmpty();
        assertThat(imports().end(unknown, State.CANCELLED, null, AT_MORNING)).isEmpty();
        assertThat(imports().note(unknown, List.of(result(0, newUserId(), Status.ENROLLED)), MORNING))
                .isFalse();
    }

    @Test
    default void takenImport_runsWithItsKeyAndItsCaller() {
        ImportId id = newImport(3);

        Taken taken = imports().take(id, MORNING.plusSeconds(5)).orElseThrow();

        assertThat(taken.key().hex()).isEqualTo(KEY);
        assertThat(taken.caller()).isEqualTo(CALLER);
        assertThat(taken.enrolledLast()).isNull();
        assertThat(imports().read(id).orElseThrow().state()).isEqualTo(State.RUNNING);
        assertThat(imports().read(id).orElseThrow().times().startedAt()).isEqualTo(MORNING.plusSeconds(5));
    }

    @Test
    default void importThatIsTakenAgain_tellsWhoWasEnrolledLast() {
        ImportId id = newImport(3);
        UserId ann = newUserId();
        imports().take(id, MORNING);
        imports().note(id, List.of(result(0, ann, Status.ENROLLED)), MORNING);

        assertThat(imports().take(id, MORNING).orElseThrow().enrolledLast()).isEqualTo(ann);

        imports().note(id, List.of(result(1, ann, Status.REFUSED)), MORNING);

        assertThat(imports().take(id, MORNING).orElseThrow().enrolledLast()).isNull();
    }

    @Test
    default void results_areNotedOnceAndCounted() {
        ImportId id = newImport(3);
        UserId ann = newUserId();
        imports().take(id, MORNING);
        List<PlacedResult> results = List.of(
                result(7, ann, Status.ENROLLED),
                result(2, ann, Status.ALREADY_ENROLLED),
                result(5, ann, Status.REFUSED),
                result(ImportStore.FIRST_EXTRA_PLACE, ann, Status.REFUSED));

        assertThat(imports().note(id, results, MORNING)).isTrue();
        assertThat(imports().note(id, results, MORNING)).isTrue();

        assertThat(imports().read(id).orElseThrow().counts()).isEqualTo(new Counts(3, 3, 1, 1, 2));
        assertThat(results(id))
                .extracting(ListedResult::result)
                .containsExactlyElementsOf(
                        results.stream().map(PlacedResult::result).toList());
        assertThat(imports().places(id, 2, 2)).containsExactly(5L, 7L);
    }

    @Test
    default void results_areListedPageByPage() {
        ImportId id = newImport(3);
        UserId ann = newUserId();
        imports().take(id, MORNING);
        for (int place = 0; place < 3; place++) {
            imports().note(id, List.of(result(place, ann, Status.ENROLLED)), MORNING);
        }

        List<ListedResult> first = imports().results(id, 0, 2).orElseThrow();

        assertThat(first).extracting(row -> row.result().file()).containsExactly("ann/0.jpg", "ann/1.jpg");
        assertThat(imports().results(id, first.get(1).id(), 2).orElseThrow())
                .extracting(row -> row.result().file())
                .containsExactly("ann/2.jpg");
    }

    @Test
    default void endedImport_isNotTakenAndStaysAsItEnded() {
        ImportId id = newImport(1);
        imports().take(id, MORNING);

        imports().end(id, State.CANCELLED, null, AT_MORNING);

        assertThat(imports().note(id, List.of(result(0, newUserId(), Status.ENROLLED)), MORNING))
                .isFalse();
        assertThat(imports().take(id, MORNING)).isEmpty();
        assertThat(imports()
                        .end(id, State.FINISHED, null, AT_MORNING)
                        .orElseThrow()
                        .state())
                .isEqualTo(State.CANCELLED);
        assertThat(imports().read(id).orElseThrow().times().endedAt()).isEqualTo(MORNING);
        assertThat(imports().read(id).orElseThrow().counts().done())
                .as("what was enrolled while it was cancelled is in the report")
                .isEqualTo(1);
    }

    @Test
    default void receptionAndEnd_areInTheAuditLogOnce() {
        ImportId id = newImport(1);
        imports().create(id, ImportKey.ofHex(KEY), 2, 1, AT_MORNING);
        imports().end(id, State.FAILED, "The files are gone.", AT_MORNING);
        imports().end(id, State.FAILED, "The files are gone.", AT_MORNING);

        for (String action : List.of("IMPORT_RECEIVED", "IMPORT_ENDED")) {
            assertThat(audit().list(new AuditStore.Query(action, null, null, null, null, null, null, 1000)))
                    .filteredOn(entry -> entry.details().contains(id.value()))
                    .hasSize(1);
        }
    }

    @Test
    default void endedImports_areRemovedAfterATimeAndForgottenOnesFail() {
        Instant longAgo = Instant.parse("2001-01-01T00:00:00Z");
        ImportId ended = new ImportId("a".repeat(32));
        ImportId forgotten = new ImportId("b".repeat(32));
        imports().create(ended, ImportKey.ofHex(KEY), 1, 1, new Action(CALLER, longAgo));
        imports().create(forgotten, ImportKey.ofHex(KEY), 1, 1, new Action(CALLER, longAgo));
        imports().end(ended, State.CANCELLED, null, new Action(CALLER, longAgo));
        ImportId present = newImport(1);

        int removed = imports().sweep(longAgo.plus(Duration.ofDays(1)), MORNING);

        assertThat(removed).isEqualTo(1);
        assertThat(imports().read(ended)).isEmpty();
        assertThat(imports().read(forgotten).orElseThrow().state()).isEqualTo(State.FAILED);
        assertThat(audit().list(new AuditStore.Query("IMPORT_ENDED", null, null, null, null, null, null, 1000)))
                .filteredOn(entry -> entry.details().contains(forgotten.value()))
                .hasSize(1);
        assertThat(imports().read(present).orElseThrow().state()).isEqualTo(State.WAITING);
        imports().sweep(MORNING.plusNanos(1000), MORNING);
    }

    @Test
    default void resultsAboutAPerson_areExportedAndErased() {
        ImportId id = newImport(2);
        UserId ann = newUserId();
        UserId bob = newUserId();
        Samples.enroll(people(), ann, 1);
        imports().take(id, MORNING);
        imports().note(id, List.of(result(0, ann, Status.ENROLLED), result(1, bob, Status.REFUSED)), MORNING);

        assertThat(people().export(ann, MORNING, CALLER).orElseThrow()).contains(id.value(), "ann/0.jpg");
        assertThat(people().export(bob, MORNING, CALLER).orElseThrow()).contains("ann/1.jpg");

        people().erase(ann, MORNING, PeopleStore.KeptMarks.KEEP, CALLER);

        assertThat(results(id)).extracting(row -> row.result().userId()).containsExactly(null, bob.value());
        assertThat(people().erase(bob, MORNING, PeopleStore.KeptMarks.KEEP, CALLER))
                .as("also of somebody who was never enrolled")
                .isPresent();
        assertThat(results(id))
                .extracting(row -> row.result().userId() + " " + row.result().file())
                .containsExactly("null erased", "null erased");
        assertThat(people().export(bob, MORNING, CALLER).orElse("")).doesNotContain("ann/1.jpg");
    }

    @Test
    default void personWhoIsErasedWhileAnImportRuns_staysErased() {
        ImportId id = newImport(2);
        UserId ann = newUserId();
        imports().take(id, MORNING);
        assertThat(imports().isErased(id, ann)).isFalse();
        Samples.enroll(people(), ann, 1);
        people().erase(ann, MORNING, PeopleStore.KeptMarks.KEEP, CALLER);

        assertThat(imports().isErased(id, ann)).isTrue();
        Samples.enroll(people(), ann, 1);
        assertThat(imports().note(id, List.of(result(0, ann, Status.ENROLLED)), MORNING))
                .isTrue();

        assertThat(people().find(ann, Samples.MODEL)).as("a picture under way").isEmpty();
        assertThat(results(id))
                .extracting(row -> row.result().userId() + " " + row.result().file())
                .containsExactly("null erased");
        imports().end(id, State.CANCELLED, null, AT_MORNING);
        assertThat(imports().isErased(id, ann)).isFalse();
    }

    @Test
    default void importWithFilesThatHaveNoResult_isNotFinished() {
        ImportId id = newImport(2);
        imports().take(id, MORNING);
        imports().note(id, List.of(result(0, newUserId(), Status.ENROLLED)), MORNING);

        assertThat(imports()
                        .end(id, State.FINISHED, null, AT_MORNING)
                        .orElseThrow()
                        .state())
                .isEqualTo(State.RUNNING);
        imports().note(id, List.of(result(1, newUserId(), Status.ENROLLED)), MORNING);
        assertThat(imports()
                        .end(id, State.FINISHED, null, AT_MORNING)
                        .orElseThrow()
                        .state())
                .isEqualTo(State.FINISHED);
    }
}
