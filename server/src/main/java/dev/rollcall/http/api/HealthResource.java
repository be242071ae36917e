package dev.rollcall.http.api;

import dev.rollcall.attendance.WatchedClock;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.metrics.ServiceFacts;
import dev.rollcall.outcome.StoreHealth;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GET /health: whether the service can serve, for people and probes; GET /health/live: whether it lives. Needs no key. */
@Path("/health")
public final class HealthResource {

    private final ServiceFacts facts;
    private final StoreHealth store;
    private final WatchedClock clock;

    @Inject
    HealthResource(ServiceFacts facts, StoreHealth store, WatchedClock clock) {
        this.facts = facts;
        this.store = store;
        this.clock = clock;
    }

    /** That the process answers. */
    record Live(String status) {}

    /** The report. */
    record Health(String status, String version, Engine engine, Database database, ClockView clock, long uptimeS) {}

    /** The engine's part of the report. */
    record Engine(boolean loaded, String model, String liveness) {}

    /** The store's part of the report; {@code problem} is null, {@code unreachable} or {@code disk_full}. */
    record Database(
            String kind, boolean ok, int schema, @Nullable String problem) {}

    /**
     * The clock's part of the report, which doesn't change the status.
     *
     * @param problem null, {@code jumped} or {@code behind_newest_entry}
     * @param at the first moment after the jump, or the newest entry's; null without a problem
     * @param byS seconds by which the clock jumped, negative when it went back, or by which it is behind the newest
     *     entry; null without a problem
     */
    record ClockView(
            boolean ok,
            @Nullable String problem,
            @Nullable Instant at,
            @Nullable Long byS) {

        static ClockView of(WatchedClock.Finding finding) {
            if (finding instanceof WatchedClock.Jump jump) {
                return new ClockView(false, "jumped", jump.at(), jump.by().toSeconds());
            }
            if (finding instanceof WatchedClock.BehindNewestEntry behind) {
                return new ClockView(
                        false,
                        "behind_newest_entry",
                        behind.newest(),
                        behind.by().toSeconds());
            }
            return new ClockView(true, null, null, null);
        }
    }

    /** Whether the process answers at all: what asks for a restart when it doesn't. Asks nobody else. */
    @GET
    @Path("/live")
    @Call(
            admission = AdmissionClass.PROBE,
            scopes = {})
    @NonBlocking
    public Response live() {
        return Response.ok(new Live("ok"), MediaType.APPLICATION_JSON_TYPE).build();
    }

    /** Whether the service can serve: what asks to send requests elsewhere when it can't. */
    @GET
    @Call(
            admission = AdmissionClass.PROBE,
            scopes = {})
    @Blocking
    public Response health() {
        Optional<StoreHealth.Problem> problem = store.problem();
        boolean serves = problem.isEmpty();
        Health health = new Health(
                serves ? "ok" : "degraded",
                facts.version(),
                new Engine(true, facts.model(), facts.liveness()),
                new Database(
                        store.kind(),
                        serves,
                        store.schemaVersion(),
                        problem.map(known -> known.name().toLowerCase(Locale.ROOT))
                                .orElse(null)),
                ClockView.of(clock.finding()),
                Duration.between(facts.startedAt(), clock.instant()).toSeconds());
        return Response.status(serves ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
                .type(MediaType.APPLICATION_JSON)
                .entity(health)
                .build();
    }
}
