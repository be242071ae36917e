package dev.rollcall.http.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.Arrays;
import java.util.Comparator;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The first handler of a connection. It sees every byte received, also those of the TLS handshake, and adds the
 * {@link Connection} and its {@link RequestDecoder} to Vert.x' pipeline as soon as that is complete.
 */
final class ConnectionEntry extends ChannelDuplexHandler {

    /** Vert.x' name of the handler of decoded requests. */
    private static final String REQUEST_HANDLER = "handler";

    /** quarkus.http.limits.max-initial-line-length and max-header-size. */
    private static final int MAX_LINE = 4_096;

    private static final int MAX_HEAD = 8_192;

    /** Most bytes of a client's part of a TLS handshake. Browsers' have less than 4 kB, also with keys of post-quantum cryptography. */
    private static final int MAX_HANDSHAKE = 8_192;

    private final Connection connection;
    private final UnsentResponse unsent;
    private boolean inHandshake;
    private int handshakeBytes;

    ConnectionEntry(Connection connection, UnsentResponse unsent) {
        this.connection = connection;
        this.unsent = unsent;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        ChannelPipeline pipeline = context.pipeline();
        SslHandler tls = pipeline.get(SslHandler.class);
        inHandshake = tls != null;
        connection.opened(inHandshake);
        if (tls == null) {
            install(pipeline);
        } else {
            preferChaCha20(tls.engine());
            pipeline.addAfter(pipeline.context(tls).name(), null, new AfterHandshake());
        }
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        connection.bytesReceived();
        handshakeBytes += inHandshake && message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
        context.fireChannelRead(message);
        if (inHandshake && handshakeBytes > MAX_HANDSHAKE) {
            connection.close();
        }
    }

    /**
     * Prefers ChaCha20 to AES, if the client has both: without the instructions for AES, which the launcher's compiler doesn't use, AES-GCM
     * takes three to four times as long (22 against 80 MB a second on the machine of docs/performance.md).
     */
    private static void preferChaCha20(SSLEngine engine) {
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setCipherSuites(Arrays.stream(parameters.getCipherSuites())
                .sorted(Comparator.comparing((String suite) -> !suite.contains("CHACHA20")))
                .toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(true);
        engine.setSSLParameters(parameters);
    }

    private void install(ChannelPipeline pipeline) {
        @Nullable ChannelHandler vertxDecoder = pipeline.get(VertxHttpRequestDecoder.class);
        if (vertxDecoder == null || pipeline.get(REQUEST_HANDLER) == null) {
            throw new IllegalStateException("the HTTP server's pipeline is not the expected one: " + pipeline.names());
        }
        RequestDecoder decoder = new RequestDecoder(MAX_LINE, MAX_HEAD);
        pipeline.replace(vertxDecoder, null, decoder);
        connection.setDecoder(decoder);
        pipeline.addBefore(REQUEST_HANDLER, null, unsent);
        pipeline.addBefore(REQUEST_HANDLER, null, connection);
    }

    /** Waits for the end of the handshake, at which Vert.x completes the pipeline. */
    private final class AfterHandshake extends ChannelDuplexHandler {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            context.fireUserEventTriggered(event);
            if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
                inHandshake = false;
                connection.handshakeEnded();
                install(context.pipeline());
                context.pipeline().remove(this);
            }
        }
    }
}
