package dev.rollcall.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.http.wire.JsonBody;
import dev.rollcall.people.Label;
import dev.rollcall.reports.SheetStore.Whose;
import dev.rollcall.reports.TryShift.Trial;
import dev.rollcall.schedule.BreakRule;
import dev.rollcall.schedule.Grace;
import dev.rollcall.schedule.MarkWindow;
import dev.rollcall.schedule.Rounding;
import dev.rollcall.schedule.ShiftChange;
import dev.rollcall.schedule.ShiftRules;
import dev.rollcall.schedule.ShiftStore.NewShift;
import dev.rollcall.sites.Site;
import java.io.InputStream;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reader of new shifts, changes of shifts and trials. */
final class ShiftFields {

    /** Most days of a trial. */
    static final int MOST_DAYS = 62;

    private static final String DAYS = "days";
    private static final String BREAKS = "breaks";
    private static final String GRACE = "grace";
    private static final String WINDOW = "window";
    private static final String ROUNDING = "rounding";
    private static final String MINUTES = "minutes";
    private static final Set<String> RULES = Set.of("start", "end", DAYS, BREAKS, GRACE, WINDOW, ROUNDING);
    private static final Pattern ID = Pattern.compile(Site.ID);
    private static final Pattern TIME = Pattern.compile(SiteFields.TIME);

    private ShiftFields() {}

    static NewShift newShift(InputStream body, long length) {
        JsonBody json = JsonBody.read(body, length, with("shift", "name"));
        String id = json.required("shift");
        if (!ID.matcher(id).matches()) {
            throw RefusedException.invalid("shift", "shift must be " + Site.ID_RULE);
        }
        String name = Fields.name("name", json.required("name"));
        ShiftChange.Rules given = rules(json);
        return new NewShift(
                id,
                name,
                new ShiftRules(
                        required("start", given.start()),
                        required("end", given.end()),
                        required(DAYS, given.days()),
                        given.breaks() == null ? BreakRule.AS_MARKED : given.breaks(),
                        given.grace() == null ? Grace.NONE : given.grace(),
                        given.window() == null ? MarkWindow.DEFAULT : given.window(),
                        given.rounding() == null ? Rounding.NONE : given.rounding()));
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw RefusedException.invalid(field, field + " is missing");
        }
        return value;
    }

    static ShiftChange change(InputStream body, long length) {
        JsonBody json = JsonBody.read(body, length, with("name"));
        String name = json.text("name");
        return new ShiftChange(name == null ? null : Fields.name("name", name), rules(json));
    }

    /** A trial, of which the page is not in the body. */
    static Trial trial(String shift, InputStream body, long length) {
        JsonBody json = JsonBody.read(body, length, with("from", "to", "user_id", "group", "assign"));
        LocalDate from = Fields.date("from", json.required("from"));
        LocalDate to = Fields.date("to", json.required("to"));
        String group = json.text("group");
        JsonNode assign = json.value("assign");
        return new Trial(
                shift,
                rules(json),
                new Whose(
                        ListQuery.userId(json.text("user_id")),
                        group == null ? null : new Label(Fields.name("group", group)),
                        null),
                ListQuery.range(from, to, MOST_DAYS),
                assign != null && !assign.isNull() && JsonBody.flag("assign", assign),
                null,
                ListQuery.DEFAULT_LIMIT);
    }

    private static Set<String> with(String... others) {
        return Stream.concat(RULES.stream(), Stream.of(others)).collect(Collectors.toUnmodifiableSet());
    }

    private static ShiftChange.Rules rules(JsonBody json) {
        return new ShiftChange.Rules(
                given(json, "start", value -> time("start", value)),
                given(json, "end", value -> time("end", value)),
                given(json, DAYS, ShiftFields::days),
                given(json, BREAKS, ShiftFields::breaks),
                given(
                        json,
                        GRACE,
                        value -> new Grace(
                                number(GRACE, value, "in_minutes", Grace.MOST_MINUTES, 2),
                                number(GRACE, value, "out_minutes", Grace.MOST_MINUTES, 2))),
                given(
                        json,
                        WINDOW,
                        value -> new MarkWindow(
                                number(WINDOW, value, "before_minutes", MarkWindow.MOST_MINUTES, 2),
                                number(WINDOW, value, "after_minutes", MarkWindow.MOST_MINUTES, 2))),
                given(json, ROUNDING, ShiftFields::rounding));
    }

    private static <T> @Nullable T given(JsonBody json, String field, Function<JsonNode, T> reading) {
        JsonNode value = json.value(field);
        return value == null || value.isNull() ? null : reading.apply(value);
    }

    private static LocalTime time(String field, JsonNode value) {
        String time = JsonBody.text(field, value);
        if (!TIME.matcher(time).matches()) {
            throw RefusedException.invalid(field, field + " must be a time of day such as 06:00");
        }
        return LocalTime.parse(time);
    }

    private static Set<DayOfWeek> days(JsonNode value) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (JsonNode day : value) {
            if (!day.isInt() || day.intValue() < 1 || day.intValue() > 7 || !days.add(DayOfWeek.of(day.intValue()))) {
                throw notDays();
            }
        }
        if (!value.isArray() || days.isEmpty()) {
            throw notDays();
        }
        return days;
    }

    private static RefusedException notDays() {
        return RefusedException.invalid(DAYS, "days must be a list of numbers from 1 for Monday to 7, each once");
    }

    private static BreakRule breaks(JsonNode value) {
        int most = BreakRule.MOST_MINUTES;
        return new BreakRule(
                constant(BREAKS, value, "kind", BreakRule.Kind.class),
                number(BREAKS, value, MINUTES, most, 3),
                number(BREAKS, value, "after_minutes", most, 3));
    }

    private static Rounding rounding(JsonNode value) {
        int minutes = number(ROUNDING, value, MINUTES, 60, 3);
        if (!Rounding.STEPS.contains(minutes)) {
            throw RefusedException.invalid(ROUNDING, "minutes of rounding must be 0 or a divisor of 60");
        }
        return new Rounding(
                minutes,
                constant(ROUNDING, value, "in", Rounding.Mode.class),
                constant(ROUNDING, value, "out", Rounding.Mode.class));
    }

    private static <E extends Enum<E>> E constant(String field, JsonNode object, String name, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (ShiftView.word(constant).equals(object.path(name).asText())) {
                return constant;
            }
        }
        throw RefusedException.invalid(
                field,
                name + " of " + field + " must be one of "
                        + Stream.of(type.getEnumConstants())
                                .map(ShiftView::word)
                                .collect(Collectors.joining(", ")));
    }

    /**
     * A number of an object's.
     *
     * @param members how many members the object has
     */
    private static int number(String field, JsonNode object, String name, int most, int members) {
        JsonNode number = object.path(name);
        if (object.size() != members || !number.isInt() || number.intValue() < 0 || number.intValue() > most) {
            throw RefusedException.invalid(
                    field,
                    field + " has " + members + " members, of which " + name + " must be a whole number from 0 to "
                            + most);
        }
        return number.intValue();
    }
}
