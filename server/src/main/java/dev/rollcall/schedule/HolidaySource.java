package dev.rollcall.schedule;

import dev.rollcall.outcome.StoreUnavailableException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the holidays are read that days are reckoned by. The method may throw {@link StoreUnavailableException}. */
public interface HolidaySource {

    /**
     * Holidays by site, date and name.
     *
     * @param site null for every site
     * @param from yearly ones and those on this date or later; null for any
     * @param to yearly ones and those on this date or earlier; null for any
     */
    List<Holiday> list(@Nullable String site, @Nullable LocalDate from, @Nullable LocalDate to);
}
