package dev.rollcall.http.api;

import dev.rollcall.people.PersonName;
import dev.rollcall.sites.IdentifyBy;
import dev.rollcall.sites.LivenessMode;
import dev.rollcall.sites.Site;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The bodies of requests about sites as the OpenAPI document describes them; {@link SiteFields} reads them. */
final class SiteBodies {

    private static final String NAME = "On one line, with visible characters";
    private static final String SITE_ID = "The site's id: " + Site.ID_RULE;
    private static final String TIME_ZONE = "The time zone, such as Europe/Madrid; it decides work dates";
    private static final String MOST_MARKS = "Most marks of one person on one work date";
    private static final String LEAST_SECONDS = "Least seconds between two marks of one person";
    private static final String DAY_STARTS = "The local time at which a work date begins, such as 05:00 for night work";
    private static final String TARGET = "The share of attempts with another person's face that may match";
    private static final String DIRECTIONS = "Whether a request may choose the direction of a mark";

    private static final String PINS = "Whether a number and a PIN make a mark; null for no";

    private SiteBodies() {}

    /** A site's circle. */
    @Schema(name = "Geofence", description = "The circle in which devices must be to mark")
    record GeofenceBody(
            @Schema(minimum = "-90", maximum = "90", description = "Degrees north, of the centre")
            double latitude,

            @Schema(minimum = "-180", maximum = "180", description = "Degrees east, of the centre")
            double longitude,

            @Schema(minimum = "10", maximum = "1000000", description = "The radius in metres")
            double radiusM) {

        static GeofenceBody example() {
            return new GeofenceBody(36.7213, -4.4214, 150);
        }
    }

    /** A new site. */
    @Schema(name = "NewSiteRequest", description = "A new site; for rules that are absent or null, the settings hold")
    record NewSite(
            @Schema(minLength = 1, maxLength = Site.MAX_ID_LENGTH, pattern = "^" + Site.ID + "$", description = SITE_ID)
            String site,

            @Schema(minLength = 1, maxLength = PersonName.MAX_LENGTH, description = NAME)
            String name,

            @Schema(minLength = 1, maxLength = 64, description = TIME_ZONE) @Nullable
            String timeZone,

            @Schema(minimum = "1", maximum = "100000", description = MOST_MARKS) @Nullable
            Integer maxMarksPerDay,

            @Schema(minimum = "0", maximum = "31536000", description = LEAST_SECONDS) @Nullable
            Integer minSecondsBetween,

            @Schema(pattern = SiteFields.TIME, description = DAY_STARTS) @Nullable
            String dayStartsAt,

            @Schema(minimum = "0.000001", maximum = "0.1", description = TARGET) @Nullable
            Double targetFalseMatchRate,

            @Schema(implementation = LivenessMode.class) @Nullable
            String liveness,

            @Schema(description = DIRECTIONS) @Nullable Boolean directionsAllowed,
            @Nullable GeofenceBody geofence,

            @Schema(implementation = IdentifyBy.class) @Nullable
            String identifyBy,

            @Schema(description = PINS) @Nullable Boolean pinAllowed) {

        static NewSite example() {
            return new NewSite(
                    "malaga", "Málaga", "Europe/Madrid", 4, null, "05:00", null, null, null, null, null, null);
        }
    }

    /** A change of a site. */
    @Schema(name = "SiteChange", description = "The fields of a site that change; others stay as they are")
    record ChangedSite(
            @Schema(minLength = 1, maxLength = PersonName.MAX_LENGTH, description = NAME) @Nullable
            String name,

            @Schema(description = "Whether faces are recognised and marks made there") @Nullable
            Boolean active,

            @Clearable @Schema(minLength = 1, maxLength = 64, description = TIME_ZONE) @Nullable
            String timeZone,

            @Clearable @Schema(minimum = "1", maximum = "100000", description = MOST_MARKS) @Nullable
            Integer maxMarksPerDay,

            @Clearable @Schema(minimum = "0", maximum = "31536000", description = LEAST_SECONDS) @Nullable
            Integer minSecondsBetween,

            @Clearable @Schema(pattern = SiteFields.TIME, description = DAY_STARTS) @Nullable
            String dayStartsAt,

            @Clearable @Schema(minimum = "0.000001", maximum = "0.1", description = TARGET) @Nullable
            Double targetFalseMatchRate,

            @Clearable
            @Schema(
                    implementation = LivenessMode.class,
                    description = "What the liveness score decides; null for the setting")
            @Nullable
            String liveness,

            @Clearable @Schema(description = DIRECTIONS) @Nullable
            Boolean directionsAllowed,

            @Clearable @Schema(description = "Where devices must be to mark; null for anywhere") @Nullable
            GeofenceBody geofence,

            @Clearable
            @Schema(implementation = IdentifyBy.class, description = "What a mark by a face rests on; null for face")
            @Nullable
            String identifyBy,

            @Clearable @Schema(description = PINS) @Nullable Boolean pinAllowed) {

        static ChangedSite example() {
            return new ChangedSite(
                    null,
                    null,
                    null,
                    null,
                    null,
                    "05:00",
                    null,
                    "enforce",
                    false,
                    GeofenceBody.example(),
                    "number",
                    true);
        }
    }
}
