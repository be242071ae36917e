package dev.rollcall.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Clients that attack a service on loopback, one kind at a time. Not safe for use by several threads. */
final class HostileClients {

    private static final long INTERVAL_MS = 100;
    private static final int LARGE_UPLOADS = 6;
    private static final String HEAD = "GET /v1/people HTTP/1.1\r\nHost: a\r\n";
    private static final String POST =
            "POST /recognize HTTP/1.1\r\nHost: a\r\nX-API-Key: " + LoadedService.KEY + "\r\n";

    private final int port;
    private final Random random;
    private final List<byte[]> largeUploads;

    /**
     * Prepares clients of a port on loopback.
     *
     * @param random decides what is sent, and how much
     */
    HostileClients(int port, Random random) {
        this.port = port;
        this.random = random;
        this.largeUploads =
                Stream.generate(() -> upload(random)).limit(LARGE_UPLOADS).toList();
    }

    /** A kind of attack. */
    enum Kind {
        REQUESTS_AHEAD,
        UNFINISHED_HEADS,
        KEPT_CONNECTIONS,
        SILENT_CONNECTIONS,
        SLOW_UPLOADS,
        UPLOADS_CUT_OFF,
        LARGE_UPLOADS,
        NOISE
    }

    /** Runs clients of one kind for a time. */
    void attack(Kind kind, long milliseconds) throws IOException, InterruptedException {
        List<SocketChannel> clients = connected(count(kind));
        long end = System.nanoTime() + milliseconds * 1_000_000;
        ByteBuffer[] pending = new ByteBuffer[clients.size()];
        for (int i = 0; i < pending.length; i++) {
            pending[i] = ByteBuffer.wrap(firstBytes(kind));
        }
        while (System.nanoTime() < end) {
            for (int i = 0; i < pending.length; i++) {
                if (!pending[i].hasRemaining()) {
                    pending[i] = ByteBuffer.wrap(nextBytes(kind));
                }
                send(clients.get(i), pending[i]);
            }
            Thread.sleep(INTERVAL_MS);
        }
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    private int count(Kind kind) {
        return switch (kind) {
            case REQUESTS_AHEAD, NOISE -> 1 + random.nextInt(60);
            case UNFINISHED_HEADS -> 100 + random.nextInt(900);
            case KEPT_CONNECTIONS -> 300 + random.nextInt(600);
            case SILENT_CONNECTIONS -> 1_000 + random.nextInt(1_500);
            case SLOW_UPLOADS, UPLOADS_CUT_OFF -> 1 + random.nextInt(60);
            case LARGE_UPLOADS -> 1 + random.nextInt(30);
        };
    }

    private byte[] firstBytes(Kind kind) {
        return switch (kind) {
            case REQUESTS_AHEAD -> ascii((HEAD + "\r\n").repeat(500));
            case UNFINISHED_HEADS ->
                ascii(
                        random.nextBoolean()
                                ? HEAD + "a:\r\n".repeat(2_000)
                                : HEAD + ("x: " + "v".repeat(70) + "\r\n").repeat(90));
            case KEPT_CONNECTIONS -> ascii(HEAD + "\r\n");
            case SILENT_CONNECTIONS -> new byte[0];
            case SLOW_UPLOADS, UPLOADS_CUT_OFF -> ascii(upload(7_500_000));
            case LARGE_UPLOADS -> largeUpload();
            case NOISE -> noise();
        };
    }

    private byte[] nextBytes(Kind kind) {
        return switch (kind) {
            case REQUESTS_AHEAD -> ascii((HEAD + "\r\n").repeat(500));
            case KEPT_CONNECTIONS -> random.nextInt(30) == 0 ? ascii(HEAD + "\r\n") : new byte[0];
            case SLOW_UPLOADS -> new byte[3_000];
            case UPLOADS_CUT_OFF -> random.nextInt(20) == 0 ? new byte[0] : new byte[100_000];
            case LARGE_UPLOADS -> largeUpload();
            case NOISE -> noise();
            case UNFINISHED_HEADS, SILENT_CONNECTIONS -> new byte[0];
        };
    }

    private static String upload(int length) {
        return POST + "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: " + length + "\r\n\r\n"
                + "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n";
    }

    private byte[] largeUpload() {
        return largeUploads.get(random.nextInt(largeUploads.size()));
    }

    private static byte[] upload(Random random) {
        byte[] body = new byte[1_000_000 + random.nextInt(11_000_000)];
        byte[] head = ascii(upload(body.length));
        System.arraycopy(head, 0, body, 0, head.length);
        return body;
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(2_000)];
        random.nextBytes(noise);
        byte[] head = ascii(random.nextBoolean() ? POST + "Transfer-Encoding: chunked\r\n\r\n" : HEAD);
        System.arraycopy(head, 0, noise, 0, Math.min(noise.length, head.length));
        return noise;
    }

    private List<SocketChannel> connected(int count) throws IOException {
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SocketChannel client = SocketChannel.open();
            client.configureBlocking(false);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            clients.add(client);
        }
        return clients;
    }

    /** Sends as much as the connection accepts without blocking; drops the bytes when it is closed. */
    private static void send(SocketChannel client, ByteBuffer bytes) {
        try {
            if (client.finishConnect()) {
                client.write(bytes);
            }
        } catch (IOException e) {
            bytes.position(bytes.limit());
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
