package dev.rollcall.webhooks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ServerSocketFactory;

/** A receiver of events on this machine, which gives one answer to each. */
final class Receiver implements AutoCloseable {

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    /** What it does once it has read a request. */
    interface Behaviour {

        void answer(Socket socket, int number) throws Exception;
    }

    private Receiver(ServerSocket server, Behaviour behaviour) {
        this.server = server;
        this.behaviour = behaviour;
        Thread thread = new Thread(this::run, "receiver");
        thread.setDaemon(true);
        thread.start();
    }

    static Receiver start(Behaviour behaviour) throws IOException {
        return start(ServerSocketFactory.getDefault(), behaviour);
    }

    static Receiver start(ServerSocketFactory sockets, Behaviour behaviour) throws IOException {
        return new Receiver(sockets.createServerSocket(0, 20, InetAddress.getLoopbackAddress()), behaviour);
    }

    /** Answers with these bytes. */
    static Behaviour text(String answer) {
        return (socket, number) -> socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    static Behaviour status(int code) {
        return text("HTTP/1.1 " + code + " X\r\nContent-Length: 0\r\n\r\n");
    }

    private void run() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                read(socket);
                behaviour.answer(socket, requests.size());
            } catch (Exception e) {
                // The client, or the test, has ended the connection.
            }
        }
    }

    private void read(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        StringBuilder request = new StringBuilder();
        int length = 0;
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            request.append(line).append('\n');
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        for (int read = 0; read < length; read++) {
            request.append((char) in.read());
        }
        requests.add(request.toString());
    }

    URI url(String scheme, String host) {
        return URI.create(scheme + "://" + host + ":" + server.getLocalPort() + "/hook?a=b");
    }

    /** What was received, in its order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
