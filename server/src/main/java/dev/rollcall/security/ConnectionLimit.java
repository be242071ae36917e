package dev.rollcall.security;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes no more connections than the heap has room for; more of them wait in the system's queue until one of these is
 * closed. A server that takes them only to close them runs out of memory when clients come again at once. Found by Netty
 * through its service loader.
 */
public final class ConnectionLimit extends ChannelInitializerExtension {

    /** A connection with a request on it takes some 12 kB, and most of the heap is for other things. */
    private static final long HEAP_BYTES_FOR_EACH = 80_000;

    private final AtomicInteger open = new AtomicInteger();
    private final long most;

    /** For Netty. */
    public ConnectionLimit() {
        this(Runtime.getRuntime().maxMemory() / HEAP_BYTES_FOR_EACH);
    }

    ConnectionLimit(long most) {
        this.most = most;
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        Channel listener = connection.parent();
        if (open.incrementAndGet() >= most) {
            listener.config().setAutoRead(false);
            listenAgainIfThereIsRoom(listener);
        }
        connection.closeFuture().addListener((Future<Void> closed) -> {
            open.decrementAndGet();
            listenAgainIfThereIsRoom(listener);
        });
    }

    private void listenAgainIfThereIsRoom(Channel listener) {
        if (open.get() < most) {
            listener.config().setAutoRead(true);
        }
    }
}
