package dev.rollcall.sites;

import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The rules that hold at a site: its own, and otherwise those of the settings. The components are those of {@link SiteRules}. */
public record RulesInForce(
        ZoneId timeZone,
        int maxMarksPerDay,
        int minSecondsBetween,
        LocalTime dayStartsAt,
        double targetErrorRate,
        LivenessMode liveness,
        boolean directionsAllowed,
        @Nullable Geofence geofence,
        IdentifyBy identifyBy,
        boolean pinAllowed) {}
