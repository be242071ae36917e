package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.rollcall.keys.Caller;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.bulk.FileResult;
import dev.rollcall.recognition.imports.ImportId;
import dev.rollcall.recognition.imports.ImportKey;
import dev.rollcall.recognition.imports.ImportStatus;
import dev.rollcall.recognition.imports.ImportStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Imports of many people in a database that is asked by its functions. Safe for use by several threads. */
public final class FunctionImportStore implements ImportStore {

    private final DatabaseFunctions functions;

    public FunctionImportStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public ImportStatus create(ImportId id, ImportKey key, int people, int files, Action by) {
        return status(AnswerRow.of(
                "create_import",
                functions.call(FunctionCall.writesOnce("create_import")
                        .with("p_id", id.value())
                        .with("p_people", people)
                        .with("p_files", files)
                        .with("p_file_key", key.hex())
                        .with("p_at", by.at())
                        .with("p_caller", Json.json(by.caller())))));
    }

    @Override
    public Optional<ImportStatus> read(ImportId id) {
        JsonNode row = functions.call(FunctionCall.reads("read_import").with("p_id", id.value()));
        return row.isNull() ? Optional.empty() : Optional.of(status(AnswerRow.of("read_import", row)));
    }

    @Override
    public boolean isErased(ImportId id, UserId userId) {
        return yes(
                "is_erased_in_import",
                functions.call(FunctionCall.reads("is_erased_in_import")
                        .with("p_id", id.value())
                        .with("p_user_id", userId.value())));
    }

    private static boolean yes(String function, JsonNode answer) {
        if (!answer.isBoolean()) {
            throw new IllegalStateException(function + " returns no boolean");
        }
        return answer.booleanValue();
    }

    private static long number(String function, JsonNode answer) {
        if (!answer.isIntegralNumber()) {
            throw new IllegalStateException(function + " returns no number");
        }
        return answer.longValue();
    }

    private static ImportStatus status(AnswerRow row) {
        return new ImportStatus(
                new ImportId(row.text("id")),
                row.constant("state", ImportStatus.State.class),
                row.textOrNull("problem"),
                new ImportStatus.Times(
                        row.instant("created_at"), row.instantOrNull("started_at"), row.instantOrNull("ended_at")),
                row.integer("people"),
                new ImportStatus.Counts(
                        row.integer("files"),
                        row.integer("done"),
                        row.integer("enrolled"),
                        row.integer("already_enrolled"),
                        row.integer("refused")));
    }

    @Override
    public Optional<Taken> take(ImportId id, Instant at) {
        JsonNode answer = functions.call(
                FunctionCall.writesOnce("take_import").with("p_id", id.value()).with("p_at", at));
        if (answer.isNull()) {
            return Optional.empty();
        }
        AnswerRow taken = AnswerRow.of("take_import", answer);
        AnswerRow caller = taken.object("caller");
        String last = taken.textOrNull("enrolled_last");
        return Optional.of(new Taken(
                ImportKey.ofHex(taken.text("file_key")),
                new Caller(
                        caller.text("key_id"),
                        caller.textOrNull("request_id"),
                        caller.textOrNull("address"),
                        caller.textOrNull("site")),
                last == null ? null : new UserId(last)));
    }

    @Override
    public boolean note(ImportId id, List<PlacedResult> results, Instant at) {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        for (PlacedResult placed : results) {
            FileResult result = placed.result();
            rows.addObject()
                    .put("place", placed.place())
                    .put("file", result.file())
                    .put("user_id", result.userId())
                    .put("status", result.status().name().toLowerCase(Locale.ROOT))
                    .put("code", result.code())
                    .put("detail", result.detail());
        }
        return yes(
                "note_import_results",
                functions.call(FunctionCall.writesOnce("note_import_results")
                        .with("p_id", id.value())
                        .with("p_results", rows)
                        .with("p_at", at)));
    }

    @Override
    public List<Long> places(ImportId id, long after, int limit) {
        List<Long> places = new ArrayList<>();
        functions
                .call(FunctionCall.reads("list_import_places")
                        .with("p_id", id.value())
                        .with("p_after", after)
                        .with("p_limit", limit))
                .forEach(place -> places.add(number("list_import_places", place)));
        return places;
    }

    @Override
    public Optional<List<ListedResult>> results(ImportId id, long after, int limit) {
        JsonNode rows = functions.call(FunctionCall.reads("list_import_results")
                .with("p_id", id.value())
                .with("p_after", after)
                .with("p_limit", limit));
        if (rows.isNull()) {
            return Optional.empty();
        }
        return Optional.of(AnswerRow.list("list_import_results", rows).stream()
                .map(row -> new ListedResult(
                        row.whole("id"),
                        new FileResult(
                                row.text("file"),
                                row.textOrNull("user_id"),
                                row.constant("status", FileResult.Status.class),
                                row.textOrNull("code"),
                                row.textOrNull("detail"))))
                .toList());
    }

    @Override
    public Optional<ImportStatus> end(ImportId id, ImportStatus.State state, @Nullable String problem, Action by) {
        JsonNode row = functions.call(FunctionCall.writesOnce("end_import")
                .with("p_id", id.value())
                .with("p_state", state.name().toLowerCase(Locale.ROOT))
                .with("p_problem", problem)
                .with("p_at", by.at())
                .with("p_caller", Json.json(by.caller())));
        return row.isNull() ? Optional.empty() : Optional.of(status(AnswerRow.of("end_import", row)));
    }

    @Override
    public int sweep(Instant before, Instant now) {
        JsonNode removed = functions.call(FunctionCall.writesOnce("sweep_imports")
                .with("p_before", before)
                .with("p_at", now));
        return Math.toIntExact(number("sweep_imports", removed));
    }
}
