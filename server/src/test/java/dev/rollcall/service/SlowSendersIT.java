package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.service.RawRequest.Reply;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged service against clients that take their time. */
class SlowSendersIT {

    private static final String JSON_POST =
            "POST /recognize HTTP/1.1\r\nHost: a\r\nX-API-Key: " + RunningService.KEY + "\r\n";
    private static final String REDEEMING =
            "POST /v1/me/redeem HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 55\r\n\r\n{\"token\":\"" + "a".repeat(43) + "\"}";
    private static final String TRUST = "GET /v1/trust HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final int MORE_THAN_WORKERS = 60;
    private static final int MORE_THAN_BODIES_AT_ONCE = 80;
    private static final int BODIES_AT_ONCE = 64;
    private static final int MANY_BODIES_AT_ONCE = 200;
    private static final String SLOW_WITHOUT_KEY =
            "POST /v1/pairings/redeem HTTP/1.1\r\nHost: a\r\nContent-Length: 16000\r\n\r\n{";

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = SharedService.withoutPeople();
    }

    @Test
    void slowSenders_areCutOffAndKeepNobodyOut() throws Exception {
        List<Callable<Reply>> slow = new ArrayList<>();
        for (int i = 0; i < MORE_THAN_WORKERS; i++) {
            slow.add(() -> dripping(JSON_POST + "Content-Length: 100000\r\n\r\n", "a"));
        }
        slow.add(() -> dripping("GET /health HTTP/1.1\r\nHost: a\r\n", "X: y\r\n"));
        slow.add(() -> dripping("G", "E"));
        slow.add(() -> dripping("", ""));
        slow.add(() -> dripping(JSON_POST + "Content-Length: 1000\r\n\r\n{", ""));
        slow.add(() -> dripping(JSON_POST + "Transfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"));
        slow.add(() -> dripping("GET /health HTTP/1.1\r\nHost: a\r\n\r\nGET /hea", "l"));
        ExecutorService clients = Executors.newFixedThreadPool(slow.size());
        try {
            List<Future<Reply>> replies = new ArrayList<>();
            slow.forEach(client -> replies.add(clients.submit(client)));
            assertThat(service.get("/v1/people").status()).isEqualTo(200);
            for (Future<Reply> reply : replies) {
                assertThat(reply.get().status()).isIn(0, 200, 408, 503);
            }
            assertThat(replies.get(0).get().status()).isEqualTo(408);
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void slowSmallBodies_takeNoPlacesFromOthers() throws Exception {
        String withKey = "POST /v1/pin-marks HTTP/1.1\r\nHost: a\r\nX-API-Key: " + RunningService.KEY
                + "\r\nTransfer-Encoding: chunked\r\n\r\n";
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < MORE_THAN_BODIES_AT_ONCE; i++) {
                slow.add(RawRequest.open(service.address()));
                RawRequest.write(slow.get(i), i % 2 == 0 ? SLOW_WITHOUT_KEY : withKey);
            }
            for (int i = 0; i < 5; i++) {
                assertThat(RawRequest.send(service.address(), REDEEMING).status())
                        .isEqualTo(403);
                assertThat(RawRequest.send(service.address(), TRUST).status()).isNotEqualTo(503);
                assertThat(service.postJson("/v1/pin-marks", Map.of("user_id", "slow-nobody", "pin", "730519"))
                                .code())
                        .isEqualTo("PIN_NOT_ALLOWED");
            }
            assertThat(RawRequest.read(slow.get(0)).status()).isIn(408, 503);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void smallBodiesThatArriveTogether_areNeverMoreThanTheLimit() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < MANY_BODIES_AT_ONCE; i++) {
                slow.add(RawRequest.open(service.address()));
            }
            for (Socket socket : slow) {
                RawRequest.write(socket, SLOW_WITHOUT_KEY);
            }
            int received = 0;
            for (Socket socket : slow) {
                int status = RawRequest.read(socket).status();
                assertThat(status).isIn(408, 503);
                received += status == 408 ? 1 : 0;
            }
            assertThat(received).isBetween(1, BODIES_AT_ONCE);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    /** Sends a beginning, then a bit every half second until the other side closes the connection. */
    private static Reply dripping(String beginning, String bit) throws IOException, InterruptedException {
        try (Socket socket = RawRequest.open(service.address())) {
            RawRequest.write(socket, beginning);
            Thread drip = new Thread(() -> {
                try {
                    while (!bit.isEmpty()) {
                        Thread.sleep(500);
                        RawRequest.write(socket, bit);
                    }
                } catch (IOException | InterruptedException e) {
                    // Closed: that was to be seen.
                }
            });
            drip.start();
            try {
                return RawRequest.read(socket);
            } finally {
                drip.interrupt();
            }
        }
    }
}
