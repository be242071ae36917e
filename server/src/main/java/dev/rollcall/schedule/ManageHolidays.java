package dev.rollcall.schedule;

import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.schedule.HolidayStore.Adding;
import dev.rollcall.schedule.HolidayStore.NewHoliday;
import dev.rollcall.schedule.ShiftStore.By;
import dev.rollcall.sites.ManageSites;
import java.time.Clock;
import java.time.LocalDate;
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

    /** The result of adding holidays. */
    public sealed interface Result {

        /** The site has all of them; these are new. */
        record Added(List<Holiday> holidays) implements Result {

            public Added {
                holidays = List.copyOf(holidays);
            }
        }

        record Refused(Refusal refusal) implements Result {}
    }

    /** Holidays by site, date and name, as {@link HolidayStore#list} describes. */
    public List<Holiday> list(@Nullable String site, @Nullable LocalDate from, @Nullable LocalDate to) {
        return store.list(site, from, to);
    }

    /** Adds those that the site doesn't have on the same date under the same name. */
    public Result add(String site, List<NewHoliday> holidays, Caller caller) {
        Adding adding = store.add(site, holidays, new By(clock.instant(), caller));
        if (adding instanceof Adding.Added added) {
            return new Result.Added(added.holidays());
        }
        return new Result.Refused(
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
