package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.attendance.CorrectionStore.Decision;
import dev.rollcall.attendance.CorrectionStore.Result;
import dev.rollcall.attendance.CorrectionStore.Undoing;
import dev.rollcall.attendance.CorrectionStore.VersionedMark;
import dev.rollcall.audit.AuditStore.Entry;
import dev.rollcall.store.function.ExpectedCorrections.Noted;
import org.jspecify.annotations.Nullable;

/** What the stores answer, in the form in which it is expected: without the versions of marks. */
final class CorrectionAnswers {

    /** The id of nothing. */
    static final long NO_ID = -1;

    private CorrectionAnswers() {}

    static Result withoutVersion(Result result) {
        return result instanceof Result.Done done ? new Result.Done(withoutVersion(done.mark())) : result;
    }

    static Decision withoutVersion(Decision decision) {
        if (decision instanceof Decision.Decided decided) {
            VersionedMark mark = decided.mark();
            return new Decision.Decided(decided.request(), mark == null ? null : withoutVersion(mark));
        }
        return decision;
    }

    static Undoing withoutVersion(Undoing undoing) {
        return undoing instanceof Undoing.Undone undone ? new Undoing.Undone(withoutVersion(undone.mark())) : undoing;
    }

    private static VersionedMark withoutVersion(VersionedMark mark) {
        return new VersionedMark(mark.mark(), "");
    }

    /** The id of the mark that was made or voided, or of the request. */
    static long id(Result result) {
        if (result instanceof Result.Waiting waiting) {
            return waiting.request().id();
        }
        return result instanceof Result.Done done ? id(done.mark()) : NO_ID;
    }

    /** The id of the mark that was made or voided. */
    static long id(Decision decision) {
        return decision instanceof Decision.Decided decided ? id(decided.mark()) : NO_ID;
    }

    private static long id(@Nullable VersionedMark mark) {
        return mark == null ? NO_ID : mark.mark().mark().id();
    }

    /** A name of what an answer is, such as Done or MarkExists. */
    static String name(Object answer) {
        Object told = answer;
        if (answer instanceof Result.Not not) {
            told = not.problem();
        } else if (answer instanceof Decision.Not not) {
            told = not.problem();
        }
        return told.getClass().getSimpleName();
    }

    static Noted noted(Entry entry) {
        JsonNode details = Json.parse(entry.details());
        return new Noted(
                entry.at(),
                entry.action(),
                entry.keyId(),
                number(details, "mark"),
                number(details, "new_mark"),
                number(details, "request"),
                text(details, "requested_by"),
                text(details, "reason"));
    }

    private static @Nullable Long number(JsonNode details, String field) {
        return details.has(field) ? (Long) details.get(field).longValue() : null;
    }

    private static @Nullable String text(JsonNode details, String field) {
        return details.has(field) ? details.get(field).textValue() : null;
    }
}
