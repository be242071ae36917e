package dev.rollcall.http.admission;

import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.RouteTable;
import dev.rollcall.http.RouteTable.Route;
import dev.rollcall.http.access.ApiKeyFilter;
import dev.rollcall.http.access.SessionCookie;
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
 * Admission control of requests, by kind: with a picture, with a small frame, with a large file, a short one of a kiosk, with a PIN,
 * for a file of many rows, with another body, without a body but with a key or a session, without either or to a call that needs no key. Each kind has limits of its own, so
 * the memory of all requests together is bounded for any number of clients, and clients that retry at once take little capacity from
 * the others. Probes and files of the program are always admitted.
 */
@ApplicationScoped
public class Admission {

    /*
     * Requests served at once are together fewer than quarkus.thread-pool.max-threads, so no request waits for a thread.
     * Pictures are more than are analysed or wait for analysis, since some are still being received. The others are as
     * many as there are processors, and some that wait for the database. A queued request with a body holds at most one
     * read of it (ConnectionSetup).
     */
    private static final int MAX_PICTURES = 36;
    private static final int MAX_QUEUED_PICTURES = 200;
    private static final int MAX_FRAMES = 4;
    private static final int MAX_QUEUED_FRAMES = 8;
    private static final int MAX_BODIES = 4;
    private static final int MAX_QUEUED_BODIES = 50;
    private static final int MAX_OF_KIOSKS = 2;
    private static final int MAX_QUEUED_OF_KIOSKS = 100;
    private static final int MAX_PINS = 2;

    /** A hash takes a third of a second, one at a time, and several people may enter a PIN at the same moment. */
    private static final long PIN_TIMEOUT_MS = 3_000;

    private static final int MAX_QUEUED_PINS = 50;
    private static final int MAX_UPLOADS = 1;
    private static final int MAX_QUEUED_UPLOADS = 4;
    private static final int MAX_EXPORTS = 2;
    private static final int MAX_QUEUED_EXPORTS = 4;
    private static final int MAX_SHEETS = 2;

    /** A sheet of a thousand people takes a second or two. */
    private static final long SHEET_TIMEOUT_MS = 5_000;

    private static final int MAX_QUEUED_SHEETS = 50;
    private static final int MAX_WITHOUT_KEY = 2;
    private static final int MAX_QUEUED_WITHOUT_KEY = 100;
    private static final int MAX_WITH_KEY = 4;
    private static final int MAX_QUEUED_WITH_KEY = 400;
    private static final long QUEUE_TIMEOUT_MS = 500;

    private final RouteTable routes;
    private final EarlyRefusals refusals;
    private final AdmissionGate pictures;
    private final AdmissionGate frames;
    private final AdmissionGate bodies = gate(MAX_BODIES, MAX_QUEUED_BODIES, () -> true, () -> {});
    private final AdmissionGate ofKiosks = gate(MAX_OF_KIOSKS, MAX_QUEUED_OF_KIOSKS, () -> true, () -> {});
    private final AdmissionGate pins = gate(MAX_PINS, MAX_QUEUED_PINS, PIN_TIMEOUT_MS, () -> true, () -> {});
    private final AdmissionGate uploads = gate(MAX_UPLOADS, MAX_QUEUED_UPLOADS, () -> true, () -> {});
    private final AdmissionGate exports = gate(MAX_EXPORTS, MAX_QUEUED_EXPORTS, () -> true, () -> {});
    private final AdmissionGate sheets = gate(MAX_SHEETS, MAX_QUEUED_SHEETS, SHEET_TIMEOUT_MS, () -> true, () -> {});
    private final AdmissionGate withKey = gate(MAX_WITH_KEY, MAX_QUEUED_WITH_KEY, () -> true, () -> {});
    private final AdmissionGate withoutKey = gate(MAX_WITHOUT_KEY, MAX_QUEUED_WITHOUT_KEY, () -> true, () -> {});

    @Inject
    Admission(RouteTable routes, EarlyRefusals refusals, Provider<AnalysisPool> pool, Provider<BodyBudget> budget) {
        this.routes = routes;
        this.refusals = refusals;
        this.pictures =
                gate(MAX_PICTURES, MAX_QUEUED_PICTURES, () -> !pool.get().isFull(), () -> budget.get()
                        .revokeSlowest());
        this.frames = gate(MAX_FRAMES, MAX_QUEUED_FRAMES, () -> pool.get().takesFrames(), () -> {});
    }

    /** Passes a request on, at once or after it was queued, or refuses it. */
    public void filter(RoutingContext context) {
        Optional<Call> call = route(context).map(Route::call);
        AdmissionClass kind = call.map(Call::admission).orElse(AdmissionClass.ORDINARY);
        if (kind == AdmissionClass.PICTURE) {
            pictures.submit(context);
        } else if (kind == AdmissionClass.FRAME) {
            frames.submit(context);
        } else if (kind == AdmissionClass.UPLOAD) {
            uploads.submit(context);
        } else if (kind == AdmissionClass.EXPORT && hasKey(context.request())) {
            exports.submit(context);
        } else if (kind == AdmissionClass.SHEET && hasKey(context.request())) {
            sheets.submit(context);
        } else if (kind == AdmissionClass.PIN && hasKey(context.request())) {
            pins.submit(context);
        } else if (kind == AdmissionClass.KIOSK && hasKey(context.request())) {
            ofKiosks.submit(context);
        } else if (kind == AdmissionClass.ORDINARY
                && call.filter(Admission::needsNoKey).isPresent()) {
            withoutKey.submit(context);
        } else if (hasBody(context.request())) {
            bodies.submit(context);
        } else if (kind == AdmissionClass.PROBE || kind == AdmissionClass.FILE) {
            context.next();
        } else if (hasKey(context.request())) {
            withKey.submit(context);
        } else {
            withoutKey.submit(context);
        }
    }

    /** Anybody may send such a request: it takes no place from those of callers with a key. */
    static boolean needsNoKey(Call call) {
        return call.scopes().length == 0;
    }

    private Optional<Route> route(RoutingContext context) {
        return routes.find(context.request().method().name(), context.normalizedPath());
    }

    /** Requests without a key or session have a limit of their own, so that they don't delay the others. */
    static boolean hasKey(HttpServerRequest request) {
        return request.headers().contains(ApiKeyFilter.HEADER)
                || request.headers().contains(HttpHeaders.AUTHORIZATION)
                || SessionCookie.isIn(request);
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    private AdmissionGate gate(int capacity, int queueCapacity, BooleanSupplier hasCapacity, Runnable onQueued) {
        return gate(capacity, queueCapacity, QUEUE_TIMEOUT_MS, hasCapacity, onQueued);
    }

    private AdmissionGate gate(
            int capacity, int queueCapacity, long timeoutMs, BooleanSupplier hasCapacity, Runnable onQueued) {
        return new AdmissionGate(capacity, queueCapacity, timeoutMs, new AdmissionGate.Guard() {
            @Override
            public void requestQueued() {
                onQueued.run();
            }

            @Override
            public boolean hasCapacity() {
                return hasCapacity.getAsBoolean();
            }

            @Override
            public void reject(RoutingContext context) {
                refuse(context);
            }
        });
    }

    private void refuse(RoutingContext context) {
        refusals.refuse(context, new Refusal(Code.OVERLOADED, "Too many requests are waiting. Try again in a moment."));
    }
}
