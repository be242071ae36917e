package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.attendance.AttendanceStore.Circumstances;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Standing;
import dev.rollcall.attendance.CorrectionStore.VersionedMark;
import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkFilter;
import dev.rollcall.attendance.MarkFilter.MarkState;
import dev.rollcall.people.Label;
import dev.rollcall.people.UserId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Listed marks, and the filter of lists, in the JSON of the schema's functions. */
final class MarkRows {

    private MarkRows() {}

    static MarkOfPerson listed(AnswerRow row) {
        return new MarkOfPerson(
                new UserId(row.text("user_id")),
                row.textOrNull("name"),
                Json.mark(row),
                Json.origin(row),
                row.numberOrNull("confidence"),
                row.flagOrNull("look_alike"),
                new Circumstances(
                        row.instantOrNull("received_at"), Boolean.TRUE.equals(row.flagOrNull("inside_geofence"))),
                new Standing(
                        row.constant("state", MarkState.class),
                        row.isNull("position") ? null : (Integer) row.integer("position"),
                        row.constant("present_direction", Direction.class),
                        row.wholeOrNull("corrects"),
                        row.wholeOrNull("corrected_by"),
                        row.flag("correction_pending")));
    }

    static VersionedMark versioned(AnswerRow row) {
        return new VersionedMark(listed(row), row.text("version"));
    }

    /** A filter; what doesn't restrict is missing in it. */
    static ObjectNode json(MarkFilter filter) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        UserId userId = filter.whose().userId();
        put(json, "user_id", userId == null ? null : userId.value());
        Label group = filter.whose().group();
        if (group != null) {
            json.put("group", group.text());
        }
        put(json, "site", filter.made().site());
        put(json, "key_id", filter.made().keyId());
        put(json, "source", word(filter.made().source()));
        put(json, "state", word(filter.standing().state()));
        put(json, "direction", word(filter.standing().direction()));
        put(json, "corrected", filter.standing().corrected());
        put(json, "from", filter.days().from());
        put(json, "to", filter.days().to());
        put(json, "from_time", filter.times().from());
        put(json, "to_time", filter.times().to());
        return json;
    }

    static @Nullable String word(@Nullable Enum<?> constant) {
        return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
    }

    private static void put(ObjectNode json, String field, @Nullable Object value) {
        if (value != null) {
            json.put(field, value.toString());
        }
    }
}
