package dev.rollcall.archive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.schedule.BreakRule;
import dev.rollcall.schedule.Grace;
import dev.rollcall.schedule.MarkWindow;
import dev.rollcall.schedule.Rounding;
import dev.rollcall.sites.Site;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks shifts, assignments and holidays. */
final class ScheduleCheck {

    private static final Set<String> SHIFT = Set.of(
            "shift",
            "name",
            "starts_at",
            "ends_at",
            "days",
            "break_rule",
            "break_minutes",
            "break_after_minutes",
            "grace_in_minutes",
            "grace_out_minutes",
            "window_before_minutes",
            "window_after_minutes",
            "rounding_minutes",
            "rounding_in",
            "rounding_out",
            "created_at",
            "updated_at");
    private static final Set<String> ASSIGNMENT =
            Set.of("id", "shift", "user_id", "group", "starts_on", "ends_on", "created_at");
    private static final Set<String> HOLIDAY = Set.of("id", "site", "day", "name", "yearly");

    private static final Pattern ID = Pattern.compile(Site.ID);
    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]:00");
    private static final Pattern BREAKS = Pattern.compile("marked|automatic|paid");
    private static final Pattern MODE = Pattern.compile("nearest|up|down");
    private static final Pattern GROUP = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,200}");
    private static final int MOST_ROUNDING = 60;

    private ScheduleCheck() {}

    static void shift(Content shift) throws ArchiveException {
        shift.hasOnly(SHIFT);
        shift.text("shift", ID, Site.ID_RULE);
        RowCheck.name(shift);
        for (String time : List.of("starts_at", "ends_at")) {
            shift.text(time, TIME, "a time of day such as 06:00:00");
        }
        days(shift);
        shift.text("break_rule", BREAKS, "marked, automatic or paid");
        shift.whole("break_minutes", 0, BreakRule.MOST_MINUTES);
        shift.whole("break_after_minutes", 0, BreakRule.MOST_MINUTES);
        shift.whole("grace_in_minutes", 0, Grace.MOST_MINUTES);
        shift.whole("grace_out_minutes", 0, Grace.MOST_MINUTES);
        shift.whole("window_before_minutes", 0, MarkWindow.MOST_MINUTES);
        shift.whole("window_after_minutes", 0, MarkWindow.MOST_MINUTES);
        if (!Rounding.STEPS.contains((int) shift.whole("rounding_minutes", 0, MOST_ROUNDING))) {
            throw shift.wrong("rounding_minutes", "must be 0 or a divisor of 60");
        }
        shift.text("rounding_in", MODE, "nearest, up or down");
        shift.text("rounding_out", MODE, "nearest, up or down");
        shift.instant("created_at");
        shift.instant("updated_at");
    }

    private static void days(Content shift) throws ArchiveException {
        JsonNode days = shift.json().path("days");
        Set<Integer> seen = new HashSet<>();
        for (JsonNode day : days) {
            if (!day.isInt() || day.intValue() < 1 || day.intValue() > 7 || !seen.add(day.intValue())) {
                throw shift.wrong("days", "must be a list of numbers from 1 to 7, each once");
            }
        }
        if (!days.isArray() || seen.isEmpty()) {
            throw shift.wrong("days", "must be a list of numbers from 1 to 7, each once");
        }
    }

    static void assignment(Content assignment) throws ArchiveException {
        assignment.hasOnly(ASSIGNMENT);
        assignment.whole("id", 1, Content.MAX_ID);
        assignment.text("shift", ID, Site.ID_RULE);
        if (assignment.has("user_id") == assignment.has("group")) {
            throw assignment.wrong("user_id", "or group must be there, and not both");
        }
        if (assignment.has("user_id")) {
            RowCheck.userId(assignment);
        } else {
            assignment.text("group", GROUP, "1 to 200 characters on one line");
        }
        LocalDate from = assignment.date("starts_on");
        if (assignment.has("ends_on") && assignment.date("ends_on").isBefore(from)) {
            throw assignment.wrong("ends_on", "must not be before starts_on");
        }
        assignment.instant("created_at");
    }

    static void holiday(Content holiday) throws ArchiveException {
        holiday.hasOnly(HOLIDAY);
        holiday.whole("id", 1, Content.MAX_ID);
        SiteCheck.site(holiday);
        holiday.date("day");
        RowCheck.name(holiday);
        holiday.flag("yearly");
    }
}
