package dev.rollcall.http.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection over a real socket, with a server that responds on command. */
class ReadingTest {

    private static final byte[] REQUESTS =
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);

    /** More than the system's buffers hold. */
    private static final int MORE_THAN_BUFFERS = 30_000_000;

    private final EventLoopGroup group = new NioEventLoopGroup(1);
    private final BlockingQueue<ChannelHandlerContext> unanswered = new LinkedBlockingQueue<>();
    private final AtomicLong bytesRead = new AtomicLong();
    private final AtomicInteger requests = new AtomicInteger();
    private SocketChannel client = SocketChannel.open();

    ReadingTest() throws IOException {}

    @BeforeEach
    void listen() throws Exception {
        Connections connections = new Connections(() -> 10);
        UnsentResponses unsent = new UnsentResponses(1_000_000);
        Channel listener = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ConnectionSetup.boundReading(channel.config());
                        Connection connection = new Connection(connections, channel);
                        connections.add(connection, channel);
                        RequestDecoder decoder = new RequestDecoder(4_096, 8_192);
                        connection.setDecoder(decoder);
                        channel.pipeline()
                                .addLast(
                                        new Counter(),
                                        decoder,
                                        new HttpResponseEncoder(),
                                        new UnsentResponse(unsent),
                                        connection,
                                        new Server());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        client.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), ((InetSocketAddress) listener.localAddress()).getPort()));
        client.configureBlocking(false);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }

    @Test
    void nothingIsReadWhileARequestWaitsForItsAnswer() throws Exception {
        assertThat(sent()).isLessThan(MORE_THAN_BUFFERS);

        assertThat(requests).hasValue(1);
        assertThat(bytesRead.get()).isLessThan(20_000);
    }

    @Test
    void readingGoesOnWithTheAnswers() throws Exception {
        sent();
        long before = bytesRead.get();
        for (int i = 1; i <= 1_500; i++) {
            ChannelHandlerContext waiting = unanswered.poll(10, TimeUnit.SECONDS);
            assertThat(waiting).as("request " + i).isNotNull();
            answer(waiting, 1);
        }

        assertThat(bytesRead.get()).isGreaterThan(before);
    }

    @Test
    void nothingIsReadFromAClientThatTakesNoAnswers() throws Exception {
        ByteBuffer request = ByteBuffer.wrap(REQUESTS, 0, REQUESTS.length / 10_000);
        client.write(request);
        ChannelHandlerContext waiting = unanswered.poll(10, TimeUnit.SECONDS);
        assertThat(waiting).isNotNull();
        answer(waiting, 20_000_000);
        client.write(request.rewind());
        Thread.sleep(300);

        assertThat(requests).hasValue(1);
    }

    private static void answer(ChannelHandlerContext waiting, int bytes) {
        DefaultFullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(new byte[bytes]));
        response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, bytes);
        waiting.executor().execute(() -> send(waiting, response));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the client sees whether it came
    private static void send(ChannelHandlerContext waiting, DefaultFullHttpResponse response) {
        waiting.writeAndFlush(response, waiting.voidPromise());
    }

    /** Sends until nothing more is taken for a while, or too much was; returns how many bytes were. */
    private long sent() throws Exception {
        long sent = 0;
        int idleTurns = 0;
        ByteBuffer bytes = ByteBuffer.wrap(REQUESTS);
        while (idleTurns < 20 && sent < MORE_THAN_BUFFERS) {
            if (!bytes.hasRemaining()) {
                bytes.rewind();
            }
            int count = client.write(bytes);
            sent += count;
            idleTurns = count == 0 ? idleTurns + 1 : 0;
            if (count == 0) {
                Thread.sleep(20);
            }
        }
        return sent;
    }

    private final class Counter extends io.netty.channel.ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            bytesRead.addAndGet(((io.netty.buffer.ByteBuf) message).readableBytes());
            context.fireChannelRead(message);
        }
    }

    private final class Server extends SimpleChannelInboundHandler<Object> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest) {
                requests.incrementAndGet();
                unanswered.add(context);
            }
        }
    }
}
