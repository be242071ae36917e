package dev.rollcall.http.api;

import dev.rollcall.sites.Geofence;
import dev.rollcall.sites.IdentifyBy;
import dev.rollcall.sites.LivenessMode;
import dev.rollcall.sites.RulesInForce;
import dev.rollcall.sites.Site;
import dev.rollcall.sites.SiteRules;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A site in responses. */
@Schema(name = "Site", description = "A place where marks are made, with its rules")
record SiteView(
        @Schema(description = "The site's id") String site,
        @Schema(description = "The site's name") String name,

        @Schema(description = "Whether faces are recognised and marks made there")
        boolean active,

        @Schema(description = "Its own time zone; null for that of the settings") @Nullable
        String timeZone,

        @Schema(description = "Its own limit of marks; null for that of the settings") @Nullable
        Integer maxMarksPerDay,

        @Schema(description = "Its own least seconds between marks; null for those of the settings") @Nullable
        Integer minSecondsBetween,

        @Schema(description = "When its work dates begin; null for the time of the settings") @Nullable
        String dayStartsAt,

        @Schema(description = "Its own target; null for that of the settings") @Nullable
        Double targetFalseMatchRate,

        @Schema(
                implementation = LivenessMode.class,
                description = "Its own liveness mode; null for that of the settings")
        @Nullable
        String liveness,

        @Schema(description = "Whether a request may choose the direction of a mark; null for yes") @Nullable
        Boolean directionsAllowed,

        @Schema(description = "Where devices must be to mark; null for anywhere")
        SiteBodies.@Nullable GeofenceBody geofence,

        @Schema(
                implementation = IdentifyBy.class,
                description = "What a mark by a face rests on; null for the face alone")
        @Nullable
        String identifyBy,

        @Schema(description = "Whether a number and a PIN make a mark; null for no") @Nullable
        Boolean pinAllowed,

        @Schema(description = "The rules that hold there: its own, otherwise those of the settings")
        InForce inForce,

        @Schema(description = "When the site was added") Instant createdAt,

        @Schema(description = "When the site was last changed")
        Instant updatedAt) {

    /** The rules that hold at a site. */
    @Schema(name = "SiteRulesInForce", description = "The rules that hold at a site")
    record InForce(
            @Schema(description = "The time zone, which decides work dates")
            String timeZone,

            @Schema(description = "Most marks of one person on one work date")
            int maxMarksPerDay,

            @Schema(description = "Least seconds between two marks of one person")
            int minSecondsBetween,

            @Schema(description = "The local time at which a work date begins")
            String dayStartsAt,

            @Schema(description = "The share of attempts with another person's face that may match")
            double targetFalseMatchRate,

            @Schema(implementation = LivenessMode.class) String liveness,

            @Schema(description = "Whether a request may choose the direction of a mark")
            boolean directionsAllowed,

            @Schema(implementation = IdentifyBy.class) String identifyBy,

            @Schema(description = "Whether a number and a PIN make a mark")
            boolean pinAllowed) {

        static InForce of(RulesInForce rules) {
            return new InForce(
                    rules.timeZone().getId(),
                    rules.maxMarksPerDay(),
                    rules.minSecondsBetween(),
                    rules.dayStartsAt().toString(),
                    rules.targetErrorRate(),
                    lower(rules.liveness()),
                    rules.directionsAllowed(),
                    lower(rules.identifyBy()),
                    rules.pinAllowed());
        }
    }

    static SiteView example() {
        return new SiteView(
                "malaga",
                "Málaga",
                true,
                "Europe/Madrid",
                4,
                null,
                "05:00",
                null,
                null,
                null,
                SiteBodies.GeofenceBody.example(),
                "number",
                true,
                new InForce("Europe/Madrid", 4, 60, "05:00", 1e-4, "monitor", true, "number", true),
                Instant.parse("2026-11-20T09:12:44.120551Z"),
                Instant.parse("2026-11-20T09:12:44.120551Z"));
    }

    static SiteView of(Site site, RulesInForce inForce) {
        SiteRules rules = site.rules();
        ZoneId zone = rules.timeZone();
        LocalTime dayStartsAt = rules.dayStartsAt();
        LivenessMode liveness = rules.liveness();
        IdentifyBy identifyBy = rules.identifyBy();
        return new SiteView(
                site.id(),
                site.name(),
                site.active(),
                zone == null ? null : zone.getId(),
                rules.maxMarksPerDay(),
                rules.minSecondsBetween(),
                dayStartsAt == null ? null : dayStartsAt.toString(),
                rules.targetErrorRate(),
                liveness == null ? null : lower(liveness),
                rules.directionsAllowed(),
                geofence(rules.geofence()),
                identifyBy == null ? null : lower(identifyBy),
                rules.pinAllowed(),
                InForce.of(inForce),
                site.createdAt(),
                site.updatedAt());
    }

    private static SiteBodies.@Nullable GeofenceBody geofence(@Nullable Geofence circle) {
        return circle == null
                ? null
                : new SiteBodies.GeofenceBody(circle.latitude(), circle.longitude(), circle.radiusM());
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
