package dev.rollcall.recognition.imports;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.recognition.bulk.BulkEnrollment;
import dev.rollcall.recognition.bulk.FileProblem;
import dev.rollcall.recognition.bulk.FileResult;
import dev.rollcall.recognition.bulk.FileResult.Status;
import dev.rollcall.recognition.bulk.PersonEnrollment;
import dev.rollcall.recognition.bulk.PersonToEnroll;
import dev.rollcall.recognition.bulk.PictureFileException;
import dev.rollcall.recognition.bulk.PictureSource.HeldPicture;
import dev.rollcall.recognition.imports.ImportPeople.Received;
import dev.rollcall.recognition.imports.ImportStatus.State;
import dev.rollcall.recognition.imports.ImportStore.Action;
import dev.rollcall.recognition.imports.ImportStore.ListedResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Imports with enrollment and database in memory, for tests. */
abstract class ImportFixture {

    static final Caller CALLER = new Caller("key", null, null);
    static final int LARGEST = 1000;

    @TempDir
    Path data;

    final ImportsInMemory store = new ImportsInMemory();

    /** What was enrolled: user id, content. */
    final List<String> enrolled = new ArrayList<>();

    final List<String> details = new ArrayList<>();

    /** The enrollment after which the database is gone; or none. */
    int failAfter = Integer.MAX_VALUE;

    /** The enrollment after which the import is cancelled; or none. */
    int cancelAfter = Integer.MAX_VALUE;

    Path root() {
        return data.resolve("imports");
    }

    ImportWorker worker() {
        return new ImportWorker(
                root(),
                store,
                new ImportWorker.Enrolling(
                        new PersonEnrollment() {
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
            String content = new String(picture.bytes(), StandardCharsets.UTF_8);
            if (content.equals("broken")) {
                throw new IllegalStateException("broken");
            }
            enrolled.add(userId + " " + content);
            if (enrolled.size() == cancelAfter) {
                store.rows
                        .keySet()
                        .forEach(id -> store.end(id, State.CANCELLED, null, new Action(CALLER, Instant.EPOCH)));
            }
            files.ledger().add(new FileResult(file, userId, Status.ENROLLED, null, null), picture.bytes());
        } catch (PictureFileException e) {
            files.ledger()
                    .add(FileResult.refused(file, userId, FileProblem.FILE_UNREADABLE, "unreadable"), new byte[0]);
        }
        if (enrolled.size() == failAfter) {
            throw new StoreUnavailableException("the database is gone", false, new IOException());
        }
    }

    ImportPeople imports(long maxBytes) {
        ImportUpload.Limits limits = new ImportUpload.Limits(maxBytes, LARGEST, LARGEST, 100_000, 0);
        return new ImportPeople(
                new ImportPeople.Place(root(), limits, ZoneOffset.UTC), store, worker(), Clock.systemUTC());
    }

    Received receive(byte[] zip) {
        return imports(1_000_000).receive(new ByteArrayInputStream(zip), CALLER);
    }

    ImportStatus accepted(Zips zip) {
        return ((Received.Accepted) receive(zip.bytes())).created();
    }

    List<String> report(ImportId id) {
        return store.results(id, 0, 1000).orElseThrow().stream()
                .map(ListedResult::result)
                .map(result -> result.file() + " " + result.status() + " " + result.code())
                .toList();
    }

    long filesLeft() throws IOException {
        try (Stream<Path> files = Files.walk(data)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    static Zips twoPeople() {
        return new Zips().with("ann/1.jpg", "a1").with("ann/2.jpg", "a2").with("bob.png", "b");
    }
}
