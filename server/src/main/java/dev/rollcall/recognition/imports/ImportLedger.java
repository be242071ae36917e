package dev.rollcall.recognition.imports;

import dev.rollcall.recognition.bulk.FilePaths;
import dev.rollcall.recognition.bulk.FileProblem;
import dev.rollcall.recognition.bulk.FileResult;
import dev.rollcall.recognition.bulk.Ledger;
import dev.rollcall.recognition.imports.ImportStore.PlacedResult;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The report of an import in the database. A picture's file is deleted once its result is noted. For the thread of the worker alone. */
final class ImportLedger implements Ledger {

    private static final int BATCH = 500;
    private static final int MAX_DETAIL = 1000;
    private static final Duration RECENT = Duration.ofSeconds(2);

    private final ImportStore store;
    private final ImportFolder folder;
    private final ImportPlan plan;
    private final Clock clock;
    private boolean isEnded;
    private boolean hasProgress;
    private Instant askedAt;

    ImportLedger(ImportStore store, ImportFolder folder, ImportPlan plan, Clock clock) {
        this.store = store;
        this.folder = folder;
        this.plan = plan;
        this.clock = clock;
        this.askedAt = clock.instant();
    }

    /** Whether the import has ended meanwhile. */
    boolean isEnded() {
        return isEnded;
    }

    /** None: files with a result are left out of the plan. */
    @Override
    public Optional<FileResult.Status> earlier(String file, String userId, byte[] picture) {
        return Optional.empty();
    }

    @Override
    public void add(FileResult result, byte[] picture) throws IOException {
        if (FileProblem.EXTERNAL_ID_TAKEN.name().equals(result.code())) {
            int first = plan.firstNumber(String.valueOf(result.userId()));
            note(List.of(new PlacedResult(ImportStore.FIRST_PERSON_PLACE + first, shown(result))));
            return;
        }
        int number = plan.number(result.file());
        note(List.of(new PlacedResult(number, shown(result))));
        folder.delete(number);
        hasProgress = true;
    }

    /** Whether a picture has got its result. */
    boolean hasProgress() {
        return hasProgress;
    }

    /** Whether the import is to go on; asks the store if nothing was noted for a while. */
    boolean mayGoOn() {
        Instant now = clock.instant();
        if (!isEnded && Duration.between(askedAt, now).compareTo(RECENT) > 0) {
            askedAt = now;
            isEnded = store.read(folder.id())
                    .map(status -> status.times().endedAt() != null)
                    .orElse(true);
        }
        return !isEnded;
    }

    /** Notes what is wrong with the zip file and the list. */
    void addProblems() {
        List<PlacedResult> batch = new ArrayList<>();
        long place = ImportStore.FIRST_EXTRA_PLACE;
        for (FileResult problem : plan.problems()) {
            batch.add(new PlacedResult(place++, shown(problem)));
            if (batch.size() == BATCH) {
                note(batch);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            note(batch);
        }
    }

    private void note(List<PlacedResult> results) {
        askedAt = clock.instant();
        isEnded |= !store.note(folder.id(), results, askedAt);
    }

    /** What a list says may have any length and any character. */
    private static FileResult shown(FileResult result) {
        return new FileResult(
                ShownText.of(result.file(), FilePaths.MAX_LENGTH),
                result.userId(),
                result.status(),
                result.code(),
                shown(result.detail()));
    }

    private static @Nullable String shown(@Nullable String detail) {
        return detail == null ? null : ShownText.of(detail, MAX_DETAIL);
    }
}
