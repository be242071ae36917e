package dev.rollcall.security;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection of the HTTP server: which phase of a request it is in, how long that may take, and whether more is read.
 *
 * <p>Nothing is read while a whole request waits for its answer, nor while the client doesn't take the answers that it has
 * got. A head, what comes before the first, and the rest of a body behind its answer must arrive within
 * {@link #HEAD_SECONDS}. Lives on the channel's event loop,
 * but for what {@link Connections} asks, which any thread may.
 */
final class Connection extends ChannelDuplexHandler {

    static final long HEAD_SECONDS = 10;

    private static final AttributeKey<Connection> OF_CHANNEL = AttributeKey.valueOf(Connection.class, "connection");

    private final Connections connections;
    private @Nullable RequestDecoder decoder;
    private @Nullable Channel channel;
    private @Nullable ChannelHandlerContext place;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean bodyComes;
    private boolean readHeld;
    private boolean closesAfterAnswer;

    private volatile boolean serving;
    private volatile boolean answered;
    private volatile boolean proven;
    private volatile long since = System.nanoTime();

    Connection(Connections connections) {
        this.connections = connections;
    }

    /** The connection of a channel, or null where it is none of the HTTP server's. */
    static @Nullable Connection of(Channel channel) {
        return channel.attr(OF_CHANNEL).get();
    }

    void opened(Channel opened, boolean tls) {
        channel = opened;
        opened.attr(OF_CHANNEL).set(this);
        connections.weigh(this, tls ? HeapShares.TLS_WEIGHT : 1);
        beginDeadline();
    }

    void decodedBy(RequestDecoder requestDecoder) {
        decoder = requestDecoder;
    }

    /** Bytes have come, of whatever. */
    void bytesCame() {
        if (!serving && deadline == null) {
            since = System.nanoTime();
            beginDeadline();
        }
    }

    /** Says that a valid key was shown on this connection. */
    void prove() {
        proven = true;
    }

    /** Whether a request is being served. */
    boolean isServing() {
        return serving;
    }

    /** Whether a valid key was shown. */
    boolean isProven() {
        return proven;
    }

    /** Whether there has been an answer. */
    boolean isAnswered() {
        return answered;
    }

    /** For how long no request has been served, by a time of {@link System#nanoTime()}. */
    long idleNanos(long now) {
        return serving ? 0 : now - since;
    }

    /** Closes the connection; may be called by any thread. */
    @SuppressWarnings("FutureReturnValueIgnored") // a connection that can't be closed is closed
    void close() {
        Channel open = channel;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        place = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        boolean wanted = message instanceof HttpRequest || serving;
        if (message instanceof HttpRequest) {
            serving = true;
            bodyComes = true;
            endDeadline();
        }
        if (message instanceof LastHttpContent) {
            bodyComes = false;
        }
        if (wanted) {
            context.fireChannelRead(message);
        } else {
            drop(context, message);
        }
    }

    /** Throws away the rest of a body behind its answer, which those who read it would collect; passes on its end. */
    private void drop(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            restOfBodyCame();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endDeadline();
        context.fireChannelInactive();
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if ((serving && !bodyComes) || !context.channel().isWritable()) {
            readHeld = true;
        } else {
            context.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        readOn();
        context.fireChannelWritabilityChanged();
    }

    private void readOn() {
        ChannelHandlerContext here = place;
        if (readHeld && here != null && here.channel().config().isAutoRead()) {
            readHeld = false;
            read(here);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean interim = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (message instanceof HttpResponse response && !interim) {
            closesAfterAnswer = !HttpUtil.isKeepAlive(response);
        }
        ChannelPromise written = promise;
        if (message instanceof LastHttpContent && !interim) {
            if (closesAfterAnswer && !bodyComes) {
                written = written.unvoid().addListener(ChannelFutureListener.CLOSE);
            }
            context.executor().execute(this::answerWritten);
        }
        passOn(context, message, written);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the promise is the caller's
    private static void passOn(ChannelHandlerContext context, Object message, ChannelPromise written) {
        context.write(message, written);
    }

    private void restOfBodyCame() {
        endDeadline();
        if (closesAfterAnswer) {
            close();
        } else if (decoder != null) {
            decoder.answered();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that can't be closed is closed
    private void beginDeadline() {
        Channel open = channel;
        if (open != null) {
            deadline = open.eventLoop().schedule((Runnable) open::close, HEAD_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void endDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** The answer is with the network, or waits for it; what comes next is another request, or the rest of this one. */
    private void answerWritten() {
        serving = false;
        answered = true;
        since = System.nanoTime();
        if (bodyComes) {
            beginDeadline();
        } else if (decoder != null) {
            decoder.answered();
        }
        readOn();
    }
}
