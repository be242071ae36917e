package dev.rollcall.reports;

import dev.rollcall.people.MonthlySheets;
import dev.rollcall.people.UserId;
import dev.rollcall.schedule.Dates;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The months of a person for the export of the person. Safe for use by several threads. */
public final class ExportedMonths implements MonthlySheets {

    private final Sheets sheets;
    private final Clock clock;

    public ExportedMonths(Sheets sheets, Clock clock) {
        this.sheets = sheets;
        this.clock = clock;
    }

    /** One month is read at a time. */
    @Override
    public List<Map<String, Object>> since(UserId userId, LocalDate first) {
        // By the calendar of the last time zone, so that the present month is there everywhere.
        YearMonth last = YearMonth.from(clock.instant().atOffset(ZoneOffset.ofHours(14)));
        List<Map<String, Object>> months = new ArrayList<>();
        for (YearMonth month = YearMonth.from(first); !month.isAfter(last); month = month.plusMonths(1)) {
            Optional<PersonMonth> read = sheets.report(userId, new Dates(month.atDay(1), month.atEndOfMonth()))
                    .map(Sheets.Report::sums);
            if (read.isEmpty()) {
                return List.of();
            }
            months.add(json(month, read.get()));
        }
        return months;
    }

    private static Map<String, Object> json(YearMonth month, PersonMonth sheet) {
        Totals totals = sheet.totals();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("month", month.toString());
        json.put("planned_seconds", totals.plannedSeconds());
        json.put("worked_seconds", totals.hours().worked());
        json.put("break_seconds", totals.hours().unpaidBreak());
        json.put("paid_break_seconds", totals.hours().paidBreak());
        json.put("overtime_seconds", totals.hours().overtime());
        json.put("late_seconds", totals.lateSeconds());
        json.put("early_seconds", totals.earlySeconds());
        json.put("unknown_days", totals.unknownDays());
        json.put("days", sheet.days().stream().map(ExportedMonths::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(PersonMonth.Day day) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("date", day.date().toString());
        json.put("status", day.status() == null ? null : day.status().name().toLowerCase(Locale.ROOT));
        json.put("planned_seconds", day.plannedSeconds());
        json.put("worked_seconds", day.workedSeconds());
        json.put("holiday", day.holiday());
        json.put("corrected", day.corrected());
        return json;
    }
}
