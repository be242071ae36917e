package dev.rollcall.http.connection;

import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The unsent response bytes of one connection. Closes a connection to which nothing can be sent for {@link
 * #STALL_SECONDS}. Its methods run on the channel's event loop; {@link #stalledNanos} and {@link #close} may be called by
 * any thread.
 */
final class UnsentResponse extends ChannelOutboundHandlerAdapter {

    private static final long STALL_SECONDS = 10;

    private final UnsentResponses all;
    private volatile @Nullable ChannelHandlerContext handlerContext;
    private long unsentBytes;
    private long sentBytes;
    private boolean checkScheduled;
    private volatile long lastProgress = System.nanoTime();

    UnsentResponse(UnsentResponses all) {
        this.all = all;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        handlerContext = context;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise is the caller's
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        int more = message instanceof ByteBufHolder holder ? holder.content().readableBytes() : 0;
        if (more == 0) {
            context.write(message, promise);
            return;
        }
        if (unsentBytes == 0) {
            lastProgress = System.nanoTime();
        }
        unsentBytes += more;
        ChannelPromise counted = promise.unvoid();
        counted.addListener(done -> countSent(more));
        all.add(this, more);
        context.write(message, counted);
    }

    private void countSent(int fewer) {
        all.remove(fewer);
        unsentBytes -= fewer;
        sentBytes += fewer;
        lastProgress = System.nanoTime();
        if (unsentBytes == 0) {
            all.sent(this);
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        if (!checkScheduled && hasUnsent(context)) {
            checkScheduled = true;
            scheduleCheck(context, progress(context));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the result is not needed
    private void scheduleCheck(ChannelHandlerContext context, long before) {
        context.executor().schedule(() -> checkProgress(context, before), STALL_SECONDS, TimeUnit.SECONDS);
    }

    private void checkProgress(ChannelHandlerContext context, long before) {
        long now = progress(context);
        if (!hasUnsent(context)) {
            checkScheduled = false;
        } else if (now == before) {
            close();
        } else {
            scheduleCheck(context, now);
        }
    }

    private static boolean hasUnsent(ChannelHandlerContext context) {
        ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
        return buffer != null && buffer.totalPendingWriteBytes() > 0;
    }

    /** Bytes sent so far, including those of a response that is partly sent. */
    private long progress(ChannelHandlerContext context) {
        ChannelOutboundBuffer buffer = context.channel().unsafe().outboundBuffer();
        return sentBytes + (buffer == null ? 0 : buffer.currentProgress());
    }

    /** Nanoseconds since the last byte was sent. */
    long stalledNanos(long now) {
        return now - lastProgress;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that can't be closed is closed
    void close() {
        ChannelHandlerContext here = handlerContext;
        if (here != null) {
            here.channel().close();
        }
    }
}
