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
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The decoder of one connection's requests, one at a time: the next head stays undecoded bytes until the response to the
 * request before it is written, so pipelined requests take no memory but that of their bytes. A head of more than
 * {@link #MAX_LINES} lines is rejected before it is decoded, since each header takes some 150 bytes of heap however short
 * it is; so is one with a folded line, and after decoding one that {@link HeadCheck} refuses. Not safe for use by several
 * threads: it runs on the connection's event loop.
 */
final class RequestDecoder extends HttpRequestDecoder {

    /** Most lines of a head, the limit of Apache httpd (LimitRequestFields). */
    static final int MAX_LINES = 100;

    private static final byte LINE_FEED = '\n';
    private static final byte CARRIAGE_RETURN = '\r';

    private @Nullable ChannelHandlerContext context;
    private boolean inBody;
    private boolean awaitsResponse;
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
        if (!inBody && awaitsResponse) {
            return;
        }
        Optional<Exception> ofLines = inBody ? Optional.empty() : problemOfLines(in);
        if (ofLines.isPresent()) {
            reject(in, out, ofLines.get());
            return;
        }
        int before = out.size();
        super.decode(ctx, in, out);
        List<Object> decoded = out.subList(before, out.size());
        Optional<String> ofHead = decoded.stream()
                .flatMap(message ->
                        message instanceof HttpRequest request ? HeadCheck.problem(request).stream() : Stream.empty())
                .findFirst();
        if (ofHead.isPresent()) {
            decoded.forEach(ReferenceCountUtil::release);
            decoded.clear();
            reject(in, out, new IllegalArgumentException(ofHead.get()));
        } else {
            decoded.forEach(message -> track((HttpObject) message));
        }
    }

    private void track(HttpObject message) {
        if (message instanceof HttpRequest) {
            inBody = message.decoderResult().isSuccess();
            awaitsResponse = true;
            lines = 0;
            lineLength = 0;
        }
        if (message instanceof LastHttpContent) {
            inBody = false;
        }
    }

    /**
     * What is wrong with the lines of the next head, which it counts up to its end or to the last byte received. A line that begins with
     * white space goes on with the header before it, which some programs take for a header of its own (RFC 9112, 5.2).
     */
    private Optional<Exception> problemOfLines(ByteBuf in) {
        for (int i = in.readerIndex(); i < in.writerIndex(); i++) {
            byte next = in.getByte(i);
            if (lines == 0 && lineLength == 0 && isSkipped(next)) {
                continue;
            }
            if (lines > 0 && lineLength == 0 && (next == ' ' || next == '\t')) {
                return Optional.of(new IllegalArgumentException("a folded line"));
            }
            if (next != LINE_FEED) {
                lineLength += next == CARRIAGE_RETURN ? 0 : 1;
                continue;
            }
            if (lineLength == 0) {
                return Optional.empty();
            }
            lines++;
            lineLength = 0;
            if (lines > MAX_LINES) {
                return Optional.of(new TooLongHttpHeaderException("more than " + MAX_LINES + " lines"));
            }
        }
        return Optional.empty();
    }

    /** Whether HttpObjectDecoder skips this byte in front of a request line. */
    private static boolean isSkipped(byte next) {
        return next >= 0 && (Character.isISOControl(next) || Character.isWhitespace(next));
    }

    private void reject(ByteBuf in, List<Object> out, Exception cause) {
        in.skipBytes(in.readableBytes());
        rejected = true;
        awaitsResponse = true;
        HttpRequest invalid = new DefaultHttpRequest(
                HttpVersion.HTTP_1_0, HttpMethod.GET, "/bad-request", HeadersMultiMap.httpHeaders());
        invalid.setDecoderResult(DecoderResult.failure(cause));
        out.add(invalid);
    }

    /** Decodes what has been received of the next request. */
    void nextRequest() {
        awaitsResponse = false;
        ChannelHandlerContext handlerContext = context;
        if (handlerContext == null || handlerContext.isRemoved() || actualReadableBytes() == 0) {
            return;
        }
        try {
            channelRead(handlerContext, Unpooled.EMPTY_BUFFER);
            handlerContext.fireChannelReadComplete();
        } catch (Exception e) {
            handlerContext.fireExceptionCaught(e);
        }
    }

    /** Whether bytes of the next request have been received and not been decoded. */
    boolean hasBufferedBytes() {
        return actualReadableBytes() > 0 || lines > 0 || lineLength > 0;
    }

    /** Does not read more after nothing was decoded, as the superclass would; this bounds the buffered bytes. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        discardSomeReadBytes();
        ctx.fireChannelReadComplete();
    }

    /** Trailers of chunked bodies, which are read and not stored, since nothing uses them. */
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
