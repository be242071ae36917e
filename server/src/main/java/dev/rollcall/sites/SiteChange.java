package dev.rollcall.sites;

import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A change of a site: what is null stays as it is.
 *
 * @param rules which of the rules change
 */
public record SiteChange(@Nullable String name, @Nullable Boolean active, Rules rules) {

    /**
     * A rule's new value.
     *
     * @param value null for that of the settings
     */
    public record Rule<T>(@Nullable T value) {}

    /** Changes of rules; the components are those of {@link SiteRules}. */
    public record Rules(
            @Nullable Rule<ZoneId> timeZone,
            @Nullable Rule<Integer> maxMarksPerDay,
            @Nullable Rule<Integer> minSecondsBetween,
            @Nullable Rule<LocalTime> dayStartsAt,
            @Nullable Rule<Double> targetErrorRate,
            @Nullable Rule<LivenessMode> liveness,
            @Nullable Rule<Boolean> directionsAllowed,
            @Nullable Rule<Geofence> geofence,
            @Nullable Rule<IdentifyBy> identifyBy,
            @Nullable Rule<Boolean> pinAllowed) {

        /** These changes on the rules of a site. */
        public SiteRules on(SiteRules before) {
            return new SiteRules(
                    after(timeZone, before.timeZone()),
                    after(maxMarksPerDay, before.maxMarksPerDay()),
                    after(minSecondsBetween, before.minSecondsBetween()),
                    after(dayStartsAt, before.dayStartsAt()),
                    after(targetErrorRate, before.targetErrorRate()),
                    after(liveness, before.liveness()),
                    after(directionsAllowed, before.directionsAllowed()),
                    after(geofence, before.geofence()),
                    after(identifyBy, before.identifyBy()),
                    after(pinAllowed, before.pinAllowed()));
        }

        private static <T> @Nullable T after(@Nullable Rule<T> change, @Nullable T before) {
            return change == null ? before : change.value();
        }
    }
}
