package dev.rollcall.http.api;

import dev.rollcall.attendance.WatchedClock;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.api.MachineHealth.CertificateView;
import dev.rollcall.http.api.MachineHealth.ClockView;
import dev.rollcall.http.api.MachineHealth.DiskView;
import dev.rollcall.metrics.ServiceFacts;
import dev.rollcall.outcome.StoreHealth;
import dev.rollcall.recognition.gallery.Gallery;
import dev.rollcall.sites.LivenessMode;
import dev.rollcall.sites.Site;
import dev.rollcall.sites.SitesInForce;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** GET /health: readiness, with a report; GET /health/live: liveness. Both need no key. */
@Path("/health")
@Tag(name = "monitoring", description = "Health and metrics")
public final class HealthResource {

    private final ServiceFacts facts;
    private final StoreHealth store;
    private final Gallery gallery;
    private final SitesInForce sites;
    private final MachineHealth machine;

    @Inject
    HealthResource(ServiceFacts facts, StoreHealth store, Gallery gallery, SitesInForce sites, MachineHealth machine) {
        this.facts = facts;
        this.store = store;
        this.gallery = gallery;
        this.sites = sites;
        this.machine = machine;
    }

    @Schema(name = "LiveReport", description = "The process responds")
    record LiveReport(
            @Schema(enumeration = "ok", description = "Always ok")
            String status) {

        static LiveReport example() {
            return new LiveReport("ok");
        }
    }

    @Schema(description = "Readiness, and the state of each part")
    record Health(
            @Schema(
                    enumeration = {"ok", "degraded"},
                    description =
                            "Whether all parts work as they should; the HTTP status says whether the service can serve")
            String status,

            @Schema(description = "The program's version") String version,
            @Schema(description = "The engine's state") Engine engine,
            @Schema(description = "The database's state") Database database,
            @Schema(description = "The gallery's state") GalleryView gallery,
            @Schema(description = "The clock's state") ClockView clock,

            @Schema(description = "The space on the service's disk; null if it can't be told") @Nullable
            DiskView disk,

            @Schema(description = "The service's certificate; null without TLS of its own") @Nullable
            CertificateView certificate,

            @Schema(description = "The time zone of the default site")
            String timeZone,

            @Schema(description = "Seconds since the start of the service")
            long uptimeS) {

        static Health example() {
            return new Health(
                    "ok",
                    "0.1.0",
                    new Engine(true, "face-embedder@87aacdfe5751", "monitor", "native", null),
                    new Database("embedded", true, 1, null),
                    new GalleryView(true, 2),
                    ClockView.of(new WatchedClock.Steady()),
                    new DiskView(true, 21_474_836_480L),
                    null,
                    "Europe/Madrid",
                    7);
        }
    }

    /** The engine's part of the report. */
    @Schema(name = "EngineHealth", description = "The engine's part of the report")
    record Engine(
            @Schema(description = "Always true: the service starts with the models loaded")
            boolean loaded,

            @Schema(description = "The id of the model that makes templates")
            String model,

            @Schema(implementation = LivenessMode.class) String liveness,

            @Schema(
                    enumeration = {"native", "java"},
                    description =
                            "What computes the models: ONNX Runtime's native library, or Java, several times slower")
            String runtime,

            @Schema(implementation = EngineProblem.class, description = "Null without a problem") @Nullable
            String problem) {

        static Engine of(ServiceFacts.Engine facts) {
            return new Engine(
                    true,
                    facts.model(),
                    facts.liveness(),
                    facts.runtimeName(),
                    facts.runtime().isFallback()
                            ? EngineProblem.NATIVE_LIBRARY_UNUSABLE.name().toLowerCase(Locale.ROOT)
                            : null);
        }
    }

    /** Why the engine is slower than it could be. */
    @Schema(
            description =
                    "native_library_unusable: ONNX Runtime's native library can't be loaded, so Java computes the models; the log"
                            + " says what is wrong with it")
    enum EngineProblem {
        NATIVE_LIBRARY_UNUSABLE
    }

    /** The store's part of the report; {@code problem} is null, {@code unreachable}, {@code disk_full} or {@code standby}. */
    @Schema(name = "DatabaseHealth", description = "The store's part of the report")
    record Database(
            @Schema(
                    enumeration = {"embedded", "postgres", "supabase"},
                    description = "The kind of database: the service's own, another PostgreSQL, or a Supabase project")
            String kind,

            @Schema(description = "Whether the database can be used")
            boolean ok,

            @Schema(description = "The version of the database's schema")
            int schema,

            @Schema(implementation = StoreHealth.Problem.class, description = "Null without a problem") @Nullable
            String problem) {}

    /** The gallery's part of the report, which doesn't change the status. */
    @Schema(name = "GalleryHealth", description = "The gallery's part of the report, which doesn't change the status")
    record GalleryView(
            @Schema(
                    description =
                            "Whether all templates are in memory; until then enrollment reads them from the database")
            boolean ready,

            @Schema(description = "Templates in memory") int templates) {}

    /** The liveness probe; a supervisor restarts a process that doesn't respond. Uses neither database nor engine. */
    @GET
    @Path("/live")
    @Call(
            admission = AdmissionClass.PROBE,
            scopes = {},
            overPlainHttp = true)
    @NonBlocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "live", summary = "Whether the process responds; uses neither database nor engine")
    public LiveReport live() {
        return new LiveReport("ok");
    }

    /** The readiness probe; a load balancer sends requests to other instances on 503. */
    @GET
    @Call(
            admission = AdmissionClass.PROBE,
            scopes = {},
            overPlainHttp = true)
    @Blocking
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "health", summary = "Whether the service can serve")
    @APIResponse(
            responseCode = "200",
            description = "The service can serve; status is degraded if it is slower than it could be",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Health.class)))
    @APIResponse(
            responseCode = "503",
            description = "The service can't serve: the database can't be reached, or its disk is full",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Health.class)))
    public RestResponse<Health> health() {
        Optional<StoreHealth.Problem> problem = store.problem();
        boolean serves = problem.isEmpty();
        Health health = new Health(
                serves && !facts.engine().runtime().isFallback() ? "ok" : "degraded",
                facts.version(),
                Engine.of(facts.engine()),
                new Database(
                        store.kind(),
                        serves,
                        store.schemaVersion(),
                        problem.map(known -> known.name().toLowerCase(Locale.ROOT))
                                .orElse(null)),
                new GalleryView(gallery.isReady(), gallery.size()),
                machine.clock(),
                machine.disk(),
                machine.certificate(),
                sites.lastKnown(Site.DEFAULT).timeZone().getId(),
                machine.secondsSince(facts.startedAt()));
        return RestResponse.status(serves ? RestResponse.Status.OK : RestResponse.Status.SERVICE_UNAVAILABLE, health);
    }
}
