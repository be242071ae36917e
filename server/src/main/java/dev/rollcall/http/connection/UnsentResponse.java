package dev.rollcall.http.connection;

import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has been answered and has not taken yet. Closes a connection that takes nothing for {@link
 * #STILL_SECONDS}. Lives on the channel's event loop, but for {@link #stillNanos} and {@link #close}.
 */
final class UnsentResponse extends ChannelOutboundHandlerAdapter {

    private static final long STILL_SECONDS = 10;

    private final UnsentResponses all;
    private volatile @Nullable ChannelHandlerContext place;
    private long bytes;
    private long taken;
    private boolean watched;
    private volatile long since = System.nanoTime();

    UnsentResponse(UnsentResponses all) {
        this.all = all;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        place = context;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise is the caller's
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        int more = message instanceof ByteBufHolder holder ? holder.content().readableBytes() : 0;
        if (more == 0) {
            context.write(message, promise);
            return;
        }
        if (bytes == 0) {
            since = System.nanoTime();
        }
        bytes += more;
        ChannelPromise counted = promise.unvoid();
        counted.addListener(done -> taken(more));
        all.add(this, more);
        context.write(message, counted);
    }

    private void taken(int fewer) {
        all.remove(fewer);
        bytes -= fewer;
        taken += fewer;
        since = System.nanoTime();
        if (bytes == 0) {
            all.sent(this);
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        if (!watched && waits(context)) {
            watched = true;
            lookLater(context, progress(context));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the look
    private void lookLater(ChannelHandlerContext context, long before) {
        context.executor().schedule(() -> look(context, before), STILL_SECONDS, TimeUnit.SECONDS);
    }

    private void look(ChannelHandlerContext context, long before) {
        long now = progress(context);
        if (!waits(context)) {
            watched = false;
        } else if (now == before) {
            close();
        } else {
            lookLater(context, now);
        }
    }

    private static boolean waits(ChannelHandlerContext context) {
        ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
        return buffer != null && buffer.totalPendingWriteBytes() > 0;
    }

    /** How many bytes the network has taken, also of an answer that it has not taken whole. */
    private long progress(ChannelHandlerContext context) {
        ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
        return taken + (buffer == null ? 0 : buffer.currentProgress());
    }

    /** For how long nothing has been taken. */
    long stillNanos(long now) {
        return now - since;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that can't be closed is closed
    void close() {
        ChannelHandlerContext here = place;
        if (here != null) {
            here.channel().close();
        }
    }
}
