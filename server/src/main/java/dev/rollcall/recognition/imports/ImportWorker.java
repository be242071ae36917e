package dev.rollcall.recognition.imports;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.bulk.BulkEnrollment;
import dev.rollcall.recognition.bulk.ListException;
import dev.rollcall.recognition.bulk.PersonToEnroll;
import dev.rollcall.recognition.imports.ImportStore.Action;
import dev.rollcall.recognition.imports.ImportStore.Taken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
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

    private final Path root;
    private final ImportStore store;
    private final Enrolling enrolling;
    private final ZoneId zone;
    private final Clock clock;
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

    /** The enrollment of one person, by {@link BulkEnrollment}. */
    public interface PersonEnrollment {

        /** Enrolls a person with all files, and notes a result for each. */
        void enroll(PersonToEnroll person, BulkEnrollment.Files files) throws IOException, InterruptedException;

        /** Stores a person's group and external_id, which an interrupted enrollment may not have done. */
        void setDetails(PersonToEnroll person, String file, BulkEnrollment.Files files) throws IOException;
    }

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
            workOnce();
            return true;
        } catch (StoreUnavailableException e) {
            LOG.warnf("an import is interrupted and will be continued: %s", e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.errorf(e, "an import is interrupted and will be continued");
        }
        return false;
    }

    /** Works on all imports that there are. */
    void workOnce() throws IOException, InterruptedException {
        for (ImportId id : ImportFolder.all(root)) {
            try (ImportFolder folder = ImportFolder.open(root, id).orElse(null)) {
                if (folder != null) {
                    workOn(folder);
                }
            }
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
            end(folder, PeopleImport.State.FAILED, "The files that were received are damaged.");
            return;
        }
        ImportLedger ledger = new ImportLedger(store, folder, plan, clock);
        ledger.addProblems();
        enroll(folder, plan, taken, ledger);
        if (ledger.isEnded()) {
            folder.remove();
        } else {
            end(folder, PeopleImport.State.FINISHED, null);
        }
    }

    private @Nullable ImportPlan plan(ImportFolder folder, ImportKey key) {
        try (InputStream in = folder.readIndex(key)) {
            return ImportPlan.of(ImportIndex.read(in), folder, key, zone);
        } catch (IOException | ListException e) {
            LOG.errorf(e, "the files of the import %s are damaged", folder.id());
            return null;
        }
    }

    private void enroll(ImportFolder folder, ImportPlan plan, Taken taken, ImportLedger ledger)
            throws IOException, InterruptedException {
        Set<Integer> done = done(folder);
        UserId enrolledLast = taken.enrolledLast();
        BulkEnrollment.Files files = new BulkEnrollment.Files(
                new ImportPictures(folder, taken.key(), plan, enrolling),
                ledger,
                () -> !ledger.isEnded(),
                taken.caller());
        for (PersonToEnroll person : plan.people()) {
            if (ledger.isEnded()) {
                return;
            }
            if (person.identity().userId().equals(enrolledLast)) {
                enrolling.people().setDetails(person, person.files().get(0), files);
            }
            PersonToEnroll remaining = person.withFiles(remaining(person, plan, done, folder));
            if (!remaining.files().isEmpty()) {
                enrolling.people().enroll(remaining, files);
            }
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

    private void end(ImportFolder folder, PeopleImport.State state, @Nullable String problem) throws IOException {
        store.end(folder.id(), state, problem, new Action(Caller.SERVICE, clock.instant()));
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
