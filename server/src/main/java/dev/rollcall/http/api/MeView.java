package dev.rollcall.http.api;

import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.people.PeopleStore.EnrolledPerson;
import dev.rollcall.sites.IdentifyBy;
import dev.rollcall.sites.SitesInForce;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a phone knows about its person and site, in responses. */
@Schema(name = "Me", description = "What a phone needs to know about its person, the site and the service's clock")
record MeView(
        @Schema(description = "The person's id, which a request for a mark names")
        String userId,

        @Schema(description = "The person's name") String name,

        @Schema(description = "Whether the person has a picture to be recognised by")
        boolean enrolled,

        @Schema(description = "The id of the phone's key, which is no secret")
        String id,

        @Schema(description = "The site whose marks the phone makes")
        String site,

        @Schema(description = "The name of that site") String siteName,

        @Schema(description = "Whether faces are recognised and marks made at the site")
        boolean active,

        @Schema(description = "The time zone of the site") String timeZone,

        @Schema(description = "Whether a request may choose the direction of a mark")
        boolean directionsAllowed,

        @Schema(description = "Whether marks need the position of the phone")
        boolean positionNeeded,

        @Schema(description = "Whether marks need the token of a head-turn challenge")
        boolean challengeNeeded,

        @Schema(
                implementation = IdentifyBy.class,
                description =
                        "What a mark by a face rests on at the site; with badge no phone makes one, since it has no badge")
        String identifyBy,

        @Schema(description = "How long the phone can take a mark back; 0 for never")
        int undoSeconds,

        @Schema(description = "How many hours ago a face may have been captured that is sent late")
        int lateMarkHours,

        @Schema(description = "The service's time") Instant serverTime,

        @Schema(description = "The version of the service, and so of the phone's page")
        String version) {

    static MeView example() {
        return new MeView(
                "geronimo",
                "Geronimo",
                true,
                "81c6f2d07a3e",
                "default",
                "default",
                true,
                "Europe/Madrid",
                true,
                true,
                false,
                "face",
                10,
                72,
                Instant.parse("2026-11-22T07:58:00.120551Z"),
                "0.1.0");
    }

    static MeView of(
            EnrolledPerson person, KeyHolder holder, SitesInForce sites, KioskResource.Service service, Instant now) {
        DeviceSite site = DeviceSite.of(holder.site(), sites);
        return new MeView(
                person.userId().value(),
                person.profile().name(),
                person.templates() > 0,
                holder.caller().keyId(),
                site.site(),
                site.name(),
                site.active(),
                site.timeZone(),
                site.directionsAllowed(),
                site.positionNeeded(),
                site.challengeNeeded(),
                site.identifyBy(),
                service.undoSeconds(),
                service.lateMarkHours(),
                now,
                service.version());
    }
}
