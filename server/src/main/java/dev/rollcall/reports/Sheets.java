package dev.rollcall.reports;

import dev.rollcall.outcome.Page;
import dev.rollcall.people.UserId;
import dev.rollcall.reports.Reckoning.Plan;
import dev.rollcall.reports.SheetStore.PersonRecord;
import dev.rollcall.reports.SheetStore.Whose;
import dev.rollcall.schedule.Dates;
import dev.rollcall.schedule.DaySheet;
import dev.rollcall.schedule.DayStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The use cases of sheets. Nothing of them is stored: each is reckoned from the marks, shifts and holidays as they are. People are read
 * some at a time, so that the memory doesn't grow with their number. Safe for use by several threads.
 */
public final class Sheets {

    /** Most days of a range. */
    public static final int MOST_DAYS = 366;

    private final SheetSources sources;

    public Sheets(SheetSources sources) {
        this.sources = sources;
    }

    /**
     * A page of sheets.
     *
     * @param range with an end
     * @param status days with this status; null for all days
     * @param after where the page begins; null for the first one
     */
    public record Query(
            Whose whose,
            Dates range,
            @Nullable DayStatus status,
            @Nullable SheetPosition after,
            int limit) {}

    /**
     * Days by person and date. A page may have fewer items than the limit and still another one behind it, since one request looks at a
     * limited number of people.
     */
    public Page<PersonDay> days(Query query) {
        Reckoning reckoning = reckoning(query.range());
        List<PersonDay> found = new ArrayList<>();
        Scan scan = new Scan(sources.people(), query.whose(), query.range(), query.after());
        for (Optional<PersonRecord> next = scan.next(); next.isPresent(); next = scan.next()) {
            PersonRecord person = next.get();
            for (DaySheet sheet : reckoning.days(person)) {
                if (isWanted(person, sheet, query)) {
                    found.add(day(person, sheet, reckoning));
                    if (found.size() > query.limit()) {
                        PersonDay last = found.get(query.limit() - 1);
                        return new Page<>(
                                found.subList(0, query.limit()),
                                Optional.of(position(last).cursor()));
                    }
                }
            }
        }
        return new Page<>(found, scan.stoppedAt().map(id -> new SheetPosition(id, null).cursor()));
    }

    private static SheetPosition position(PersonDay day) {
        return new SheetPosition(day.userId(), day.sheet().plan().date());
    }

    /** Whether a page has a day, if its status and place are those that are asked for. */
    private static boolean isWanted(PersonRecord person, DaySheet sheet, Query query) {
        SheetPosition after = query.after();
        return (query.status() == null || query.status() == sheet.status())
                && isShown(person, sheet)
                && (after == null
                        || after.isBefore(person.userId(), sheet.plan().date()));
    }

    /** Of people who aren't active, days are shown that have a mark or a status. */
    private static boolean isShown(PersonRecord person, DaySheet sheet) {
        return person.isActive() || !sheet.marks().isEmpty() || sheet.status() != null;
    }

    private static PersonDay day(PersonRecord person, DaySheet sheet, Reckoning reckoning) {
        return new PersonDay(
                person.userId(),
                person.name(),
                person.group(),
                person.site(),
                reckoning.calendar(person).workDays().zone(),
                sheet);
    }

    /** Months by person; of a status, those of people who have a day with it. */
    public Page<PersonMonth> months(Query query) {
        Reckoning reckoning = reckoning(query.range());
        List<PersonMonth> found = new ArrayList<>();
        Scan scan = new Scan(sources.people(), query.whose(), query.range(), query.after());
        for (Optional<PersonRecord> next = scan.next(); next.isPresent(); next = scan.next()) {
            PersonRecord person = next.get();
            List<DaySheet> days = reckoning.days(person);
            if (days.stream().anyMatch(day -> isShown(person, day))) {
                PersonMonth month = PersonMonth.of(person, days);
                if (query.status() == null || month.totals().days().getOrDefault(query.status(), 0) > 0) {
                    found.add(month);
                }
            }
            if (found.size() > query.limit()) {
                UserId last = found.get(query.limit() - 1).userId();
                return new Page<>(found.subList(0, query.limit()), Optional.of(new SheetPosition(last, null).cursor()));
            }
        }
        return new Page<>(found, scan.stoppedAt().map(id -> new SheetPosition(id, null).cursor()));
    }

    /**
     * The days and sums of one person; empty if nobody has this user id.
     *
     * @param range with an end, of at most {@link #MOST_DAYS} days
     */
    public Optional<Report> report(UserId userId, Dates range) {
        Reckoning reckoning = reckoning(range);
        return new Scan(sources.people(), Whose.of(userId), range, null).next().map(person -> {
            List<DaySheet> sheets = reckoning.days(person);
            return new Report(
                    PersonMonth.of(person, sheets),
                    sheets.stream().map(sheet -> day(person, sheet, reckoning)).toList());
        });
    }

    /** One person's days with marks, and their sums. */
    public record Report(PersonMonth sums, List<PersonDay> days) {

        public Report {
            days = List.copyOf(days);
        }
    }

    private Reckoning reckoning(Dates range) {
        Plan plan = new Plan(sources.shifts().shifts(), Plan.holidays(sources.holidays(), range));
        return new Reckoning(plan, sources.policies(), range, sources.clock().instant());
    }
}
