package dev.rollcall.security;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections on which the head of a request, what comes before the first, or the rest of a body behind its answer
 * doesn't arrive in time. The HTTP server itself only notices when nothing comes at all; a client that sends a byte now and
 * then could hold a connection for as long as it likes. Found by Netty through its service loader, before any of its own.
 */
public final class SlowHeads extends ChannelInitializerExtension {

    /** What makes Netty look for extensions; must be set before its first class is loaded. */
    public static final String SWITCH = "io.netty.bootstrap.extensions";

    /** The value of {@link #SWITCH}. */
    public static final String SWITCH_ON = "serviceload";

    private static final long LIMIT_S = 10;
    private static final AttributeKey<Watch> WATCH = AttributeKey.valueOf(SlowHeads.class, "watch");

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        Watch watch = new Watch();
        channel.attr(WATCH).set(watch);
        channel.pipeline().addFirst(watch);
    }

    /** Says that a request's head has arrived on a channel; answers its number on it. */
    static int headArrived(Channel channel) {
        Watch watch = channel.attr(WATCH).get();
        return watch == null ? 0 : watch.headArrived();
    }

    /**
     * Says that a request was answered: what comes next is the head of the next one, or still the rest of this one's body,
     * which is thrown away. Holds on to nothing of the request: there may be thousands a second.
     *
     * @param complete whether its body has come to its end
     */
    static void answered(Channel channel, int request, boolean complete) {
        Watch watch = channel.attr(WATCH).get();
        if (watch != null) {
            channel.eventLoop().execute(() -> watch.answered(request, complete));
        }
    }

    /** Lives on the channel's event loop. */
    private static final class Watch extends ChannelInboundHandlerAdapter {

        private int requests;
        private boolean serving;
        private @Nullable ScheduledFuture<?> deadline;
        private @Nullable ChannelHandlerContext place;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            place = context;
            begin(context);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!serving && deadline == null) {
                begin(context);
            }
            context.fireChannelRead(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end();
            context.fireChannelInactive();
        }

        @SuppressWarnings("FutureReturnValueIgnored") // a connection that can't be closed is closed
        private void begin(ChannelHandlerContext context) {
            deadline = context.executor().schedule((Runnable) context::close, LIMIT_S, TimeUnit.SECONDS);
        }

        private void end() {
            if (deadline != null) {
                deadline.cancel(false);
                deadline = null;
            }
        }

        int headArrived() {
            requests++;
            serving = true;
            end();
            return requests;
        }

        /** The next request may have come already. */
        void answered(int request, boolean complete) {
            if (request != requests) {
                return;
            }
            serving = false;
            if (!complete && deadline == null && place != null) {
                begin(place);
            }
        }
    }
}
