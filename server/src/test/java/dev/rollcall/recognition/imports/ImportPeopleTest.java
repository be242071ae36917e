package dev.rollcall.recognition.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.recognition.bulk.BulkEnrollment;
import dev.rollcall.recognition.bulk.FileResult;
import dev.rollcall.recognition.bulk.FileResult.Status;
import dev.rollcall.recognition.bulk.PersonToEnroll;
import dev.rollcall.recognition.bulk.PictureFileException;
import dev.rollcall.recognition.bulk.PictureSource.HeldPicture;
import dev.rollcall.recognition.imports.ImportPeople.Received;
import dev.rollcall.recognition.imports.ImportStore.Action;
import dev.rollcall.recognition.imports.ImportStore.ListedResult;
import dev.rollcall.recognition.imports.PeopleImport.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports from their reception to their end, with enrollment and database in memory. */
class ImportPeopleTest {

    private static final Caller CALLER = new Caller("key", null, null);
    private static final int LARGEST = 1000;

    @TempDir
    Path data;

    private final ImportsInMemory store = new ImportsInMemory();

    /** What was enrolled: user id, content. */
    private final List<String> enrolled = new ArrayList<>();

    private final List<String> details = new ArrayList<>();

    /** The enrollment after which the database is gone; or none. */
    private int failAfter = Integer.MAX_VALUE;

    /** The enrollment after which the import is cancelled; or none. */
    private int cancelAfter = Integer.MAX_VALUE;

    private Path root() {
        return data.resolve("imports");
    }

    private ImportWorker worker() {
        return new ImportWorker(
                root(),
                store,
                new ImportWorker.Enrolling(
                        new ImportWorker.PersonEnrollment() {
                            @Override
                            public void enroll(PersonToEnroll person, BulkEnrollment.Files files)
                                    throws IOException, InterruptedException {
                                for (String file : person.files()) {
                                    if (files.stopCheck().mayGoOn()) {
                                        enrollOne(person, file, files);
                                    }
                                }
                            }

                            @Override
                            public void setDetails(PersonToEnroll person, String file, BulkEnrollment.Files files) {
                                details.add(person.identity().userId() + " " + person.group());
                            }
                        },
                        bytes -> Optional.of(() -> {}),
                        () -> {}),
                ZoneOffset.UTC,
                Clock.systemUTC());
    }

    private void enrollOne(PersonToEnroll person, String file, BulkEnrollment.Files files)
            throws IOException, InterruptedException {
        String userId = person.identity().userId().value();
        try (HeldPicture picture = files.pictures().read(file)) {
            enrolled.add(userId + " " + new String(picture.bytes(), StandardCharsets.UTF_8));
            if (enrolled.size() == cancelAfter) {
                store.rows
                        .keySet()
                        .forEach(id -> store.end(id, State.CANCELLED, null, new Action(CALLER, Instant.EPOCH)));
            }
            files.ledger().add(new FileResult(file, userId, Status.ENROLLED, null, null), picture.bytes());
        } catch (PictureFileException e) {
            throw new IllegalStateException(e);
        }
        if (enrolled.size() == failAfter) {
            throw new StoreUnavailableException("the database is gone", false, new IOException());
        }
    }

    private ImportPeople imports(long maxBytes) {
        ImportUpload.Limits limits = new ImportUpload.Limits(maxBytes, LARGEST, LARGEST, 100_000, 0);
        return new ImportPeople(
                new ImportPeople.Place(root(), limits, ZoneOffset.UTC), store, worker(), Clock.systemUTC());
    }

    private Received receive(byte[] zip) throws IOException {
        return imports(1_000_000).receive(new ByteArrayInputStream(zip), CALLER);
    }

    private PeopleImport accepted(Zips zip) throws IOException {
        return ((Received.Accepted) receive(zip.bytes())).created();
    }

    private List<String> report(ImportId id) {
        return store.results(id, 0, 1000).orElseThrow().stream()
                .map(ListedResult::result)
                .map(result -> result.file() + " " + result.status() + " " + result.code())
                .toList();
    }

    private long filesLeft() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static Zips twoPeople() {
        return new Zips().with("ann/1.jpg", "a1").with("ann/2.jpg", "a2").with("bob.png", "b");
    }

    @Test
    void receivedImport_waitsWithFilesThatNobodyElseCanRead() throws IOException {
        PeopleImport created = accepted(twoPeople());

        assertThat(created.state()).isEqualTo(State.WAITING);
        assertThat(created.people()).isEqualTo(2);
        assertThat(created.counts().files()).isEqualTo(3);
        Path folder = root().resolve(created.id().value());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList()).hasSize(5).allSatisfy(file -> {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("a1", "ann");
            });
        }
    }

    @Test
    void worker_enrollsEverybodyAndRemovesTheFiles() throws Exception {
        PeopleImport created = accepted(twoPeople());

        worker().workOnce();

        assertThat(enrolled).containsExactly("ann a1", "ann a2", "bob b");
        assertThat(store.read(created.id()).orElseThrow().state()).isEqualTo(State.FINISHED);
        assertThat(report(created.id()))
                .containsExactly("ann/1.jpg ENROLLED null", "ann/2.jpg ENROLLED null", "bob.png ENROLLED null");
        assertThat(filesLeft()).isZero();
    }

    @Test
    void interruptedImport_isContinuedAndNothingIsEnrolledTwice() throws Exception {
        PeopleImport created =
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
        PeopleImport created = accepted(twoPeople());
        cancelAfter = 1;

        worker().workOnce();

        assertThat(enrolled).containsExactly("ann a1");
        assertThat(store.read(created.id()).orElseThrow().state()).isEqualTo(State.CANCELLED);
        assertThat(filesLeft()).isZero();
    }

    @Test
    void importThatIsCancelledBeforeItBegins_isRemoved() throws Exception {
        PeopleImport created = accepted(twoPeople());

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
        PeopleImport created = accepted(twoPeople());
        Files.write(root().resolve(created.id().value()).resolve("index"), new byte[100]);

        worker().workOnce();

        assertThat(store.read(created.id()).orElseThrow().state()).isEqualTo(State.FAILED);
        assertThat(filesLeft()).isZero();
    }

    @Test
    void filesThatCannotBeUsed_areInTheReport() throws Exception {
        PeopleImport created = accepted(new Zips()
                .with("../ann.jpg", "x")
                .with("bob.jpg", "x".repeat(LARGEST + 1))
                .with("cleo.jpg", "c"));

        worker().workOnce();

        assertThat(report(created.id()))
                .containsExactly(
                        "../ann.jpg REFUSED PATH_INVALID", "bob.jpg REFUSED FILE_TOO_LARGE", "cleo.jpg ENROLLED null");
    }

    @Test
    void refusedUploads_leaveNothing() throws IOException {
        byte[] zip = twoPeople().bytes();
        byte[] half = Arrays.copyOf(zip, zip.length / 2);

        assertThat(receive(half)).isInstanceOfSatisfying(Received.Refused.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(Code.INVALID_REQUEST));
        assertThat(receive(new Zips().with("list.csv", "color\nred\n").bytes()))
                .isInstanceOfSatisfying(Received.Refused.class, refused -> assertThat(
                                refused.refusal().detail())
                        .startsWith("The first line of the list of people must name its columns"));
        assertThat(imports(0).receive(new ByteArrayInputStream(zip), CALLER)).isInstanceOf(Received.Refused.class);
        assertThat(filesLeft()).isZero();
        assertThat(store.rows).isEmpty();
    }

    @Test
    void fifthUnfinishedImport_isRefused() throws IOException {
        for (int i = 0; i < 4; i++) {
            accepted(twoPeople());
        }

        assertThat(receive(twoPeople().bytes())).isInstanceOfSatisfying(Received.Refused.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(Code.OVERLOADED));
    }
}
