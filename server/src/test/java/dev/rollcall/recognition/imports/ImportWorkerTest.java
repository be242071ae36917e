package dev.rollcall.recognition.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.imports.ImportStatus.State;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The work on received imports until they end, what it leaves, and what is in their reports. */
class ImportWorkerTest extends ImportFixture {

    @Test
    void worker_enrollsEverybodyAndRemovesTheFiles() throws Exception {
        ImportStatus created = accepted(twoPeople());

        worker().workOnce();

        assertThat(enrolled).containsExactly("ann a1", "ann a2", "bob b");
        assertThat(store.read(created.id()).orElseThrow().state()).isEqualTo(State.FINISHED);
        assertThat(report(created.id()))
                .containsExactly("ann/1.jpg ENROLLED null", "ann/2.jpg ENROLLED null", "bob.png ENROLLED null");
        assertThat(filesLeft()).isZero();
    }

    @Test
    void interruptedImport_isContinuedAndNothingIsEnrolledTwice() throws Exception {
        ImportStatus created =
                accepted(twoPeople().with("list.csv", "user_id,group,file\nann,red,ann\nbob,,bob.png\ncleo,,\n"));
        failAfter = 1;
        assertThatThrownBy(() -> worker().workOnce()).isInstanceOf(StoreUnavailableException.class);
        assertThat(details).isEmpty();

        worker().workOnce();

        assertThat(enrolled).containsExactly("ann a1", "ann a2", "bob b");
        assertThat(details)
                .as("may not have been stored when it was interrupted")
                .containsExactly("ann red");
        assertThat(report(created.id()))
                .containsExactly(
                        "line 4 REFUSED FILE_MISSING",
                        "ann/1.jpg ENROLLED null",
                        "ann/2.jpg ENROLLED null",
                        "bob.png ENROLLED null");
        assertThat(store.read(created.id()).orElseThrow().counts().done()).isEqualTo(3);
        assertThat(filesLeft()).isZero();
    }

    @Test
    void cancelledImport_stopsAfterThePictureUnderWay() throws Exception {
        ImportStatus created = accepted(twoPeople());
        cancelAfter = 1;

        worker().workOnce();

        assertThat(enrolled).containsExactly("ann a1");
        assertThat(store.read(created.id()).orElseThrow().state()).isEqualTo(State.CANCELLED);
        assertThat(filesLeft()).isZero();
    }

    @Test
    void importThatIsCancelledBeforeItBegins_isRemoved() throws Exception {
        ImportStatus created = accepted(twoPeople());

        imports(1).cancel(created.id(), CALLER);
        worker().workOnce();

        assertThat(enrolled).isEmpty();
        assertThat(filesLeft()).isZero();
    }

    @Test
    void folderWithoutAnImport_isRemoved() throws Exception {
        accepted(twoPeople());
        store.rows.clear();

        worker().workOnce();

        assertThat(filesLeft()).isZero();
    }

    @Test
    void folderThatIsBeingReceived_isLeftAlone() throws Exception {
        ImportId id = new ImportId("a".repeat(32));
        try (ImportFolder folder = ImportFolder.create(root(), id)) {
            worker().workOnce();

            assertThat(ImportFolder.all(root())).containsExactly(folder.id());
        }
    }

    @Test
    void damagedIndex_failsTheImport() throws Exception {
        ImportStatus created = accepted(twoPeople());
        Files.write(root().resolve(created.id().value()).resolve("index"), new byte[100]);

        worker().workOnce();

        assertThat(store.read(created.id()).orElseThrow().state()).isEqualTo(State.FAILED);
        assertThat(filesLeft()).isZero();
    }

    @Test
    void filesThatCannotBeUsed_areInTheReport() throws Exception {
        ImportStatus created = accepted(new Zips()
                .with("../ann.jpg", "x")
                .with("bob.jpg", "x".repeat(LARGEST + 1))
                .with("cleo.jpg", "c"));

        worker().workOnce();

        assertThat(report(created.id()))
                .containsExactly(
                        "../ann.jpg REFUSED PATH_INVALID", "bob.jpg REFUSED FILE_TOO_LARGE", "cleo.jpg ENROLLED null");
    }

    @Test
    void reportsAndOtherTables_areNeitherListsNorPictures() throws Exception {
        ImportStatus created = accepted(new Zips()
                .with("staff-report.csv", "file,user_id,status,code,detail,sha256\nann.jpg,bob,enrolled,,,\n")
                .with("notes.jsonl", "{}")
                .with("ann.jpg", "a")
                .with("bob/notes.csv", "user_id\nx\n")
                .with("bob/1.jpg", "b"));

        worker().workOnce();

        assertThat(report(created.id())).containsExactly("ann.jpg ENROLLED null", "bob/1.jpg ENROLLED null");
    }

    @Test
    void fileWithoutAName_isInTheReport() throws Exception {
        ImportStatus created = accepted(new Zips().with("", "x").with("cleo.jpg", "c"));

        worker().workOnce();

        assertThat(report(created.id())).containsExactly("(no name) REFUSED PATH_INVALID", "cleo.jpg ENROLLED null");
    }

    @Test
    void importThatFailsAgainAndAgain_endsAndKeepsNobodyWaiting() throws Exception {
        ImportStatus broken = accepted(new Zips().with("ann.jpg", "broken"));
        ImportStatus next = accepted(new Zips().with("bob.jpg", "b"));
        ImportWorker worker = worker();

        assertThat(worker.workOnce()).isFalse();

        assertThat(store.read(next.id()).orElseThrow().state()).isEqualTo(State.FINISHED);
        assertThat(store.read(broken.id()).orElseThrow().state()).isEqualTo(State.RUNNING);
        worker.workOnce();
        worker.workOnce();
        assertThat(store.read(broken.id()).orElseThrow().state()).isEqualTo(State.FAILED);
        assertThat(filesLeft()).isZero();
    }

    @Test
    void personWhoWasErasedMeanwhile_isNotEnrolled() throws Exception {
        ImportStatus created = accepted(twoPeople());
        store.erased.add(new UserId("ann"));

        worker().workOnce();

        assertThat(enrolled).containsExactly("bob b");
        assertThat(report(created.id())).contains("ann/1.jpg REFUSED PERSON_ERASED", "bob.png ENROLLED null");
        assertThat(filesLeft()).isZero();
    }

    @Test
    void pictureThatWasChangedOnTheDisk_isRefused() throws Exception {
        ImportStatus created = accepted(new Zips().with("ann.jpg", "a").with("bob.jpg", "b"));
        Files.write(root().resolve(created.id().value()).resolve("0.picture"), new byte[5]);

        worker().workOnce();

        assertThat(report(created.id())).containsExactly("ann.jpg REFUSED FILE_UNREADABLE", "bob.jpg ENROLLED null");
    }

    @Test
    void importThatMayHaveBeenStored_keepsItsFilesUntilThatIsKnown() throws Exception {
        store.losesAnswers = true;
        assertThatThrownBy(() -> accepted(twoPeople())).isInstanceOf(StoreUnavailableException.class);

        worker().workOnce();

        assertThat(enrolled).containsExactly("ann a1", "ann a2", "bob b");
        assertThat(filesLeft()).isZero();
    }
}
