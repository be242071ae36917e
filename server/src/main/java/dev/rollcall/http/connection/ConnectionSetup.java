package dev.rollcall.http.connection;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ServerChannel;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;

/**
 * The setup of each connection of the HTTP server, which bounds the memory that a connection takes. Netty finds it through
 * its service loader, which {@link #SWITCH} must enable.
 */
public final class ConnectionSetup extends ChannelInitializerExtension {

    /** The system property that makes Netty load extensions; must be set before Netty's first class is loaded. */
    public static final String SWITCH = "io.netty.bootstrap.extensions";

    /** The value of {@link #SWITCH}. */
    public static final String SWITCH_ON = "serviceload";

    private static final int LEAST_READ = 512;
    private static final int FIRST_READ = 2_048;

    /** Most bytes read at once, and so most bytes of a queued request; Netty's default is 64 kB. */
    private static final int MOST_READ = 16_384;

    /** Reading pauses when more bytes than the higher mark are unsent, and resumes below the lower mark. */
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(4_096, 8_192);

    private final Connections connections;
    private final UnsentResponses unsent;

    /** For Netty. */
    public ConnectionSetup() {
        HeapShares shares = HeapShares.ofThisProcess();
        connections = new Connections(() -> Math.min(shares.connections(), FileDescriptors.forConnections()));
        unsent = new UnsentResponses(shares.unsentResponses());
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        boundReading(channel.config());
        Connection connection = new Connection(connections, channel);
        connections.add(connection, channel);
        channel.pipeline().addFirst(new ConnectionEntry(connection, new UnsentResponse(unsent)));
    }

    /** Limits the bytes read at once, so that a head is checked before much more is received. */
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
