package dev.rollcall.security;

import io.netty.channel.Channel;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells {@link SlowHeads} when requests begin and are answered. */
@ApplicationScoped
class HeadWatch {

    private static final int BEFORE_ALL_OTHERS = 10_003;

    void register(@Observes Filters filters) {
        filters.register(HeadWatch::watch, BEFORE_ALL_OTHERS);
    }

    private static void watch(RoutingContext context) {
        if (context.request().connection() instanceof ConnectionBase connection) {
            Channel channel = connection.channel();
            int request = SlowHeads.headArrived(channel);
            context.addEndHandler(done ->
                    SlowHeads.answered(channel, request, context.request().isEnded()));
        }
        context.next();
    }
}
