package dev.rollcall.recognition.imports;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Page;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.recognition.bulk.ListException;
import dev.rollcall.recognition.imports.ImportStore.Action;
import dev.rollcall.recognition.imports.ImportStore.ListedResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The use cases of imports of many people: receive a zip file, tell how far it is, list its report, cancel it. Safe for use by several
 * threads.
 */
public final class ImportPeople {

    private static final Logger LOG = Logger.getLogger(ImportPeople.class);

    /** Most imports of this instance that have not ended. */
    private static final int MOST_UNFINISHED = 4;

    private final Place place;
    private final ImportStore store;
    private final ImportWorker worker;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public ImportPeople(Place place, ImportStore store, ImportWorker worker, Clock clock) {
        this.place = place;
        this.store = store;
        this.worker = worker;
        this.clock = clock;
    }

    /**
     * Where and how imports are received.
     *
     * @param root the folder of the imports' folders
     * @param zone the time zone of dates in lists
     */
    public record Place(Path root, ImportUpload.Limits limits, ZoneId zone) {

        /** The place for a largest zip file and largest picture in bytes, with memory for names and lists. */
        public static Place of(Path root, long maxBytes, int maxPictureBytes, long memory, ZoneId zone) {
            return new Place(root, ImportUpload.Limits.of(maxBytes, maxPictureBytes, memory), zone);
        }
    }

    /** The outcome of receiving. */
    public sealed interface Received {

        /** The import is stored, and the worker has begun or will begin with it. */
        record Accepted(ImportStatus created) implements Received {}

        /** Nothing was kept. */
        record Refused(Refusal refusal) implements Received {}
    }

    /** Most bytes of a zip file; 0 if nothing may be imported. */
    public long maxBytes() {
        return place.limits().maxBytes();
    }

    /**
     * Receives a zip file; it is read to its end, or to what is wrong with it.
     *
     * @throws dev.rollcall.outcome.StoreUnavailableException if the database can't be reached; if that happens while the import is
     *     stored, it may be stored, and is worked on then
     */
    public Received receive(InputStream zip, Caller caller) {
        try {
            return receiveIfRoom(zip, caller);
        } catch (ListException e) {
            return refused(Code.INVALID_REQUEST, sentence(String.valueOf(e.getMessage())));
        } catch (ZipFailure.RequestException e) {
            return refused(Code.INVALID_REQUEST, "The request ended before it was complete.");
        } catch (IOException e) {
            LOG.errorf(e, "an import can't be written");
            return refused(Code.OVERLOADED, "The import can't be written to the disk of the service.");
        } finally {
            worker.wake();
        }
    }

    private Received receiveIfRoom(InputStream zip, Caller caller) throws IOException, ListException {
        if (maxBytes() == 0) {
            return refused(Code.NOT_FOUND, "Imports are switched off by IMPORT_MAX_MB.");
        }
        if (ImportFolder.all(place.root()).size() >= MOST_UNFINISHED) {
            return refused(
                    Code.OVERLOADED, "%d imports are not finished yet. Try again later.".formatted(MOST_UNFINISHED));
        }
        ImportKey key = ImportKey.random(random);
        try (ImportFolder folder = ImportFolder.create(place.root(), ImportId.random(random))) {
            ImportPlan plan = receive(zip, folder, key);
            // If this fails, the worker finds out whether the import was stored.
            return new Received.Accepted(create(folder, plan, key, caller));
        }
    }

    private ImportPlan receive(InputStream zip, ImportFolder folder, ImportKey key) throws IOException, ListException {
        boolean isComplete = false;
        try {
            ImportIndex index = new ImportUpload(folder, key, place.limits()).receive(zip);
            ImportPlan plan = ImportPlan.of(index, folder, key, place.zone());
            isComplete = true;
            return plan;
        } finally {
            if (!isComplete) {
                folder.remove();
            }
        }
    }

    private ImportStatus create(ImportFolder folder, ImportPlan plan, ImportKey key, Caller caller) {
        return store.create(folder.id(), key, plan.people().size(), plan.files(), new Action(caller, clock.instant()));
    }

    private static Received refused(Code code, String detail) {
        return new Received.Refused(new Refusal(code, detail, Map.of()));
    }

    private static String sentence(String message) {
        return Character.toUpperCase(message.charAt(0)) + message.substring(1) + ".";
    }

    public Optional<ImportStatus> read(ImportId id) {
        return store.read(id);
    }

    /** The report after the result with an id; empty if there is no such import. */
    public Optional<Page<ListedResult>> results(ImportId id, long after, int limit) {
        return store.results(id, after, limit + 1).map(rows -> Page.of(rows, limit, ListedResult::id));
    }

    /** Ends an import; people who are enrolled stay. Empty if there is no such import. */
    public Optional<ImportStatus> cancel(ImportId id, Caller caller) {
        Optional<ImportStatus> ended =
                store.end(id, ImportStatus.State.CANCELLED, null, new Action(caller, clock.instant()));
        worker.wake();
        return ended;
    }
}
