package dev.rollcall.schedule;

import dev.rollcall.keys.By;
import dev.rollcall.outcome.StoreUnavailableException;
import java.time.LocalDate;
import java.util.List;

/**
 * The store of holidays. Each change is noted in the audit log in the same transaction. Every method may throw {@link
 * StoreUnavailableException}.
 */
public interface HolidayStore extends HolidaySource {

    /** Most holidays of a site. */
    int MOST_OF_A_SITE = 1_000;

    /** Adds those that the site doesn't have on the same date under the same name; one that it has once becomes yearly if it is to be. */
    Adding add(String site, List<NewHoliday> holidays, By by);

    /** Removes a holiday; false if there is none. */
    boolean delete(long id, By by);

    /** A holiday to add. */
    record NewHoliday(LocalDate date, String name, boolean yearly) {}

    /** What became of holidays to add. */
    sealed interface Adding {

        /** Those that are new, or became yearly. */
        record Added(List<Holiday> holidays) implements Adding {

            public Added {
                holidays = List.copyOf(holidays);
            }
        }

        record NoSuchSite() implements Adding {}

        /** The site would have more than {@link #MOST_OF_A_SITE}. */
        record TooMany() implements Adding {}
    }
}
