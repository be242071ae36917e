package dev.rollcall.api;

import dev.rollcall.metrics.ServiceMetrics;
import dev.rollcall.security.RequestOrigin;
import dev.rollcall.usecase.AnalysisPool;
import dev.rollcall.usecase.Code;
import dev.rollcall.usecase.Refusal;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Lets requests in, by kind: with a picture, with another body, without one. So the memory that requests take together
 * is bounded however many clients there are, and clients that ask again at once, when they are refused, take little from
 * those who are served. Probes are always let in.
 */
@ApplicationScoped
class WaitingRoom {

    private static final int BEHIND_ORIGIN_AND_HEADERS = 9_000;
    private static final Set<String> PICTURE_PATHS = Set.of("/recognize", "/enroll");
    private static final String API_KEY = "X-API-Key";
    private static final Set<String> PROBES = Set.of("/health", "/health/live");

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

    private final Door pictures;
    private final Door bodies = door(BODIES_INSIDE, BODIES_WAITING, () -> true, () -> {});
    private final Door others = door(OTHERS_INSIDE, OTHERS_WAITING, () -> true, () -> {});
    private final Door strangers = door(STRANGERS_INSIDE, STRANGERS_WAITING, () -> true, () -> {});

    @Inject
    WaitingRoom(Provider<AnalysisPool> pool, Provider<ServiceMetrics> metrics, Provider<BodyBudget> budget) {
        this.metrics = metrics;
        this.pictures =
                door(PICTURES_INSIDE, PICTURES_WAITING, () -> !pool.get().isFull(), () -> budget.get()
                        .callBackSlowest());
    }

    void register(@Observes Filters filters) {
        filters.register(this::arrive, BEHIND_ORIGIN_AND_HEADERS);
    }

    private void arrive(RoutingContext context) {
        String path = context.normalizedPath();
        if (PICTURE_PATHS.contains(path)) {
            pictures.arrive(context);
        } else if (hasBody(context.request())) {
            bodies.arrive(context);
        } else if (PROBES.contains(path) && !context.request().method().equals(HttpMethod.OPTIONS)) {
            context.next();
        } else if (showsKey(context.request())) {
            others.arrive(context);
        } else {
            strangers.arrive(context);
        }
    }

    /** Whoever shows no key at all must not keep those waiting who do. */
    private static boolean showsKey(HttpServerRequest request) {
        return request.headers().contains(API_KEY) || request.headers().contains(HttpHeaders.AUTHORIZATION);
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    private Door door(int inside, int waiting, BooleanSupplier admits, Runnable makeRoom) {
        return new Door(inside, waiting, new Door.Guard() {
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
        String path = context.normalizedPath();
        metrics.get()
                .answered(
                        RequestMeter.known(context.request().method().name()),
                        PICTURE_PATHS.contains(path) ? path : RequestMeter.OTHER,
                        StatusTable.of(refusal.code()).status(),
                        refusal.code().name(),
                        System.nanoTime() - RequestOrigin.of(context).startedNanos());
    }
}
