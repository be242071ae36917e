package dev.rollcall.http.connection;

import io.netty.buffer.Unpooled;
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
 * {@link #HEAD_SECONDS}. Its methods run on the channel's event loop; those that {@link Connections} calls may be called
 * by any thread.
 */
public final class Connection extends ChannelDuplexHandler {

    static final long HEAD_SECONDS = 10;

    private static final AttributeKey<Connection> OF_CHANNEL = AttributeKey.valueOf(Connection.class, "connection");

    private final Connections connections;
    private final Channel channel;
    private @Nullable RequestDecoder decoder;
    private @Nullable ChannelHandlerContext place;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean bodyComes;
    private boolean readHeld;
    private boolean nextIsDue;
    private boolean closesAfterAnswer;

    private volatile boolean serving;
    private volatile boolean answered;
    private volatile boolean proven;
    private volatile long since = System.nanoTime();

    Connection(Connections connections, Channel channel) {
        this.connections = connections;
        this.channel = channel;
        channel.attr(OF_CHANNEL).set(this);
    }

    /** The connection of a channel, or null where it is none of the HTTP server's. */
    public static @Nullable Connection of(Channel channel) {
        return channel.attr(OF_CHANNEL).get();
    }

    void opened(boolean tls) {
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
    public void prove() {
        proven = true;
    }

    /** Whether a request is being served. */
    boolean isServing() {
        return serving;
    }

    /** Whether a valid key was shown. */
    public boolean isProven() {
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
        channel.close();
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
        if (mayRead(context)) {
            context.read();
        } else {
            readHeld = true;
            context.channel().config().setAutoRead(false);
        }
    }

    /** A body is left to those who read it, and what comes behind its answer is dropped. */
    private boolean mayRead(ChannelHandlerContext context) {
        return bodyComes || (!serving && context.channel().isWritable());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (nextIsDue && channel.isWritable()) {
            context.executor().execute(this::nextRequestIfDue);
        }
        readOn();
        context.fireChannelWritabilityChanged();
    }

    private void readOn() {
        ChannelHandlerContext here = place;
        if (readHeld && here != null && mayRead(here)) {
            readHeld = false;
            here.channel().config().setAutoRead(true);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise is the caller's
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean interim = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (message instanceof HttpResponse response && !interim) {
            closesAfterAnswer = !HttpUtil.isKeepAlive(response);
        }
        if (message instanceof LastHttpContent && !interim) {
            context.executor().execute(this::answerWritten);
        }
        context.write(message, promise);
    }

    private void restOfBodyCame() {
        endDeadline();
        if (closesAfterAnswer) {
            closeWhenSent();
        } else {
            nextRequest();
        }
    }

    /** Goes on with the next request, of which a part may have come already, once the client has taken the answers. */
    private void nextRequest() {
        nextIsDue = decoder != null && !channel.isWritable();
        if (decoder == null || nextIsDue) {
            return;
        }
        decoder.answered();
        if (!serving && deadline == null && decoder.holdsBytes()) {
            beginDeadline();
        }
    }

    private void nextRequestIfDue() {
        if (nextIsDue) {
            nextRequest();
        }
    }

    private void closeWhenSent() {
        ChannelHandlerContext here = place;
        if (here != null) {
            here.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that can't be closed is closed
    private void beginDeadline() {
        deadline = channel.eventLoop().schedule((Runnable) this::close, HEAD_SECONDS, TimeUnit.SECONDS);
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
        } else if (closesAfterAnswer) {
            closeWhenSent();
        } else {
            nextRequest();
        }
        readOn();
    }
}
