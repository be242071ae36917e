package dev.rollcall.schedule;

import dev.rollcall.keys.By;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Attempt;
import dev.rollcall.outcome.Page;
import dev.rollcall.schedule.HolidayStore.Adding;
import dev.rollcall.schedule.HolidayStore.NewHoliday;
import dev.rollcall.sites.ManageSites;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The use cases of holidays. Safe for use by several threads. */
public final class ManageHolidays {

    private final HolidayStore store;
    private final Clock clock;

    public ManageHolidays(HolidayStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A site's holidays, as {@link HolidayStore#list} describes. */
    public List<Holiday> list(String site, @Nullable LocalDate from, @Nullable LocalDate to) {
        return store.list(site, from, to);
    }

    /**
     * A page of holidays of one site, by date and name.
     *
     * @param after the place behind which the page begins; null for the first page
     */
    public static Page<Holiday> page(List<Holiday> holidays, @Nullable HolidayPosition after, int limit) {
        List<Holiday> oneMore = holidays.stream()
                .filter(holiday ->
                        after == null || HolidayPosition.ORDER.compare(HolidayPosition.of(holiday), after) > 0)
                .sorted(Comparator.comparing(HolidayPosition::of, HolidayPosition.ORDER))
                .limit(limit + 1L)
                .toList();
        return Page.of(oneMore, limit, holiday -> HolidayPosition.of(holiday).key());
    }

    /** Adds holidays, as {@link HolidayStore#add} describes. */
    public Attempt<List<Holiday>> add(String site, List<NewHoliday> holidays, Caller caller) {
        Adding adding = store.add(site, holidays, new By(clock.instant(), caller));
        if (adding instanceof Adding.Added added) {
            return new Attempt.Done<>(added.holidays());
        }
        return new Attempt.Refused<>(
                adding instanceof Adding.NoSuchSite
                        ? ManageSites.notFound()
                        : ScheduleRefusals.invalid(
                                "site", "a site has at most " + HolidayStore.MOST_OF_A_SITE + " holidays"));
    }

    /** Removes a holiday; false if there is none. */
    public boolean delete(long id, Caller caller) {
        return store.delete(id, new By(clock.instant(), caller));
    }
}
