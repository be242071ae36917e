package dev.rollcall.http.api;

import dev.rollcall.attendance.CorrectMarks.Addition;
import dev.rollcall.attendance.CorrectMarks.Change;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Reason;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.http.wire.JsonBody;
import dev.rollcall.people.UserId;
import java.io.InputStream;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The reader of the bodies of requests for corrections. A body with a field that it doesn't have is refused. */
final class CorrectionRequests {

    private static final String REASON = "reason";
    private static final String DIRECTION = "direction";

    private CorrectionRequests() {}

    /** A mark to be added, and why. */
    record Added(Addition addition, Reason reason) {}

    /** What is wrong in a mark, and why. */
    record Changed(Change change, Reason reason) {}

    /**
     * Reads a mark to be added.
     *
     * @param site of the API key, if the body names none
     */
    static Added addition(InputStream body, long length, String site) {
        JsonBody json = JsonBody.read(body, length, Set.of("user_id", "at", DIRECTION, "site", REASON));
        UserId userId = UserId.stored(json.required("user_id"))
                .orElseThrow(() -> RefusedException.invalid("user_id", "user_id has no valid form"));
        Instant at = Fields.instant("at", json.required("at"));
        Direction direction = ListQuery.constant(DIRECTION, json.required(DIRECTION), Direction.class);
        String named = ListQuery.site(json.text("site"));
        return new Added(
                new Addition(userId, at, direction, named == null ? site : named), reason(json.required(REASON)));
    }

    /** Reads what is wrong in a mark. */
    static Changed change(InputStream body, long length) {
        JsonBody json = JsonBody.read(body, length, Set.of("at", DIRECTION, REASON));
        Reason reason = reason(json.required(REASON));
        String at = json.text("at");
        Direction direction = ListQuery.constantOrNull(DIRECTION, json.text(DIRECTION), Direction.class);
        if (at == null && direction == null) {
            throw RefusedException.invalid("at", "give at or direction, or both");
        }
        return new Changed(new Change(at == null ? null : Fields.instant("at", at), direction), reason);
    }

    /** Reads a body with nothing but a reason. */
    static Reason reason(InputStream body, long length) {
        return reason(JsonBody.read(body, length, Set.of(REASON)).required(REASON));
    }

    /** Reads a body that may have a reason, or be empty. */
    static @Nullable Reason reasonIfAny(InputStream body, long length) {
        String text = JsonBody.readIfAny(body, length, Set.of(REASON)).text(REASON);
        return text == null ? null : reason(text);
    }

    private static Reason reason(String text) {
        return Reason.parse(text).orElseThrow(() -> RefusedException.invalid(REASON, REASON + " " + Reason.RULE));
    }
}
