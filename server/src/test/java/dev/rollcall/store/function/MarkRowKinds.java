package dev.rollcall.store.function;

import static dev.rollcall.store.function.RowKind.TIME;
import static dev.rollcall.store.function.RowKind.kind;

import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.CorrectionStore.Wish;
import dev.rollcall.keys.By;
import dev.rollcall.keys.Caller;
import dev.rollcall.people.UserId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The kinds of rows about marks, their corrections and the kept answers. */
final class MarkRowKinds {

    private static final UserId ANN = new UserId("ann");
    private static final String MARK =
            "'id': 1, 'marked_at': " + TIME + ", 'work_date': '2026-11-22', 'number': 1, 'direction': 'in'";
    private static final String MARKED = "{'code': 'MARKED', 'mark': {" + MARK + "}, 'remaining_today': 1}";
    private static final String STANDING =
            "'received_at': null, 'inside_geofence': null, 'state': 'present', 'position': 1, 'present_direction': 'in',"
                    + " 'corrects': null, 'corrected_by': null, 'correction_pending': false";
    private static final String SHOWN = "{" + MARK + ", 'user_id': 'ann', 'name': null, 'confidence': 0.9,"
            + " 'look_alike': null, 'site': 'default', 'key_id': null, 'source': 'device', " + STANDING
            + ", 'version': 'v'}";
    private static final String REQUEST = "{'id': 1, 'state': 'approved', 'action': 'replaced', 'user_id': 'ann',"
            + " 'name': null, 'old_mark': 1, 'proposed': {'marked_at': " + TIME + ", 'work_date': '2026-11-22',"
            + " 'direction': 'in', 'site': 'default'}, 'key_id': 'k', 'at': " + TIME + ", 'reason': 'why',"
            + " 'decided_by': 'l', 'decided_at': " + TIME + ", 'decision': null}";
    private static final String MATCH = "{'user_id': 'ann', 'name': 'Ann', 'confidence': 0.9, 'similarity': 0.8,"
            + " 'threshold': 0.5, 'liveness': {'score': 0.9, 'threshold': 0.5},"
            + " 'rival': {'confidence': 0.1, 'similarity': 0.2}, 'look_alike': false}";
    private static final Wish VOID = new Wish.MakeVoid(1, null, "why");
    private static final By BY = new By(Samples.MORNING, Caller.SERVICE);

    private MarkRowKinds() {}

    static List<RowKind> all() {
        Consumer<DatabaseFunctions> mark =
                f -> attendance(f).mark(Samples.request(ANN, Samples.MORNING), Samples.TWO_A_DAY);
        Consumer<DatabaseFunctions> find = f -> attendance(f).find("key", Samples.MORNING);
        return List.of(
                kind("mark", MARKED, mark),
                kind("full day", "{'code': 'DAILY_LIMIT_REACHED', 'max_per_day': 2, 'marks': [{" + MARK + "}]}", mark),
                kind(
                        "early mark",
                        "{'code': 'TOO_SOON', 'next_allowed_at': " + TIME + ", 'last_mark': {" + MARK + "}}",
                        mark),
                kind(
                        "listed mark",
                        "[{" + MARK
                                + ", 'user_id': 'ann', 'name': null, 'confidence': 0.9, 'look_alike': null, 'site': 'default', 'key_id': null, 'source': 'device', "
                                + STANDING + "}]",
                        f -> attendance(f).list(new Query(ANN, null, null, 0, 5))),
                kind("read mark", SHOWN, f -> corrections(f).read(1)),
                new RowKind(
                        "history",
                        "[{'place': 1, 'action': 'added', 'at': " + TIME + ", 'key_id': null, 'approved_by': null,"
                                + " 'reason': null, 'mark': " + SHOWN + "}]",
                        Set.of("version"),
                        f -> corrections(f).history(1, 0, 5)),
                kind("corrected mark", "{'code': 'DONE', 'mark': " + SHOWN + "}", f -> corrections(f)
                        .correct(VOID, false, BY)),
                kind("requested correction", "{'code': 'WAITING', 'request': " + REQUEST + "}", f -> corrections(f)
                        .correct(VOID, true, BY)),
                kind("second correction", "{'code': 'ALREADY_CORRECTED', 'mark': null}", f -> corrections(f)
                        .correct(VOID, false, BY)),
                kind("pending correction", "{'code': 'CORRECTION_PENDING', 'request': 1}", f -> corrections(f)
                        .correct(VOID, false, BY)),
                kind("mark of the same time", "{'code': 'MARK_EXISTS', 'mark': 1}", f -> corrections(f)
                        .correct(VOID, false, BY)),
                kind(
                        "decided correction",
                        "{'code': 'DECIDED', 'request': " + REQUEST + ", 'mark': null}",
                        f -> corrections(f).decide(1, true, null, BY)),
                kind("listed correction", "[" + REQUEST + "]", f -> corrections(f)
                        .requests(null, null, null, 5)),
                kind("undone mark", "{'code': 'UNDONE', 'mark': " + SHOWN + "}", f -> corrections(f)
                        .undo(1, 10, "why", BY)),
                kind("newest entry", "{'at': null}", f -> attendance(f).newestEntry()),
                kind(
                        "kept mark",
                        "{'fingerprint': 'f', 'answer': {'match': " + MATCH + ", 'decision': " + MARKED + "}}",
                        find),
                new RowKind(
                        "kept mark by PIN",
                        "{'fingerprint': 'f', 'answer': {'match': {'user_id': 'ann', 'name': 'Ann', 'by': 'pin'},"
                                + " 'decision': " + MARKED + "}}",
                        Set.of("by"),
                        find),
                new RowKind(
                        "kept refusal",
                        "{'fingerprint': 'f', 'answer': {'refusal': {'code': 'NO_FACE', 'detail': 'd', 'facts': {}}}}",
                        Set.of("refusal"),
                        find));
    }

    private static FunctionAttendanceStore attendance(DatabaseFunctions functions) {
        return new FunctionAttendanceStore(functions);
    }

    private static FunctionCorrectionStore corrections(DatabaseFunctions functions) {
        return new FunctionCorrectionStore(functions);
    }
}
