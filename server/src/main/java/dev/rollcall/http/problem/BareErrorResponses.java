package dev.rollcall.http.problem;

import dev.rollcall.http.ResponseHeaders;
import dev.rollcall.http.problem.Messages.Message;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/**
 * The handler that turns the HTTP server's own error responses into problems: to a request that is no HTTP, to a head that
 * is too long, and to requests that arrive while the service is stopping. Netty finds it through its service loader.
 */
public final class BareErrorResponses extends ChannelInitializerExtension {

    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        channel.pipeline().addFirst(new Installer());
    }

    /** Adds {@link BodyAdder} at the first bytes: by then the HTTP server has added its own handlers. */
    private static final class Installer extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ChannelHandlerContext encoder = context.pipeline().context(HttpResponseEncoder.class);
            if (encoder != null) {
                context.pipeline().addAfter(encoder.name(), null, new BodyAdder());
                context.pipeline().remove(this);
            }
            context.fireChannelRead(message);
        }
    }

    /** Replaces an error response without a body by a problem. */
    private static final class BodyAdder extends ChannelOutboundHandlerAdapter {

        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // it is the promise
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (message instanceof FullHttpResponse response && isBare(response)) {
                FullHttpResponse problem = problem(response);
                ReferenceCountUtil.release(message);
                context.write(problem, promise);
            } else {
                context.write(message, promise);
            }
        }

        private static boolean isBare(FullHttpResponse response) {
            return response.status().code() >= CLIENT_ERROR
                    && !response.headers().contains(RouterFailures.REQUEST_ID);
        }
    }

    private static FullHttpResponse problem(FullHttpResponse bare) {
        Refusal refusal = refusal(bare.status().code());
        Message message = Messages.about(refusal);
        Map<String, Object> body = Problem.body(refusal, ProblemType.of(refusal.code()), message);
        body.put("status", bare.status().code());
        byte[] json = new JsonObject(body).encode().getBytes(StandardCharsets.UTF_8);
        FullHttpResponse problem =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, bare.status(), Unpooled.wrappedBuffer(json));
        HttpHeaders headers = problem.headers();
        headers.set(bare.headers());
        ResponseHeaders.forEach(headers::set);
        headers.set(RouterFailures.REQUEST_ID, UUID.randomUUID().toString());
        headers.set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.set(HttpHeaderNames.CONTENT_LANGUAGE, message.language());
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, json.length);
        if (ProblemType.isWorthRetrying(refusal.code())) {
            headers.set(HttpHeaderNames.RETRY_AFTER, Problem.retryAfter(refusal));
        }
        return problem;
    }

    private static Refusal refusal(int status) {
        if (status == UNAVAILABLE) {
            return new Refusal(Code.OVERLOADED, "The service is stopping.");
        }
        return status < SERVER_ERROR ? Refusals.notUnderstood() : new Refusal(Code.INTERNAL, "Something is broken.");
    }
}
