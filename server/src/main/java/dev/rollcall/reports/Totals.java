package dev.rollcall.reports;

import dev.rollcall.schedule.DaySheet;
import dev.rollcall.schedule.DayStatus;
import dev.rollcall.schedule.Hours;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The sums of several days.
 *
 * @param hours of the days whose hours are known
 * @param plannedSeconds of all days that have a status
 * @param lateSeconds of all days
 * @param earlySeconds of all days
 * @param days how many days have each status; every status is there
 * @param unknownDays days with marks whose hours are not known: a mark is missing, or somebody is still there
 */
public record Totals(
        Hours hours,
        long plannedSeconds,
        long lateSeconds,
        long earlySeconds,
        Map<DayStatus, Integer> days,
        int unknownDays) {

    public Totals {
        days = Collections.unmodifiableMap(new EnumMap<>(days));
    }

    static Totals of(List<DaySheet> sheets) {
        Hours hours = Hours.NONE;
        long planned = 0;
        long late = 0;
        long early = 0;
        int unknown = 0;
        Map<DayStatus, Integer> days = new EnumMap<>(DayStatus.class);
        for (DayStatus status : DayStatus.values()) {
            days.put(status, 0);
        }
        for (DaySheet sheet : sheets) {
            Hours ofDay = sheet.hours();
            DayStatus status = sheet.status();
            Long ofPlan = sheet.plan().plannedSeconds();
            hours = ofDay == null ? hours : hours.plus(ofDay);
            planned += status == null || ofPlan == null ? 0 : ofPlan;
            late += sheet.deviation().lateSeconds();
            early += sheet.deviation().earlySeconds();
            unknown += ofDay == null && isMarked(sheet) ? 1 : 0;
            if (status != null) {
                days.merge(status, 1, Integer::sum);
            }
        }
        return new Totals(hours, planned, late, early, days, unknown);
    }

    private static boolean isMarked(DaySheet sheet) {
        return sheet.firstIn() != null || sheet.lastOut() != null;
    }
}
