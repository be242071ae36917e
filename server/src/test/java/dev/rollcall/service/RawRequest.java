package dev.rollcall.service;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** A request of any bytes whatever, sent over a connection of its own. */
final class RawRequest {

    private static final int SOON_MS = 300;
    private static final int PATIENCE_MS = 30_000;

    private RawRequest() {}

    /**
     * What came back until the other side closed the connection.
     *
     * @param text head and body, a byte a character
     */
    record Reply(String text) {

        /** The status, or 0 if there was no answer at all. */
        int status() {
            return text.matches("(?s)HTTP/\\d\\.\\d \\d{3}.*") ? Integer.parseInt(text.substring(9, 12)) : 0;
        }

        Optional<String> header(String name) {
            String head = text.split("\r\n\r\n", 2)[0];
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }

        String body() {
            String[] parts = text.split("\r\n\r\n", 2);
            return parts.length == 2 ? parts[1] : "";
        }
    }

    /** Sends everything and reads to the end; if none comes soon, says that no more will be sent, and reads on. */
    static Reply send(URI address, byte[] request) throws IOException {
        try (Socket socket = open(address)) {
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
            } catch (IOException e) {
                // Closed at the other end already; what it said before may still be read.
            }
            ByteArrayOutputStream reply = new ByteArrayOutputStream();
            socket.setSoTimeout(SOON_MS);
            if (!readInto(reply, socket)) {
                socket.shutdownOutput();
                socket.setSoTimeout(PATIENCE_MS);
                if (!readInto(reply, socket)) {
                    throw new IOException("no end for " + PATIENCE_MS + " ms after " + reply);
                }
            }
            return new Reply(reply.toString(StandardCharsets.ISO_8859_1));
        }
    }

    static Reply send(URI address, String request) throws IOException {
        return send(address, request.getBytes(StandardCharsets.ISO_8859_1));
    }

    static Socket open(URI address) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Sends bytes; that the other end closes meanwhile is no fault, since it may have answered before. */
    static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // What it said before may still be read.
        }
    }

    /** Reads to the end, which must come. */
    static Reply read(Socket socket) throws IOException {
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        if (!readInto(reply, socket)) {
            throw new IOException("no end for " + PATIENCE_MS + " ms after " + reply);
        }
        return new Reply(reply.toString(StandardCharsets.ISO_8859_1));
    }

    /** Whether the end came in time. A reset connection ends, too; what was read before counts. */
    private static boolean readInto(ByteArrayOutputStream reply, Socket socket) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = socket.getInputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                reply.write(buffer, 0, count);
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
