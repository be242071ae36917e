package dev.rollcall.recognition.imports;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.bulk.BulkEnrollment;
import dev.rollcall.recognition.bulk.FileProblem;
import dev.rollcall.recognition.bulk.FileResult;
import dev.rollcall.recognition.bulk.ListException;
import dev.rollcall.recognition.bulk.PersonEnrollment;
import dev.rollcall.recognition.bulk.PersonToEnroll;
import dev.rollcall.recognition.imports.ImportStore.Action;
import dev.rollcall.recognition.imports.ImportStore.Taken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The thread that enrolls the people of imports, one picture after another: all imports whose files this instance has, the oldest
 * first. An import that was interrupted is continued, and a folder whose import has ended is removed. Safe for use by several
 * threads.
 */
public final class ImportWorker implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ImportWorker.class);
    private static final Duration PAUSE = Duration.ofSeconds(60);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final long STOP_LIMIT_MS = 5_000;
    private static final int PLACES_PER_CALL = 10_000;

    /** How often an import may fail without a result for any further picture. */
    private static final int MOST_FAILURES = 3;

    private final Path root;
    private final ImportStore store;
    private final Enrolling enrolling;
    private final ZoneId zone;
    private final Clock clock;
    private final Map<ImportId, Integer> failures = new HashMap<>();
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "import");

    /**
     * Creates the worker; it does nothing until it is started.
     *
     * @param root the folder of the imports' folders
     * @param zone the time zone of dates in lists
     */
    public ImportWorker(Path root, ImportStore store, Enrolling enrolling, ZoneId zone, Clock clock) {
        this.root = root;
        this.store = store;
        this.enrolling = enrolling;
        this.zone = zone;
        this.clock = clock;
    }

    /**
     * What enrolls.
     *
     * @param pace waits while requests have precedence
     */
    public record Enrolling(PersonEnrollment people, PictureMemory memory, ImportPace pace) {}

    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Tells that there is work: an import was received or cancelled. */
    public void wake() {
        wakeUps.release();
    }

    private void run() {
        try {
            while (true) {
                boolean succeeds = tryWork();
                Duration pause = succeeds ? PAUSE : PAUSE_AFTER_FAILURE;
                if (wakeUps.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tryWork() throws InterruptedException {
        try {
            return workOnce();
        } catch (StoreUnavailableException e) {
            LOG.warnf("imports are interrupted and will be continued: %s", e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "imports are interrupted and will be continued");
        } catch (OutOfMemoryError e) {
            LOG.error("imports are interrupted and will be continued: too little memory");
        }
        return false;
    }

    /**
     * Works on all imports that there are. One that fails several times without a result for any further picture ends as failed, so
     * that it doesn't keep others waiting.
     *
     * @return whether none of them was interrupted
     */
    boolean workOnce() throws IOException, InterruptedException {
        boolean succeeds = true;
        for (ImportId id : ImportFolder.all(root)) {
            succeeds &= tryWorkOn(id);
        }
        return succeeds;
    }

    private boolean tryWorkOn(ImportId id) throws InterruptedException {
        try (ImportFolder folder = ImportFolder.open(root, id).orElse(null)) {
            return folder == null || tryWorkOn(folder);
        } catch (IOException e) {
            LOG.errorf(e, "the folder of the import %s can't be used", id);
            return false;
        }
    }

    private boolean tryWorkOn(ImportFolder folder) throws IOException, InterruptedException {
        try {
            workOn(folder);
            failures.remove(folder.id());
            return true;
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "the import %s is interrupted", folder.id());
            if (failures.merge(folder.id(), 1, Integer::sum) >= MOST_FAILURES) {
                failures.remove(folder.id());
                end(
                        folder,
                        ImportStatus.State.FAILED,
                        "The service failed several times on the same picture: see its log.");
            }
            return false;
        }
    }

    private void workOn(ImportFolder folder) throws IOException, InterruptedException {
        Taken taken = store.take(folder.id(), clock.instant()).orElse(null);
        if (taken == null) {
            folder.remove();
            return;
        }
        ImportPlan plan = plan(folder, taken.key());
        if (plan == null) {
            end(folder, ImportStatus.State.FAILED, "The files that were received are damaged.");
            return;
        }
        ImportLedger ledger = new ImportLedger(store, folder, plan, clock);
        try {
            ledger.addProblems();
            enroll(folder, plan, taken, ledger);
        } finally {
            if (ledger.hasProgress()) {
                failures.remove(folder.id());
            }
        }
        if (ledger.isEnded()) {
            folder.remove();
        } else {
            end(folder, ImportStatus.State.FINISHED, null);
        }
    }

    private @Nullable ImportPlan plan(ImportFolder folder, ImportKey key) throws IOException {
        try (InputStream in = folder.readIndex(key)) {
            return ImportPlan.of(ImportIndex.read(in), folder, key, zone);
        } catch (NoSuchFileException | EncryptedFile.ChangedException | ListException e) {
            LOG.errorf(e, "the files of the import %s are damaged", folder.id());
            return null;
        }
    }

    private void enroll(ImportFolder folder, ImportPlan plan, Taken taken, ImportLedger ledger)
            throws IOException, InterruptedException {
        Set<Integer> done = done(folder);
        UserId enrolledLast = taken.enrolledLast();
        ImportPictures pictures = new ImportPictures(folder, taken.key(), plan, enrolling, ledger::mayGoOn);
        BulkEnrollment.Files files = new BulkEnrollment.Files(pictures, ledger, ledger::mayGoOn, taken.caller());
        for (PersonToEnroll person : plan.people()) {
            if (ledger.isEnded()) {
                return;
            }
            if (person.identity().userId().equals(enrolledLast)) {
                enrolling.people().setDetails(person, person.files().get(0), files);
            }
            PersonToEnroll remaining = person.withFiles(remaining(person, plan, done, folder));
            if (remaining.files().isEmpty()) {
                continue;
            }
            if (store.isErased(folder.id(), person.identity().userId())) {
                refuseErased(remaining, ledger);
            } else {
                enrolling.people().enroll(remaining, files);
            }
        }
    }

    private static void refuseErased(PersonToEnroll person, ImportLedger ledger) throws IOException {
        for (String file : person.files()) {
            FileResult refused = FileResult.refused(
                    file,
                    person.identity().userId().value(),
                    FileProblem.PERSON_ERASED,
                    "The person was erased since the import was received.");
            ledger.add(refused, new byte[0]);
        }
    }

    /** The numbers of the files that have a result. */
    private Set<Integer> done(ImportFolder folder) {
        Set<Integer> done = new HashSet<>();
        long after = -1;
        List<Long> places = store.places(folder.id(), after, PLACES_PER_CALL);
        while (!places.isEmpty()) {
            for (long place : places) {
                after = place;
                if (place < ImportStore.FIRST_EXTRA_PLACE) {
                    done.add((int) place);
                }
            }
            places = store.places(folder.id(), after, PLACES_PER_CALL);
        }
        return done;
    }

    private static List<String> remaining(
            PersonToEnroll person, ImportPlan plan, Set<Integer> done, ImportFolder folder) throws IOException {
        for (String file : person.files()) {
            if (done.contains(plan.number(file))) {
                folder.delete(plan.number(file));
            }
        }
        return person.files().stream()
                .filter(file -> !done.contains(plan.number(file)))
                .toList();
    }

    private void end(ImportFolder folder, ImportStatus.State state, @Nullable String problem) throws IOException {
        boolean isEnded = store.end(folder.id(), state, problem, new Action(Caller.SERVICE, clock.instant()))
                .map(status -> status.times().endedAt() != null)
                .orElse(true);
        if (!isEnded) {
            throw new IllegalStateException("the import %s has files without a result".formatted(folder.id()));
        }
        folder.remove();
        LOG.infof("the import %s has ended: %s", folder.id(), state);
    }

    /** Stops after the picture under way. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOP_LIMIT_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
