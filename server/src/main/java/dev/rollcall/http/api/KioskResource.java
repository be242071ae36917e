package dev.rollcall.http.api;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.Devices;
import dev.rollcall.keys.Scope;
import dev.rollcall.sites.IdentifyBy;
import dev.rollcall.sites.SitesInForce;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** GET /v1/kiosk: what a kiosk needs to know about itself, its site and the service's clock. */
@Path("/v1/kiosk")
@Tag(name = "devices")
public final class KioskResource {

    private final Devices devices;
    private final SitesInForce sites;
    private final Service service;
    private final Clock clock;

    @Inject
    KioskResource(Devices devices, SitesInForce sites, Service service, Clock clock) {
        this.devices = devices;
        this.sites = sites;
        this.service = service;
        this.clock = clock;
    }

    /**
     * What is the same for every kiosk.
     *
     * @param undoSeconds how long a mark can be taken back by the key that made it; 0 for never
     * @param lateMarkHours how old a face may be that is sent late
     * @param version of the program
     */
    public record Service(int undoSeconds, int lateMarkHours, String version) {}

    @Schema(name = "Kiosk", description = "What a kiosk needs to know about itself, its site and the service's clock")
    record KioskView(
            @Schema(description = "The id of the kiosk's key, which is no secret")
            String id,

            @Schema(description = "The kiosk's name; null for a key that is no device's") @Nullable
            String name,

            @Schema(description = "The site whose marks it makes")
            String site,

            @Schema(description = "The name of that site") String siteName,

            @Schema(description = "Whether faces are recognised and marks made at the site")
            boolean active,

            @Schema(description = "The time zone of the site")
            String timeZone,

            @Schema(description = "Whether a request may choose the direction of a mark")
            boolean directionsAllowed,

            @Schema(description = "Whether marks need the position of the device")
            boolean positionNeeded,

            @Schema(description = "Whether marks need the token of a head-turn challenge")
            boolean challengeNeeded,

            @Schema(implementation = IdentifyBy.class) String identifyBy,

            @Schema(description = "Whether a number and a PIN make a mark at the site")
            boolean pinAllowed,

            @Schema(description = "How long the kiosk can take a mark back; 0 for never")
            int undoSeconds,

            @Schema(description = "How many hours ago a face may have been captured that is sent late")
            int lateMarkHours,

            @Schema(description = "The service's time") Instant serverTime,

            @Schema(description = "The version of the service, and so of the kiosk's page")
            String version) {

        static KioskView example() {
            return new KioskView(
                    "3f9a0c41d2b7",
                    "kiosk at the entrance",
                    "default",
                    "default",
                    true,
                    "Europe/Madrid",
                    true,
                    false,
                    false,
                    "face",
                    true,
                    10,
                    72,
                    Instant.parse("2026-11-22T07:58:00.120551Z"),
                    "0.1.0");
        }
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.KIOSK, scopes = Scope.RECOGNIZE)
    @Blocking
    @Operation(
            operationId = "readKiosk",
            summary = "What a kiosk needs to know about itself, its site and the service's clock")
    public KioskView read(@Context SecurityContext context) {
        KeyHolder holder = KeyHolder.of(context);
        String id = holder.caller().keyId();
        DeviceSite site = DeviceSite.of(holder.site(), sites);
        return new KioskView(
                id,
                devices.read(id).map(ApiKey::name).orElse(null),
                site.site(),
                site.name(),
                site.active(),
                site.timeZone(),
                site.directionsAllowed(),
                site.positionNeeded(),
                site.challengeNeeded(),
                site.identifyBy(),
                site.pinAllowed(),
                service.undoSeconds(),
                service.lateMarkHours(),
                clock.instant(),
                service.version());
    }
}
