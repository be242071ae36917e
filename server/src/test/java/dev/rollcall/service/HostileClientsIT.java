package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.service.RawRequest.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service, with the launcher's flags and its limits on, against clients without a key that want to end it or
 * keep others out. A client with a valid key is served meanwhile.
 */
class HostileClientsIT {

    private static final String TINY = "GET /v1/people HTTP/1.1\r\nHost: a\r\n\r\n";

    @TempDir
    static Path folder;

    private static RunningService service;

    private Bystander bystander;

    @BeforeAll
    static void start() throws Exception {
        service = RunningService.start(
                folder, Map.of("API_KEY", RunningService.KEY, "ADDRESS_RATE_LIMIT_PER_MINUTE", "60"));
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @BeforeEach
    void beginToAsk() {
        bystander = Bystander.of(service);
    }

    @AfterEach
    void everythingIsAsBefore() throws Exception {
        bystander.close();
        assertThat(service.get("/v1/people").status()).isEqualTo(200);
    }

    @Test
    void requestsSentAheadWithoutReadingAnswers_fillNothing() throws IOException {
        List<SocketChannel> clients = connected(20);
        byte[] requests = TINY.repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        for (int round = 0; round < 40; round++) {
            for (SocketChannel client : clients) {
                send(client, requests);
            }
        }
        closeAll(clients);
    }

    @Test
    void requestsSentAhead_areAnsweredInTheirOrder() throws IOException {
        String request = "GET /v1/people/%d HTTP/1.1\r\nHost: a\r\nX-Request-Id: %d\r\nX-API-Key: " + RunningService.KEY
                + "\r\n%s\r\n";
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            requests.append(request.formatted(i, i, i == 199 ? "Connection: close\r\n" : ""));
        }

        Reply reply = RawRequest.send(service.address(), requests.toString());

        List<String> ids = reply.text()
                .lines()
                .filter(line -> line.startsWith("X-Request-Id: "))
                .map(line -> line.substring("X-Request-Id: ".length()))
                .toList();
        assertThat(ids).hasSize(200);
        for (int i = 0; i < ids.size(); i++) {
            assertThat(ids.get(i)).isEqualTo(Integer.toString(i));
        }
    }

    @Test
    void unfinishedHeadsOfManyHeaders_areRefusedBeforeTheyAreHeld() throws Exception {
        byte[] head =
                ("GET /health HTTP/1.1\r\nHost: a\r\n" + "a:\r\n".repeat(2_400)).getBytes(StandardCharsets.US_ASCII);
        List<SocketChannel> clients = connected(600);
        for (SocketChannel client : clients) {
            send(client, head);
        }
        assertThat(service.get("/v1/people").status()).isEqualTo(200);
        closeAll(clients);
    }

    @Test
    void unfinishedHeadsAsLargeAsTheyMayBe_leaveRoom() throws Exception {
        StringBuilder head = new StringBuilder("GET /health HTTP/1.1\r\nHost: a\r\n");
        for (int i = 0; i < 95; i++) {
            head.append("x-%02d: ".formatted(i)).append("v".repeat(70)).append("\r\n");
        }
        byte[] bytes = head.toString().getBytes(StandardCharsets.US_ASCII);
        List<SocketChannel> clients = connected(1_200);
        for (SocketChannel client : clients) {
            send(client, bytes);
        }
        assertThat(service.get("/v1/people").status()).isEqualTo(200);
        closeAll(clients);
    }

    @Test
    void keptConnectionsWithoutAKey_keepNobodyOut() throws IOException, InterruptedException {
        List<SocketChannel> clients = connected(520);
        for (int round = 0; round < 3; round++) {
            for (SocketChannel client : clients) {
                send(client, TINY.getBytes(StandardCharsets.US_ASCII));
            }
            Thread.sleep(1_000);
        }
        closeAll(clients);
    }

    @Test
    void silentConnections_keepNobodyOut() throws IOException, InterruptedException {
        List<SocketChannel> clients = connected(2_000);
        Thread.sleep(3_000);
        closeAll(clients);
    }

    @Test
    void refusalForTooManyRequestsWithoutAKey_endsTheConnection() throws IOException {
        Reply reply;
        try (Socket socket = RawRequest.open(service.address())) {
            RawRequest.write(socket, TINY.repeat(100));
            reply = RawRequest.read(socket);
        }

        String[] answers = reply.text().split("(?=HTTP/1\\.1 )", -1);
        assertThat(answers[answers.length - 1])
                .startsWith("HTTP/1.1 429")
                .containsIgnoringCase("\r\nconnection: close\r\n");
        assertThat(reply.text()).containsOnlyOnce("HTTP/1.1 429");
    }

    private static List<SocketChannel> connected(int count) throws IOException {
        return connected(service, count);
    }

    /** Opens connections and doesn't wait until they are taken. */
    static List<SocketChannel> connected(RunningService service, int count) throws IOException {
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SocketChannel client = SocketChannel.open();
            client.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            client.configureBlocking(false);
            client.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), service.address().getPort()));
            clients.add(client);
        }
        return clients;
    }

    /** Sends as much as the connection takes now; the other side may have closed it. */
    private static void send(SocketChannel client, byte[] bytes) {
        try {
            if (client.finishConnect()) {
                client.write(ByteBuffer.wrap(bytes));
            }
        } catch (IOException e) {
            // Closed: that was to be seen.
        }
    }

    private static void closeAll(List<SocketChannel> clients) throws IOException {
        for (SocketChannel client : clients) {
            client.close();
        }
    }

    /** Writes slowly until the other side answers or closes. */
    static Reply drip(RunningService service, String head, int bytes, long pauseMs) throws IOException {
        try (Socket socket = RawRequest.open(service.address())) {
            RawRequest.write(socket, head);
            OutputStream out = socket.getOutputStream();
            byte[] piece = "x".repeat(bytes).getBytes(StandardCharsets.US_ASCII);
            while (socket.getInputStream().available() == 0) {
                out.write(piece);
                out.flush();
                Thread.sleep(pauseMs);
            }
            return RawRequest.read(socket);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply("");
        }
    }
}
