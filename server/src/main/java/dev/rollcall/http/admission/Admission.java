package dev.rollcall.http.admission;

import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.RouteTable;
import dev.rollcall.http.RouteTable.Route;
import dev.rollcall.http.access.RequestOrigin;
import dev.rollcall.http.problem.ProblemType;
import dev.rollcall.http.problem.RouterFailures;
import dev.rollcall.metrics.ServiceMetrics;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.recognition.AnalysisPool;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Lets requests in, by kind: with a picture, with another body, without one. So the memory that requests take together
 * is bounded however many clients there are, and clients that ask again at once, when they are refused, take little from
 * those who are served. Probes are always let in.
 */
@ApplicationScoped
public class Admission {

    private static final String API_KEY = "X-API-Key";

    /*
     * Together fewer than quarkus.thread-pool.max-threads, so that nobody queues for a thread. More pictures than are
     * analysed or wait for that, since some are still on their way; as many others as there are processors and some
     * that wait for the database. What waits with a body holds as much of it as is read at once (ConnectionSetup).
     */
    private static final int PICTURES_INSIDE = 36;
    private static final int PICTURES_WAITING = 200;
    private static final int BODIES_INSIDE = 4;
    private static final int BODIES_WAITING = 50;
    private static final int STRANGERS_INSIDE = 2;
    private static final int STRANGERS_WAITING = 100;
    private static final int OTHERS_INSIDE = 4;
    private static final int OTHERS_WAITING = 400;

    /** Asked for at the first request: filters are made before the settings are read. */
    private final Provider<ServiceMetrics> metrics;

    private final RouteTable routes;
    private final AdmissionGate pictures;
    private final AdmissionGate bodies = gate(BODIES_INSIDE, BODIES_WAITING, () -> true, () -> {});
    private final AdmissionGate others = gate(OTHERS_INSIDE, OTHERS_WAITING, () -> true, () -> {});
    private final AdmissionGate strangers = gate(STRANGERS_INSIDE, STRANGERS_WAITING, () -> true, () -> {});

    @Inject
    Admission(
            RouteTable routes,
            Provider<AnalysisPool> pool,
            Provider<ServiceMetrics> metrics,
            Provider<BodyBudget> budget) {
        this.routes = routes;
        this.metrics = metrics;
        this.pictures =
                gate(PICTURES_INSIDE, PICTURES_WAITING, () -> !pool.get().isFull(), () -> budget.get()
                        .callBackSlowest());
    }

    /** Hands a request on when its turn comes, or refuses it. */
    public void filter(RoutingContext context) {
        AdmissionClass kind =
                route(context).map(route -> route.call().admission()).orElse(AdmissionClass.ORDINARY);
        if (kind == AdmissionClass.PICTURE) {
            pictures.arrive(context);
        } else if (hasBody(context.request())) {
            bodies.arrive(context);
        } else if (kind == AdmissionClass.PROBE) {
            context.next();
        } else if (showsKey(context.request())) {
            others.arrive(context);
        } else {
            strangers.arrive(context);
        }
    }

    private Optional<Route> route(RoutingContext context) {
        return routes.find(context.request().method().name(), context.normalizedPath());
    }

    /** Whoever shows no key at all must not keep those waiting who do. */
    private static boolean showsKey(HttpServerRequest request) {
        return request.headers().contains(API_KEY) || request.headers().contains(HttpHeaders.AUTHORIZATION);
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    private AdmissionGate gate(int inside, int waiting, BooleanSupplier admits, Runnable makeRoom) {
        return new AdmissionGate(inside, waiting, new AdmissionGate.Guard() {
            @Override
            public void waiting() {
                makeRoom.run();
            }

            @Override
            public boolean admits() {
                return admits.getAsBoolean();
            }

            @Override
            public void turnAway(RoutingContext context) {
                refuse(context);
            }
        });
    }

    private void refuse(RoutingContext context) {
        if (context.response().closed()) {
            return;
        }
        Refusal refusal = new Refusal(Code.OVERLOADED, "Too many requests are waiting. Try again in a moment.");
        RouterFailures.answer(context, refusal);
        metrics.get()
                .answered(
                        RequestMeter.known(context.request().method().name()),
                        route(context).map(Route::path).orElse(RequestMeter.OTHER),
                        ProblemType.of(refusal.code()).status(),
                        refusal.code().name(),
                        System.nanoTime() - RequestOrigin.of(context).startedNanos());
    }
}
