package dev.rollcall.reports.files;

import dev.rollcall.attendance.Mark;
import dev.rollcall.reports.PersonDay;
import dev.rollcall.reports.PersonMonth;
import dev.rollcall.reports.Totals;
import dev.rollcall.reports.files.Column.Kind;
import dev.rollcall.schedule.DayPlan;
import dev.rollcall.schedule.DayStatus;
import dev.rollcall.schedule.Hours;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The columns of exports. Further ones are added at the end; none is renamed. */
public final class Columns {

    /** Of marks. */
    public static final List<Column<MarkRow>> MARKS = List.of(
            new Column<>("mark_id", Kind.NUMBER, row -> Cell.whole(mark(row).id())),
            text("user_id", row -> row.mark().userId().value()),
            text("name", row -> row.mark().name()),
            new Column<>("marked_at", Kind.TIME, row -> Cell.moment(mark(row).markedAt(), row.zone())),
            new Column<>("utc_offset_minutes", Kind.NUMBER, row -> Cell.whole(offsetMinutes(row))),
            text("time_zone", row -> row.zone().getId()),
            new Column<>("work_date", Kind.DATE, row -> new Cell.Day(mark(row).workDate())),
            new Column<>(
                    "number", Kind.NUMBER, row -> Cell.whole((long) mark(row).number())),
            text("direction", row -> word(row.mark().standing().direction())),
            text("recorded_direction", row -> word(mark(row).direction())),
            text("state", row -> word(row.mark().standing().state())),
            new Column<>(
                    "corrects",
                    Kind.NUMBER,
                    row -> Cell.whole(row.mark().standing().corrects())),
            new Column<>(
                    "corrected_by",
                    Kind.NUMBER,
                    row -> Cell.whole(row.mark().standing().correctedBy())),
            new Column<>("confidence", Kind.NUMBER, row -> fraction(row.mark().confidence())),
            new Column<>(
                    "received_at",
                    Kind.TIME,
                    row -> Cell.moment(row.mark().circumstances().receivedAt(), row.zone())),
            text("site", row -> row.mark().origin().site()),
            text("source", row -> word(row.mark().origin().source())),
            text("key_id", row -> row.mark().origin().keyId()));

    /** Of the sheet of days. */
    public static final List<Column<PersonDay>> DAYS = List.of(
            text("user_id", day -> day.userId().value()),
            text("name", PersonDay::name),
            text("group", PersonDay::group),
            text("site", PersonDay::site),
            new Column<>("date", Kind.DATE, day -> new Cell.Day(plan(day).date())),
            text("time_zone", day -> day.zone().getId()),
            text("status", day -> wordOrNull(day.sheet().status())),
            new Column<>("ongoing", Kind.FLAG, day -> new Cell.Flag(day.sheet().ongoing())),
            text("shift", day -> shift(plan(day))),
            text("holiday", day -> plan(day).holiday()),
            moment("planned_start", day -> start(plan(day))),
            moment("planned_end", day -> end(plan(day))),
            moment("first_in", day -> day.sheet().firstIn()),
            moment("last_out", day -> day.sheet().lastOut()),
            new Column<>(
                    "planned_hours", Kind.DURATION, day -> Cell.span(plan(day).plannedSeconds())),
            hours("worked_hours", Hours::worked),
            hours("break_hours", Hours::unpaidBreak),
            hours("paid_break_hours", Hours::paidBreak),
            hours("overtime_hours", Hours::overtime),
            new Column<>(
                    "late_hours",
                    Kind.DURATION,
                    day -> new Cell.Span(day.sheet().deviation().lateSeconds())),
            new Column<>(
                    "early_hours",
                    Kind.DURATION,
                    day -> new Cell.Span(day.sheet().deviation().earlySeconds())),
            new Column<>(
                    "corrected", Kind.FLAG, day -> new Cell.Flag(day.sheet().isCorrected())));

    /** Of the sheet of months. */
    public static final List<Column<PersonMonth>> MONTHS = List.of(
            text("user_id", month -> month.userId().value()),
            text("external_id", PersonMonth::externalId),
            text("name", PersonMonth::name),
            text("group", PersonMonth::group),
            text("site", PersonMonth::site),
            date("from", 0),
            date("to", -1),
            sum("planned_hours", Totals::plannedSeconds),
            sum("worked_hours", totals -> totals.hours().worked()),
            sum("break_hours", totals -> totals.hours().unpaidBreak()),
            sum("paid_break_hours", totals -> totals.hours().paidBreak()),
            sum("overtime_hours", totals -> totals.hours().overtime()),
            sum("late_hours", Totals::lateSeconds),
            sum("early_hours", Totals::earlySeconds),
            count(DayStatus.PRESENT),
            count(DayStatus.LATE),
            count(DayStatus.LEFT_EARLY),
            count(DayStatus.INCOMPLETE),
            count(DayStatus.ABSENT),
            count(DayStatus.HOLIDAY),
            count(DayStatus.DAY_OFF),
            new Column<>(
                    "unknown_days",
                    Kind.NUMBER,
                    month -> Cell.whole((long) month.totals().unknownDays())));

    private static final int CONFIDENCE_DIGITS = 4;

    private Columns() {}

    private static <R> Column<R> text(String name, Function<R, @Nullable String> value) {
        return new Column<>(name, Kind.TEXT, row -> Cell.text(value.apply(row)));
    }

    private static Column<PersonDay> moment(String name, Function<PersonDay, @Nullable Instant> at) {
        return new Column<>(name, Kind.TIME, day -> Cell.moment(at.apply(day), day.zone()));
    }

    private static DayPlan plan(PersonDay day) {
        return day.sheet().plan();
    }

    private static Column<PersonDay> hours(String name, ToLongFunction<Hours> seconds) {
        return new Column<>(name, Kind.DURATION, day -> {
            Hours hours = day.sheet().hours();
            return hours == null ? Cell.NONE : new Cell.Span(seconds.applyAsLong(hours));
        });
    }

    private static Column<PersonMonth> sum(String name, ToLongFunction<Totals> seconds) {
        return new Column<>(name, Kind.DURATION, month -> new Cell.Span(seconds.applyAsLong(month.totals())));
    }

    private static Column<PersonMonth> count(DayStatus status) {
        return new Column<>(
                word(status) + "_days",
                Kind.NUMBER,
                month -> Cell.whole((long) month.totals().days().getOrDefault(status, 0)));
    }

    /** The date of a day: 0 for the first one, -1 for the last one. */
    private static Column<PersonMonth> date(String name, int place) {
        return new Column<>(name, Kind.DATE, month -> {
            List<PersonMonth.Day> days = month.days();
            LocalDate date = days.get(Math.floorMod(place, days.size())).date();
            return new Cell.Day(date);
        });
    }

    private static Mark mark(MarkRow row) {
        return row.mark().mark();
    }

    private static @Nullable String shift(DayPlan plan) {
        return plan.shift() == null ? null : plan.shift().id();
    }

    private static @Nullable Instant start(DayPlan plan) {
        DayPlan.Times duty = plan.duty();
        return duty == null ? null : duty.start();
    }

    private static @Nullable Instant end(DayPlan plan) {
        DayPlan.Times duty = plan.duty();
        return duty == null ? null : duty.end();
    }

    private static Cell fraction(@Nullable Double value) {
        return value == null
                ? Cell.NONE
                : new Cell.Decimal(BigDecimal.valueOf(value).setScale(CONFIDENCE_DIGITS, RoundingMode.HALF_UP));
    }

    /** By how much the clocks of the site were ahead of UTC. */
    private static long offsetMinutes(MarkRow row) {
        int seconds = row.zone().getRules().getOffset(mark(row).markedAt()).getTotalSeconds();
        return TimeUnit.SECONDS.toMinutes(seconds);
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String wordOrNull(@Nullable Enum<?> constant) {
        return constant == null ? null : word(constant);
    }
}
