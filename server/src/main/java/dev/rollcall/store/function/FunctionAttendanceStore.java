package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.MarkFilter;
import dev.rollcall.attendance.MarkOrder;
import dev.rollcall.attendance.WorkDays.NextDay;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.AnswerStore;
import dev.rollcall.recognition.KeptAnswer;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.MarkBasis;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Marks, and answers kept for repeated requests, in a database, over its functions. Safe for use by several
 * threads.
 */
public final class FunctionAttendanceStore implements AttendanceStore, AnswerStore {

    /** How long after the moment that is asked for a mark may be written: a microsecond after a mark within tolerance. */
    private static final Duration LATEST_WRITTEN = AttendancePolicy.CLOCK_TOLERANCE.plusNanos(1000);

    private final DatabaseFunctions functions;

    public FunctionAttendanceStore(DatabaseFunctions functions) {
        this.functions = functions;
    }

    @Override
    public Marking mark(MarkRequest request, AttendancePolicy policy) {
        Instant at = request.at().truncatedTo(ChronoUnit.MICROS);
        Optional<NextDay> nextDay = policy.nextDay(at, LATEST_WRITTEN);
        JsonNode answer = functions.call(call(request.once())
                .with("p_user_id", request.userId().value())
                .with("p_marked_at", at)
                .with("p_work_date", policy.workDate(at))
                .with("p_next_day_at", nextDay.map(NextDay::at).orElse(null))
                .with("p_next_work_date", nextDay.map(NextDay::workDate).orElse(null))
                .with("p_tolerance_seconds", AttendancePolicy.CLOCK_TOLERANCE.toSeconds())
                .with("p_max_per_day", policy.maxPerDay())
                .with("p_min_seconds", policy.minSpacing().toSeconds())
                .with("p_origin", Json.origin(request))
                .with("p_evidence", Json.json(request.evidence())));
        AnswerRow decision = AnswerRow.of("mark_attendance", answer);
        return decision.text("code").equals("REPEATED")
                ? new Marking.Repeated()
                : new Marking.Decided(Json.decision(decision));
    }

    private static FunctionCall call(@Nullable Once once) {
        return once == null
                ? FunctionCall.writes("mark_attendance")
                : FunctionCall.writesOnce("mark_attendance")
                        .with("p_key", once.key())
                        .with("p_fingerprint", once.fingerprint())
                        .with("p_expires_at", once.expiresAt().truncatedTo(ChronoUnit.MICROS))
                        .with("p_match", Json.parse(once.answer()));
    }

    @Override
    public String text(MarkBasis basis) {
        return Json.json(basis).toString();
    }

    @Override
    public List<MarkOfPerson> list(Query query) {
        MarkOrder.Position after = query.after();
        JsonNode rows = functions.call(FunctionCall.reads("list_attendance")
                .with("p_filter", MarkRows.json(query.filter()))
                .with("p_order", query.order().text())
                .with("p_after", after == null ? null : json(after))
                .with("p_limit", query.limit()));
        return AnswerRow.list("list_attendance", rows).stream()
                .map(MarkRows::listed)
                .toList();
    }

    private static JsonNode json(MarkOrder.Position after) {
        Instant markedAt = after.markedAt();
        return Json.MAPPER
                .createObjectNode()
                .put("marked_at", markedAt == null ? null : markedAt.toString())
                .put("id", after.id());
    }

    @Override
    public long count(MarkFilter filter) {
        return functions
                .call(FunctionCall.reads("count_attendance").with("p_filter", MarkRows.json(filter)))
                .longValue();
    }

    @Override
    public long lastId() {
        return functions.call(FunctionCall.reads("last_mark")).longValue();
    }

    @Override
    public String version() {
        return functions.call(FunctionCall.reads("attendance_version")).textValue();
    }

    @Override
    public Optional<Instant> newestEntry() {
        JsonNode answer = functions.call(FunctionCall.reads("newest_entry"));
        return Optional.ofNullable(AnswerRow.of("newest_entry", answer).instantOrNull("at"));
    }

    @Override
    public Optional<KeptAnswer> find(String key, Instant now) {
        JsonNode kept = functions.call(
                FunctionCall.reads("find_answer").with("p_key", key).with("p_at", now));
        return kept.isNull() ? Optional.empty() : Optional.of(Json.keptAnswer(AnswerRow.of("find_answer", kept)));
    }

    @Override
    public Keeping keep(Attempt attempt, @Nullable UserId userId, Refusal refusal, Instant now) {
        JsonNode answer = functions.call(FunctionCall.writesOnce("keep_answer")
                .with("p_key", attempt.key())
                .with("p_fingerprint", attempt.fingerprint())
                .with("p_user_id", userId == null ? null : userId.value())
                .with("p_at", now)
                .with("p_expires_at", now.plus(KeptAnswer.LIFETIME))
                .with("p_answer", Json.json(refusal)));
        AnswerRow kept = AnswerRow.of("keep_answer", answer);
        return new Keeping(Json.keptAnswer(kept), kept.flag("repeated"));
    }

    @Override
    public int sweep(Instant now) {
        return functions
                .call(FunctionCall.writesOnce("sweep_expired").with("p_at", now))
                .intValue();
    }
}
