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
 * The state of one connection of the HTTP server: the phase of its request, the deadline of that phase, and whether it is
 * read from.
 *
 * <p>Reading is paused while a complete request waits for its response, and while too much of a response is unsent. A
 * head, the first bytes of a connection, and the rest of a body after its response must arrive within
 * {@link #HEAD_SECONDS}. Its methods run on the channel's event loop; those that {@link Connections} calls may be called
 * by any thread.
 */
public final class Connection extends ChannelDuplexHandler {

    static final long HEAD_SECONDS = 10;

    /** For a TLS handshake, of which a client sends two flights of some hundred bytes. */
    static final long HANDSHAKE_SECONDS = 5;

    private static final AttributeKey<Connection> OF_CHANNEL = AttributeKey.valueOf(Connection.class, "connection");

    private final Connections connections;
    private final Channel channel;
    private @Nullable RequestDecoder decoder;
    private @Nullable ChannelHandlerContext handlerContext;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean encrypted;
    private boolean receivingBody;
    private boolean readPaused;
    private boolean nextPending;
    private boolean closesAfterResponse;

    private volatile boolean serving;
    private volatile boolean responded;
    private volatile boolean authenticated;
    private volatile long idleSince = System.nanoTime();

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
        connections.setWeight(this, tls ? HeapShares.HANDSHAKE_WEIGHT : 1);
        beginDeadline(tls ? HANDSHAKE_SECONDS : HEAD_SECONDS);
    }

    /** Records that the TLS handshake is complete; the head of the first request has its own time. */
    void handshakeEnded() {
        encrypted = true;
        connections.setWeight(this, HeapShares.TLS_WEIGHT);
        if (!serving) {
            endDeadline();
            beginDeadline(HEAD_SECONDS);
        }
    }

    void setDecoder(RequestDecoder requestDecoder) {
        decoder = requestDecoder;
    }

    void bytesReceived() {
        if (!serving && deadline == null) {
            idleSince = System.nanoTime();
            beginDeadline(HEAD_SECONDS);
        }
    }

    /** Records that a request of this connection had a valid key. */
    public void markAuthenticated() {
        authenticated = true;
    }

    /** Whether a request is being served. */
    boolean isServing() {
        return serving;
    }

    /** Whether a request of this connection had a valid key. */
    public boolean isAuthenticated() {
        return authenticated;
    }

    /** Whether a response has been written. */
    boolean hasResponded() {
        return responded;
    }

    /** Nanoseconds without a request being served, at a time of {@link System#nanoTime()}. */
    long idleNanos(long now) {
        return serving ? 0 : now - idleSince;
    }

    /** Closes the connection; may be called by any thread. */
    @SuppressWarnings("FutureReturnValueIgnored") // a connection that can't be closed is closed
    void close() {
        channel.close();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        handlerContext = context;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        boolean passedOn = message instanceof HttpRequest || serving;
        if (message instanceof HttpRequest) {
            serving = true;
            endDeadline();
        }
        if (message instanceof HttpRequest || message instanceof LastHttpContent) {
            setReceivingBody(!(message instanceof LastHttpContent));
        }
        if (passedOn) {
            context.fireChannelRead(message);
        } else {
            discard(context, message);
        }
    }

    private void setReceivingBody(boolean receiving) {
        if (encrypted && receiving != receivingBody) {
            connections.setWeight(this, receiving ? HeapShares.TLS_BODY_WEIGHT : HeapShares.TLS_WEIGHT);
        }
        receivingBody = receiving;
    }

    /** Discards the rest of a body after its response, which the body's reader would keep in memory; passes on its end. */
    private void discard(ChannelHandlerContext context, Object message) {
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
            bodyDrained();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        endDeadline();
        context.fireChannelInactive();
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (isReadable(context)) {
            context.read();
        } else {
            readPaused = true;
            context.channel().config().setAutoRead(false);
        }
    }

    /** A body is read at its reader's pace; what arrives of it after the response is discarded. */
    private boolean isReadable(ChannelHandlerContext context) {
        return receivingBody || (!serving && context.channel().isWritable());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (nextPending && channel.isWritable()) {
            context.executor().execute(this::nextRequestIfPending);
        }
        resumeReading();
        context.fireChannelWritabilityChanged();
    }

    private void resumeReading() {
        ChannelHandlerContext here = handlerContext;
        if (readPaused && here != null && isReadable(here)) {
            readPaused = false;
            here.channel().config().setAutoRead(true);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise is the caller's
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean interim = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (message instanceof HttpResponse response && !interim) {
            closesAfterResponse = !HttpUtil.isKeepAlive(response);
        }
        if (message instanceof LastHttpContent && !interim) {
            context.executor().execute(this::responseWritten);
        }
        context.write(message, promise);
    }

    private void bodyDrained() {
        endDeadline();
        if (closesAfterResponse) {
            closeWhenSent();
        } else {
            nextRequest();
        }
    }

    /** Continues with the next request, part of which may be buffered, unless too much of a response is unsent. */
    private void nextRequest() {
        nextPending = decoder != null && !channel.isWritable();
        if (decoder == null || nextPending) {
            return;
        }
        decoder.nextRequest();
        if (!serving && deadline == null && decoder.hasBufferedBytes()) {
            beginDeadline(HEAD_SECONDS);
        }
    }

    private void nextRequestIfPending() {
        if (nextPending) {
            nextRequest();
        }
    }

    private void closeWhenSent() {
        ChannelHandlerContext here = handlerContext;
        if (here != null) {
            here.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a connection that can't be closed is closed
    private void beginDeadline(long seconds) {
        deadline = channel.eventLoop().schedule((Runnable) this::close, seconds, TimeUnit.SECONDS);
    }

    private void endDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** The response is written or buffered. What follows is the rest of the request's body, or the next request. */
    private void responseWritten() {
        serving = false;
        responded = true;
        idleSince = System.nanoTime();
        if (receivingBody) {
            beginDeadline(HEAD_SECONDS);
        } else if (closesAfterResponse) {
            closeWhenSent();
        } else {
            nextRequest();
        }
        resumeReading();
    }
}
