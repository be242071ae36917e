package dev.rollcall.files;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of the loopback address. */
public final class LoopbackPort {

    private static final int FIRST = 15_000;
    private static final int COUNT = 15_000;

    private LoopbackPort() {}

    /**
     * A port that nobody listens on. It is below those that the system gives to outgoing connections: one of these could be taken by a
     * client that waits for the listener, since TCP connects a socket to its own end if nobody listens there.
     */
    public static int free() throws IOException {
        for (int i = 0; i < COUNT; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, FIRST + COUNT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // In use: another one.
            }
        }
        throw new IOException("no port from " + FIRST + " to " + (FIRST + COUNT - 1) + " is free");
    }
}
