package dev.rollcall.reports.files;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;

/** Times and durations as sheets show them, in the digits 0 to 9 whatever the language of the machine. */
final class Clocks {

    private static final int MINUTE = 60;

    private Clocks() {}

    /** A time of day, with the number of days by which it is on a later or earlier date. */
    static String time(Instant at, ZoneId zone, LocalDate date) {
        ZonedDateTime local = at.atZone(zone);
        long later = local.toLocalDate().toEpochDay() - date.toEpochDay();
        String sign = later > 0 ? " +" + later : later < 0 ? " −" + -later : "";
        return String.format(Locale.ROOT, "%02d:%02d", local.getHour(), local.getMinute()) + sign;
    }

    /** Hours and minutes, rounded to the nearest minute. */
    static String hours(long seconds) {
        long minutes = Math.floorDiv(seconds + MINUTE / 2, (long) MINUTE);
        return String.format(Locale.ROOT, "%d:%02d", minutes / MINUTE, minutes % MINUTE);
    }
}
