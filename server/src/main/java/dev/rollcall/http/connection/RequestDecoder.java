package dev.rollcall.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the requests of one connection one at a time: the next head stays undecoded bytes until the request before it is
 * answered, so a client that sends many requests ahead makes the service hold its bytes and nothing else. A head of more
 * than {@link #MAX_LINES} lines is invalid before it is decoded, since each header takes some 150 bytes of heap however
 * short it is. Lives on the connection's event loop.
 */
final class RequestDecoder extends HttpRequestDecoder {

    /** Most lines of a head, the limit of Apache httpd (LimitRequestFields). */
    static final int MAX_LINES = 100;

    private static final byte LINE_FEED = '\n';
    private static final byte CARRIAGE_RETURN = '\r';

    private @Nullable ChannelHandlerContext context;
    private boolean inBody;
    private boolean unanswered;
    private boolean rejected;
    private int lines;
    private int lineLength;

    /**
     * Makes a decoder.
     *
     * @param maxLine longest request line in bytes
     * @param maxHead longest head in bytes
     */
    RequestDecoder(int maxLine, int maxHead) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(maxLine)
                .setMaxHeaderSize(maxHead)
                .setTrailersFactory(IgnoredTrailers.FACTORY));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        context = added;
        super.handlerAdded(added);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (rejected) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (!inBody && unanswered) {
            return;
        }
        if (!inBody && tooManyLines(in)) {
            reject(in, out);
            return;
        }
        int before = out.size();
        super.decode(ctx, in, out);
        for (Object message : out.subList(before, out.size())) {
            note((HttpObject) message);
        }
    }

    private void note(HttpObject message) {
        if (message instanceof HttpRequest) {
            inBody = message.decoderResult().isSuccess();
            unanswered = true;
            lines = 0;
            lineLength = 0;
        }
        if (message instanceof LastHttpContent) {
            inBody = false;
        }
    }

    /** Counts the lines of the head that is next, up to its end or that of what has come. */
    private boolean tooManyLines(ByteBuf in) {
        for (int i = in.readerIndex(); i < in.writerIndex(); i++) {
            byte next = in.getByte(i);
            if (lines == 0 && lineLength == 0 && isSkipped(next)) {
                continue;
            }
            if (next != LINE_FEED) {
                lineLength += next == CARRIAGE_RETURN ? 0 : 1;
                continue;
            }
            if (lineLength == 0) {
                return false;
            }
            lines++;
            lineLength = 0;
            if (lines > MAX_LINES) {
                return true;
            }
        }
        return false;
    }

    /** What HttpObjectDecoder skips in front of a request line. */
    private static boolean isSkipped(byte next) {
        return next >= 0 && (Character.isISOControl(next) || Character.isWhitespace(next));
    }

    private void reject(ByteBuf in, List<Object> out) {
        in.skipBytes(in.readableBytes());
        rejected = true;
        unanswered = true;
        HttpRequest invalid = new DefaultHttpRequest(
                HttpVersion.HTTP_1_0, HttpMethod.GET, "/bad-request", HeadersMultiMap.httpHeaders());
        invalid.setDecoderResult(
                DecoderResult.failure(new TooLongHttpHeaderException("more than " + MAX_LINES + " lines")));
        out.add(invalid);
    }

    /** Goes on with what has come of the next request. */
    void answered() {
        unanswered = false;
        ChannelHandlerContext place = context;
        if (place == null || place.isRemoved() || actualReadableBytes() == 0) {
            return;
        }
        try {
            channelRead(place, Unpooled.EMPTY_BUFFER);
            place.fireChannelReadComplete();
        } catch (Exception e) {
            place.fireExceptionCaught(e);
        }
    }

    /** Whether something of the next request has come and is not decoded. */
    boolean holdsBytes() {
        return actualReadableBytes() > 0 || lines > 0 || lineLength > 0;
    }

    /** Reads no further by itself, as decoders do that have decoded nothing: bytes that wait are to stay few. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        discardSomeReadBytes();
        ctx.fireChannelReadComplete();
    }

    /** Trailers of chunked bodies, which nobody asks for: they are read and not kept. */
    private static final class IgnoredTrailers extends DefaultHttpHeaders {

        static final HttpHeadersFactory FACTORY = new HttpHeadersFactory() {
            @Override
            public HttpHeaders newHeaders() {
                return new IgnoredTrailers();
            }

            @Override
            public HttpHeaders newEmptyHeaders() {
                return new IgnoredTrailers();
            }
        };

        @Override
        public HttpHeaders add(String name, Object value) {
            return this;
        }

        @Override
        public HttpHeaders add(CharSequence name, Object value) {
            return this;
        }
    }

    @Override
    protected HttpMessage createMessage(String[] initialLine) {
        return new DefaultHttpRequest(
                HttpVersion.valueOf(initialLine[2]),
                HttpMethod.valueOf(initialLine[0]),
                initialLine[1],
                HeadersMultiMap.httpHeaders());
    }
}
