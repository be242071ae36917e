package dev.rollcall.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.attendance.CorrectMarks.Addition;
import dev.rollcall.attendance.CorrectMarks.Change;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.Reason;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.http.wire.SmallJson;
import dev.rollcall.people.UserId;
import java.io.InputStream;
import java.time.Instant;
import java.util.Iterator;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reader of the bodies of requests for corrections. A body with a field that it doesn't have is refused. */
final class CorrectionRequests {

    private static final String REASON = "reason";
    private static final String DIRECTION = "direction";
    private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_-]{1,64}");

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
        ObjectNode json = known(SmallJson.read(body, length), Set.of("user_id", "at", DIRECTION, "site", REASON));
        UserId userId = UserId.stored(required(json, "user_id"))
                .orElseThrow(() -> RefusedException.invalid("user_id", "user_id has no valid form"));
        Instant at = Fields.instant("at", required(json, "at"));
        Direction direction = ListQuery.constant(DIRECTION, required(json, DIRECTION), Direction.class);
        String named = ListQuery.site(text(json, "site"));
        return new Added(
                new Addition(userId, at, direction, named == null ? site : named), reason(required(json, REASON)));
    }

    /** Reads what is wrong in a mark. */
    static Changed change(InputStream body, long length) {
        ObjectNode json = known(SmallJson.read(body, length), Set.of("at", DIRECTION, REASON));
        Reason reason = reason(required(json, REASON));
        String at = text(json, "at");
        Direction direction = ListQuery.constantOrNull(DIRECTION, text(json, DIRECTION), Direction.class);
        if (at == null && direction == null) {
            throw RefusedException.invalid("at", "give at or direction, or both");
        }
        return new Changed(new Change(at == null ? null : Fields.instant("at", at), direction), reason);
    }

    /** Reads a body with nothing but a reason. */
    static Reason reason(InputStream body, long length) {
        return reason(required(known(SmallJson.read(body, length), Set.of(REASON)), REASON));
    }

    /** Reads a body that may have a reason, or be empty. */
    static @Nullable Reason reasonIfAny(InputStream body, long length) {
        String text = text(known(SmallJson.readIfAny(body, length), Set.of(REASON)), REASON);
        return text == null ? null : reason(text);
    }

    private static Reason reason(String text) {
        return Reason.parse(text).orElseThrow(() -> RefusedException.invalid(REASON, REASON + " " + Reason.RULE));
    }

    private static ObjectNode known(ObjectNode json, Set<String> fields) {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!fields.contains(name)) {
                throw FIELD.matcher(name).matches()
                        ? RefusedException.invalid(name, name + " is no field of this body")
                        : RefusedException.invalid("the body has a field that is none of " + String.join(", ", fields));
            }
        }
        return json;
    }

    private static String required(ObjectNode json, String field) {
        String text = text(json, field);
        if (text == null) {
            throw RefusedException.invalid(field, field + " is missing");
        }
        return text;
    }

    private static @Nullable String text(ObjectNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw RefusedException.invalid(field, field + " must be a string");
        }
        return value.textValue();
    }
}
