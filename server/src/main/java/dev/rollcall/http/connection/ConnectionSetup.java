package dev.rollcall.http.connection;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ServerChannel;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;

/**
 * Bounds what each connection of the HTTP server can make it hold. Found by Netty through its service loader, which must
 * be switched on by {@link #SWITCH}.
 */
public final class ConnectionSetup extends ChannelInitializerExtension {

    /** What makes Netty look for extensions; must be set before its first class is loaded. */
    public static final String SWITCH = "io.netty.bootstrap.extensions";

    /** The value of {@link #SWITCH}. */
    public static final String SWITCH_ON = "serviceload";

    private static final int LEAST_READ = 512;
    private static final int FIRST_READ = 2_048;

    /** Most bytes read at once, and so most bytes of a request that waits; Netty would read 64 kB. */
    private static final int MOST_READ = 16_384;

    /** From more unsent bytes on nothing is read from a connection, until there are fewer than the lower mark. */
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(4_096, 8_192);

    private final Connections connections;
    private final UnsentResponses unsent;

    /** For Netty. */
    public ConnectionSetup() {
        HeapShares shares = HeapShares.ofThisProcess();
        connections = new Connections(() -> Math.min(shares.connections(), FileDescriptors.forConnections()));
        unsent = new UnsentResponses(shares.unsentAnswers());
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        boundReading(channel.config());
        Connection connection = new Connection(connections, channel);
        connections.add(connection, channel);
        channel.pipeline().addFirst(new ConnectionEntry(connection, new UnsentResponse(unsent)));
    }

    /** So little is read at once that a request's head is looked at before much more has come. */
    static void boundReading(ChannelConfig config) {
        config.setRecvByteBufAllocator(
                new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, MOST_READ).maxMessagesPerRead(1));
        config.setWriteBufferWaterMark(UNSENT);
    }

    /** Connections are accepted one at a time, so that each is counted before the next. */
    @Override
    public void postInitializeServerListenerChannel(ServerChannel listener) {
        listener.config().setRecvByteBufAllocator(new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(1));
    }
}
