package dev.rollcall.recognition.imports;

import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.bulk.FileResult.Status;
import dev.rollcall.recognition.imports.ImportStatus.State;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store of imports without a database. */
final class ImportsInMemory implements ImportStore {

    final Map<ImportId, Row> rows = new HashMap<>();
    final Set<UserId> erased = new HashSet<>();

    /** Whether imports are stored and the store then seems to be gone. */
    boolean losesAnswers;

    /** An import as it is stored. */
    static final class Row {

        private final ImportKey key;
        private final int people;
        private final int files;
        private final Action by;
        State state = State.WAITING;

        @Nullable
        String problem;

        final Map<Long, PlacedResult> results = new LinkedHashMap<>();

        Row(ImportKey key, int people, int files, Action by) {
            this.key = key;
            this.people = people;
            this.files = files;
            this.by = by;
        }

        boolean hasEnded() {
            return state != State.WAITING && state != State.RUNNING;
        }

        private int count(Status status) {
            return (int) results.values().stream()
                    .filter(row -> row.result().status() == status)
                    .count();
        }
    }

    private Row row(ImportId id) {
        return Optional.ofNullable(rows.get(id)).orElseThrow();
    }

    private ImportStatus shown(ImportId id) {
        Row row = row(id);
        int done = (int) row.results.keySet().stream()
                .filter(place -> place < FIRST_EXTRA_PLACE)
                .count();
        return new ImportStatus(
                id,
                row.state,
                row.problem,
                new ImportStatus.Times(row.by.at(), null, row.hasEnded() ? row.by.at() : null),
                row.people,
                new ImportStatus.Counts(
                        row.files,
                        done,
                        row.count(Status.ENROLLED),
                        row.count(Status.ALREADY_ENROLLED),
                        row.count(Status.REFUSED)));
    }

    @Override
    public ImportStatus create(ImportId id, ImportKey key, int people, int files, Action by) {
        rows.put(id, new Row(key, people, files, by));
        if (losesAnswers) {
            throw new StoreUnavailableException("the answer is lost", false, new IOException());
        }
        return shown(id);
    }

    @Override
    public Optional<ImportStatus> read(ImportId id) {
        return rows.containsKey(id) ? Optional.of(shown(id)) : Optional.empty();
    }

    @Override
    public boolean isErased(ImportId id, UserId userId) {
        return erased.contains(userId);
    }

    @Override
    public Optional<Taken> take(ImportId id, Instant at) {
        Row row = rows.get(id);
        if (row == null || row.hasEnded()) {
            return Optional.empty();
        }
        row.state = State.RUNNING;
        List<PlacedResult> results = List.copyOf(row.results.values());
        UserId last = null;
        if (!results.isEmpty()) {
            PlacedResult noted = results.get(results.size() - 1);
            last = noted.result().status() == Status.REFUSED || noted.result().userId() == null
                    ? null
                    : new UserId(noted.result().userId());
        }
        return Optional.of(new Taken(row.key, row.by.caller(), last));
    }

    @Override
    public boolean note(ImportId id, List<PlacedResult> results, Instant at) {
        Row row = rows.get(id);
        if (row == null) {
            return false;
        }
        for (PlacedResult placed : results) {
            if (placed.result().file().isEmpty()) {
                throw new IllegalStateException("a file without a name");
            }
        }
        results.forEach(result -> row.results.putIfAbsent(result.place(), result));
        return row.state == State.RUNNING;
    }

    @Override
    public List<Long> places(ImportId id, long after, int limit) {
        return row(id).results.keySet().stream()
                .filter(place -> place > after)
                .sorted(Comparator.naturalOrder())
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<List<ListedResult>> results(ImportId id, long after, int limit) {
        if (!rows.containsKey(id)) {
            return Optional.empty();
        }
        List<ListedResult> listed = new ArrayList<>();
        row(id).results.values().forEach(row -> listed.add(new ListedResult(listed.size() + 1, row.result())));
        return Optional.of(
                listed.stream().filter(row -> row.id() > after).limit(limit).toList());
    }

    @Override
    public Optional<ImportStatus> end(ImportId id, State state, @Nullable String problem, Action by) {
        Row row = rows.get(id);
        if (row == null) {
            return Optional.empty();
        }
        boolean isTooEarly = state == State.FINISHED && shown(id).counts().done() < row.files;
        if (!row.hasEnded() && !isTooEarly) {
            row.state = state;
            row.problem = problem;
        }
        return Optional.of(shown(id));
    }

    @Override
    public int sweep(Instant before, Instant now) {
        return 0;
    }
}
