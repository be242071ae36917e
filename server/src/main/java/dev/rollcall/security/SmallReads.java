package dev.rollcall.security;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;

/**
 * Bounds how much is read from a connection at once. What has been read of a request that waits stays in memory, for as
 * many connections as there are; Netty would read 64 kB. Found by Netty through its service loader.
 */
public final class SmallReads extends ChannelInitializerExtension {

    private static final int LEAST_BYTES = 512;
    private static final int FIRST_BYTES = 2_048;
    private static final int MOST_BYTES = 16_384;

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        channel.config()
                .setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(LEAST_BYTES, FIRST_BYTES, MOST_BYTES));
    }
}
