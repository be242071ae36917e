package dev.rollcall.http.admission;

import dev.rollcall.http.Call;
import dev.rollcall.http.RouteTable;
import dev.rollcall.http.RouteTable.Route;
import dev.rollcall.http.problem.Refusals;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Refusal;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The filter that receives small bodies before admission, without a thread: a client that sends slowly holds no place and no
 * worker thread that others wait for. Bodies of at most {@link #MAX_BYTES} bytes are received so, of the calls that take no
 * larger ones; a limited number at once, and when there are more the one that began first is ended. Safe for use by several event
 * loops.
 */
@ApplicationScoped
public class SmallBodies {

    /** Most bytes of a small body. */
    public static final int MAX_BYTES = 16_384;

    /** Most bodies that are being received at once: a megabyte of memory. A complete body arrives with its head or soon after. */
    private static final int MOST_AT_ONCE = 64;

    /** Time for a body, as {@code BodyInput} gives to the first part of any. */
    private static final long TIMEOUT_MS = 5_000;

    private final RouteTable routes;
    private final EarlyRefusals refusals;
    private final Queue<Receiving> receiving = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    @Inject
    SmallBodies(RouteTable routes, EarlyRefusals refusals) {
        this.routes = routes;
        this.refusals = refusals;
    }

    /** Passes a request on: one with a small body when it is complete, others at once. */
    public void filter(RoutingContext context) {
        HttpServerRequest request = context.request();
        Optional<Call> call =
                routes.find(request.method().name(), context.normalizedPath()).map(Route::call);
        int most = call.map(Call::maxBodyBytes).orElse(0);
        if (most == 0 || most > MAX_BYTES || isRefusedUnread(call.get(), request) || !hasSmallBody(request, most)) {
            context.next();
            return;
        }
        if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            context.response().writeContinue();
        }
        receive(new Receiving(context, context.vertx().getOrCreateContext(), most));
    }

    /** Whether the call needs a key and the request has none: its body is not waited for. */
    private static boolean isRefusedUnread(Call call, HttpServerRequest request) {
        return !Admission.needsNoKey(call) && !Admission.hasKey(request);
    }

    /** Whether there is a body, and none that the call will refuse by its length alone. */
    private static boolean hasSmallBody(HttpServerRequest request, int most) {
        if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            return true;
        }
        return length(request).filter(length -> length > 0 && length <= most).isPresent();
    }

    private static Optional<Long> length(HttpServerRequest request) {
        try {
            return Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_LENGTH))
                    .map(Long::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void receive(Receiving body) {
        receiving.add(body);
        count.incrementAndGet();
        endOldest();
        RoutingContext context = body.context;
        long timer = context.vertx().setTimer(TIMEOUT_MS, id -> refuse(body, Refusals.bodyTooSlow()));
        context.addEndHandler(ended -> {
            context.vertx().cancelTimer(timer);
            end(body);
        });
        context.request().handler(part -> add(body, part)).endHandler(complete -> {
            context.vertx().cancelTimer(timer);
            if (end(body)) {
                ((RoutingContextInternal) context).setBody(body.bytes);
                context.next();
            }
        });
    }

    private void add(Receiving body, Buffer part) {
        if (body.bytes.length() + part.length() > body.most) {
            refuse(body, RefusedException.tooLarge(body.most).refusal());
        } else if (!body.hasEnded.get()) {
            body.bytes.appendBuffer(part);
        }
    }

    /** Ends those that began first until no more than the limit are left; they get their responses on their own event loops. */
    private void endOldest() {
        Receiving oldest = receiving.peek();
        while (oldest != null && count.get() > MOST_AT_ONCE) {
            Receiving ended = oldest;
            if (end(ended)) {
                ended.eventLoop.runOnContext(
                        unused -> refusals.refuseAndClose(ended.context, Refusals.bodySlowerThanOthers()));
            }
            oldest = receiving.peek();
        }
    }

    private void refuse(Receiving body, Refusal refusal) {
        if (end(body)) {
            refusals.refuseAndClose(body.context, refusal);
        }
    }

    /** Returns whether this ended it; false if it had ended before. */
    private boolean end(Receiving body) {
        if (!body.hasEnded.compareAndSet(false, true)) {
            return false;
        }
        receiving.remove(body);
        count.decrementAndGet();
        return true;
    }

    /** A body that is being received. */
    private static final class Receiving {

        private final RoutingContext context;
        private final Context eventLoop;
        private final int most;
        private final Buffer bytes = Buffer.buffer();
        private final AtomicBoolean hasEnded = new AtomicBoolean();

        Receiving(RoutingContext context, Context eventLoop, int most) {
            this.context = context;
            this.eventLoop = eventLoop;
            this.most = most;
        }
    }
}
