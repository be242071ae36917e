package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.keys.By;
import dev.rollcall.schedule.Holiday;
import dev.rollcall.schedule.HolidayStore;
import dev.rollcall.schedule.HolidayStore.Adding;
import dev.rollcall.schedule.HolidayStore.NewHoliday;
import dev.rollcall.sites.SiteRules;
import dev.rollcall.sites.SiteStore;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of holidays must do. */
interface HolidayStoreContract {

    NewHoliday NEW_YEAR = new NewHoliday(LocalDate.of(2026, 1, 1), "New Year", true);
    NewHoliday FAIR = new NewHoliday(LocalDate.of(2026, 8, 15), "Fair", false);
    By AT_ONCE = new By(MORNING, CALLER);

    HolidayStore holidays();

    SiteStore sites();

    @Test
    default void holidays_areAddedOnce() {
        String site = siteWithHolidays();

        List<Holiday> added = added(holidays().add(site, List.of(FAIR, NEW_YEAR, FAIR), AT_ONCE));

        assertThat(added).extracting(Holiday::name).containsExactly("New Year", "Fair");
        assertThat(holidays().list(site, null, null)).isEqualTo(added);
        assertThat(added(holidays().add(site, List.of(NEW_YEAR), AT_ONCE))).isEmpty();
        assertThat(added(holidays().add(siteWithHolidays(), List.of(NEW_YEAR), AT_ONCE)))
                .hasSize(1);
        assertThat(holidays().add("nowhere", List.of(FAIR), AT_ONCE)).isEqualTo(new Adding.NoSuchSite());
    }

    @Test
    default void holidayThatIsThereOnce_becomesYearly() {
        String site = siteWithHolidays();
        NewHoliday yearly = new NewHoliday(FAIR.date(), FAIR.name(), true);
        added(holidays().add(site, List.of(FAIR), AT_ONCE));

        assertThat(added(holidays().add(site, List.of(FAIR, yearly), AT_ONCE))).hasSize(1);
        assertThat(added(holidays().add(site, List.of(FAIR), AT_ONCE))).isEmpty();

        assertThat(holidays().list(site, null, null)).singleElement().satisfies(fair -> assertThat(fair.yearly())
                .isTrue());
    }

    @Test
    default void listOfARange_hasItsDaysAndYearlyOnes() {
        String site = siteWithHolidays();
        List<Holiday> added = added(holidays().add(site, List.of(NEW_YEAR, FAIR), AT_ONCE));

        assertThat(holidays().list(site, LocalDate.of(2026, 8, 15), LocalDate.of(2026, 8, 15)))
                .isEqualTo(added);
        assertThat(holidays().list(site, LocalDate.of(2026, 8, 16), null)).containsExactly(added.get(0));
        assertThat(holidays().list(site, null, LocalDate.of(2026, 8, 14))).containsExactly(added.get(0));
        assertThat(holidays().list(null, null, null)).containsAll(added);
    }

    @Test
    default void holiday_isRemovedOnce() {
        String site = siteWithHolidays();
        Holiday fair = added(holidays().add(site, List.of(FAIR), AT_ONCE)).get(0);

        assertThat(holidays().delete(fair.id(), AT_ONCE)).isTrue();
        assertThat(holidays().delete(fair.id(), AT_ONCE)).isFalse();
        assertThat(holidays().list(site, null, null)).isEmpty();
    }

    @Test
    default void siteWithTheMostHolidays_takesNoMore() {
        String site = siteWithHolidays();
        List<NewHoliday> most = IntStream.range(0, HolidayStore.MOST_OF_A_SITE)
                .mapToObj(day -> new NewHoliday(LocalDate.of(2026, 1, 2).plusDays(day), "Day", false))
                .toList();

        assertThat(added(holidays().add(site, most, AT_ONCE))).hasSize(most.size());
        assertThat(added(holidays().add(site, most, AT_ONCE))).isEmpty();
        assertThat(holidays().add(site, List.of(NEW_YEAR), AT_ONCE)).isEqualTo(new Adding.TooMany());
    }

    private String siteWithHolidays() {
        String id = "h-" + UUID.randomUUID();
        sites().create(new SiteStore.NewSite(id, "Gate", SiteRules.OF_THE_SETTINGS), MORNING, CALLER);
        return id;
    }

    private static List<Holiday> added(Adding adding) {
        return ((Adding.Added) adding).holidays();
    }
}
