package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.attendance.CorrectionStore;
import dev.rollcall.attendance.Direction;
import dev.rollcall.keys.By;
import dev.rollcall.people.UserId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Corrections of marks in a database, over its functions. Safe for use by several threads. */
public final class FunctionCorrectionStore implements CorrectionStore {

    private final DatabaseFunctions functions;

    public FunctionCorrectionStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public Optional<VersionedMark> read(long id) {
        JsonNode mark = functions.call(FunctionCall.reads("read_mark").with("p_id", id));
        return mark.isNull() ? Optional.empty() : Optional.of(MarkRows.versioned(AnswerRow.of("read_mark", mark)));
    }

    @Override
    public Optional<List<Event>> history(long id, long after, int limit) {
        JsonNode events = functions.call(FunctionCall.reads("mark_history")
                .with("p_id", id)
                .with("p_after", after)
                .with("p_limit", limit));
        return events.isNull()
                ? Optional.empty()
                : Optional.of(AnswerRow.list("mark_history", events).stream()
                        .map(FunctionCorrectionStore::event)
                        .toList());
    }

    private static Event event(AnswerRow row) {
        return new Event(
                row.whole("place"),
                row.constant("action", Action.class),
                row.instant("at"),
                row.textOrNull("key_id"),
                row.textOrNull("approved_by"),
                row.textOrNull("reason"),
                MarkRows.listed(row.object("mark")));
    }

    @Override
    public Result correct(Wish wish, boolean needsApproval, By by) {
        AnswerRow answer = AnswerRow.of(
                "correct_mark",
                functions.call(call(wish)
                        .with("p_reason", wish.reason())
                        .with("p_needs_approval", needsApproval)
                        .with("p_at", by.at())
                        .with("p_caller", Json.json(by.caller()))));
        return switch (answer.text("code")) {
            case "DONE" -> new Result.Done(MarkRows.versioned(answer.object("mark")));
            case "WAITING" -> new Result.Waiting(request(answer.object("request")));
            default -> new Result.Not(problem("correct_mark", answer));
        };
    }

    private static FunctionCall call(Wish wish) {
        if (wish instanceof Wish.Add add) {
            return call(Action.ADDED, add.userId(), null, null, add.mark());
        }
        if (wish instanceof Wish.Replace other) {
            return call(Action.REPLACED, null, other.id(), other.version(), other.mark());
        }
        Wish.MakeVoid end = (Wish.MakeVoid) wish;
        return call(Action.VOIDED, null, end.id(), end.version(), null);
    }

    private static FunctionCall call(
            Action action,
            @Nullable UserId userId,
            @Nullable Long mark,
            @Nullable String version,
            @Nullable NewMark proposed) {
        return FunctionCall.writes("correct_mark")
                .with("p_action", MarkRows.word(action))
                .with("p_user_id", userId == null ? null : userId.value())
                .with("p_mark", mark)
                .with("p_version", version)
                .with("p_proposed", proposed == null ? null : json(proposed));
    }

    private static JsonNode json(NewMark mark) {
        return Json.MAPPER
                .createObjectNode()
                .put("marked_at", text(mark.at()))
                .put("work_date", text(mark.workDate()))
                .put("direction", MarkRows.word(mark.direction()))
                .put("site", mark.site());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static Problem problem(String function, AnswerRow answer) {
        String code = answer.text("code");
        return switch (code) {
            case "NOT_ENROLLED" -> new Problem.NotEnrolled();
            case "UNKNOWN_SITE" -> new Problem.UnknownSite();
            case "MARK_NOT_FOUND" -> new Problem.NoSuchMark();
            case "CONFLICT" -> new Problem.Conflict();
            case "ALREADY_CORRECTED" -> new Problem.AlreadyCorrected(answer.wholeOrNull("mark"));
            case "MARK_EXISTS" -> new Problem.MarkExists(answer.whole("mark"));
            case "UNCHANGED" -> new Problem.Unchanged();
            case "CORRECTION_PENDING" -> new Problem.Pending(answer.whole("request"));
            default -> throw new IllegalStateException(function + " returned " + code);
        };
    }

    @Override
    public Decision decide(long requestId, boolean approve, @Nullable String reason, By by) {
        AnswerRow answer = AnswerRow.of(
                "decide_correction",
                functions.call(FunctionCall.writes("decide_correction")
                        .with("p_id", requestId)
                        .with("p_approve", approve)
                        .with("p_decision", reason)
                        .with("p_at", by.at())
                        .with("p_caller", Json.json(by.caller()))));
        return switch (answer.text("code")) {
            case "DECIDED" -> {
                AnswerRow mark = answer.objectOrNull("mark");
                yield new Decision.Decided(
                        request(answer.object("request")), mark == null ? null : MarkRows.versioned(mark));
            }
            case "REQUEST_NOT_FOUND" -> new Decision.NoSuchRequest();
            case "ALREADY_DECIDED" -> new Decision.AlreadyDecided(request(answer.object("request")));
            case "SAME_KEY" -> new Decision.SameKey();
            default -> new Decision.Not(problem("decide_correction", answer));
        };
    }

    @Override
    public List<Request> requests(
            @Nullable RequestState state, @Nullable UserId userId, @Nullable Long before, int limit) {
        JsonNode rows = functions.call(FunctionCall.reads("list_correction_requests")
                .with("p_state", MarkRows.word(state))
                .with("p_user_id", userId == null ? null : userId.value())
                .with("p_before", before)
                .with("p_limit", limit));
        return AnswerRow.list("list_correction_requests", rows).stream()
                .map(FunctionCorrectionStore::request)
                .toList();
    }

    private static Request request(AnswerRow row) {
        AnswerRow proposed = row.objectOrNull("proposed");
        String decidedBy = row.textOrNull("decided_by");
        return new Request(
                row.whole("id"),
                row.constant("state", RequestState.class),
                row.constant("action", Action.class),
                new UserId(row.text("user_id")),
                row.textOrNull("name"),
                row.wholeOrNull("old_mark"),
                proposed == null ? null : proposed(proposed),
                new Word(row.text("key_id"), row.instant("at"), row.text("reason")),
                decidedBy == null ? null : new Word(decidedBy, row.instant("decided_at"), row.textOrNull("decision")));
    }

    private static Proposed proposed(AnswerRow row) {
        return new Proposed(
                row.instant("marked_at"),
                row.date("work_date"),
                row.constant("direction", Direction.class),
                row.text("site"));
    }

    @Override
    public Undoing undo(long id, int seconds, String reason, By by) {
        AnswerRow answer = AnswerRow.of(
                "undo_mark",
                functions.call(FunctionCall.writes("undo_mark")
                        .with("p_id", id)
                        .with("p_seconds", seconds)
                        .with("p_reason", reason)
                        .with("p_at", by.at())
                        .with("p_caller", Json.json(by.caller()))));
        String code = answer.text("code");
        return switch (code) {
            case "UNDONE" -> new Undoing.Undone(MarkRows.versioned(answer.object("mark")));
            case "MARK_NOT_FOUND" -> new Undoing.NoSuchMark();
            case "ALREADY_CORRECTED" -> new Undoing.AlreadyCorrected(answer.wholeOrNull("mark"));
            case "TOO_LATE_TO_UNDO" -> new Undoing.TooLate();
            default -> throw new IllegalStateException("undo_mark returned " + code);
        };
    }
}
