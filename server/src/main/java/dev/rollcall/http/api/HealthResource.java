package dev.rollcall.http.api;

import dev.rollcall.attendance.WatchedClock;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
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
import java.time.Duration;
import java.time.Instant;
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
    private final WatchedClock clock;
    private final SitesInForce sites;
    private final Gallery gallery;

    @Inject
    HealthResource(ServiceFacts facts, StoreHealth store, Gallery gallery, WatchedClock clock, SitesInForce sites) {
        this.sites = sites;
        this.facts = facts;
        this.store = store;
        this.gallery = gallery;
        this.clock = clock;
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

            @Schema(description = "The time zone of the default site")
            String timeZone,

            @Schema(description = "Seconds since the service became ready")
            long uptimeS) {

        static Health example() {
            return new Health(
                    "ok",
                    "0.1.0",
                    new Engine(true, "face-embedder@87aacdfe5751", "monitor", "native", null),
                    new Database("embedded", true, 1, null),
                    new GalleryView(true, 2),
                    new ClockView(true, null, null, null),
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

    /** What was detected about the clock. */
    @Schema(
            description =
                    "jumped: the clock was set, or the machine was suspended; behind_newest_entry: the clock is behind the"
                            + " newest entry that was in the database at the start")
    enum ClockProblem {
        JUMPED,
        BEHIND_NEWEST_ENTRY
    }

    /**
     * The clock's part of the report, which doesn't change the status.
     *
     * @param problem null, {@code jumped} or {@code behind_newest_entry}
     * @param at the first moment after the jump, or the newest entry's; null without a problem
     * @param byS seconds by which the clock jumped, negative when it went back, or by which it is behind the newest
     *     entry; null without a problem
     */
    @Schema(name = "ClockHealth", description = "The clock's part of the report, which doesn't change the status")
    record ClockView(
            @Schema(description = "Whether nothing was detected")
            boolean ok,

            @Schema(implementation = ClockProblem.class, description = "Null without a problem") @Nullable
            String problem,

            @Schema(description = "The first moment after the jump, or the newest entry's; null without a problem")
            @Nullable
            Instant at,

            @Schema(
                    description =
                            "Seconds by which the clock jumped, negative when it went back, or by which it is behind;"
                                    + " null without a problem")
            @Nullable
            Long byS) {

        static ClockView of(WatchedClock.Finding finding) {
            if (finding instanceof WatchedClock.Jump jump) {
                return of(ClockProblem.JUMPED, jump.at(), jump.by());
            }
            if (finding instanceof WatchedClock.BehindNewestEntry behind) {
                return of(ClockProblem.BEHIND_NEWEST_ENTRY, behind.newest(), behind.by());
            }
            return new ClockView(true, null, null, null);
        }

        private static ClockView of(ClockProblem problem, Instant at, Duration by) {
            return new ClockView(false, problem.name().toLowerCase(Locale.ROOT), at, by.toSeconds());
        }
    }

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
                ClockView.of(clock.finding()),
                sites.lastKnown(Site.DEFAULT).timeZone().getId(),
                Duration.between(facts.startedAt(), clock.instant()).toSeconds());
        return RestResponse.status(serves ? RestResponse.Status.OK : RestResponse.Status.SERVICE_UNAVAILABLE, health);
    }
}
