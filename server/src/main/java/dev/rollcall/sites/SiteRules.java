package dev.rollcall.sites;

import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A site's own rules; where one is null, that of the settings holds.
 *
 * @param timeZone decides work dates
 * @param maxMarksPerDay most marks of one person on one work date, at least 1
 * @param minSecondsBetween least seconds between two marks of one person, 0 or more
 * @param dayStartsAt the local time at which a work date begins, in whole seconds
 * @param targetErrorRate the share of attempts with another person's face that may match, between 0 and 1
 * @param liveness what the liveness score decides
 * @param directionsAllowed whether a request may choose the direction of a mark
 * @param geofence where devices must be to mark; the settings have none
 * @param identifyBy what a mark by a face rests on
 * @param pinAllowed whether a number and a PIN make a mark
 */
public record SiteRules(
        @Nullable ZoneId timeZone,
        @Nullable Integer maxMarksPerDay,
        @Nullable Integer minSecondsBetween,
        @Nullable LocalTime dayStartsAt,
        @Nullable Double targetErrorRate,
        @Nullable LivenessMode liveness,
        @Nullable Boolean directionsAllowed,
        @Nullable Geofence geofence,
        @Nullable IdentifyBy identifyBy,
        @Nullable Boolean pinAllowed) {

    /** Those of the settings. */
    public static final SiteRules OF_THE_SETTINGS =
            new SiteRules(null, null, null, null, null, null, null, null, null, null);

    /** These rules, with those of the settings in place of the ones that are null. */
    public RulesInForce over(RulesInForce settings) {
        return new RulesInForce(
                timeZone == null ? settings.timeZone() : timeZone,
                maxMarksPerDay == null ? settings.maxMarksPerDay() : maxMarksPerDay,
                minSecondsBetween == null ? settings.minSecondsBetween() : minSecondsBetween,
                dayStartsAt == null ? settings.dayStartsAt() : dayStartsAt,
                targetErrorRate == null ? settings.targetErrorRate() : targetErrorRate,
                liveness == null ? settings.liveness() : liveness,
                directionsAllowed == null ? settings.directionsAllowed() : directionsAllowed,
                geofence == null ? settings.geofence() : geofence,
                identifyBy == null ? settings.identifyBy() : identifyBy,
                pinAllowed == null ? settings.pinAllowed() : pinAllowed);
    }
}
