package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.files.Repetitions;
import dev.rollcall.service.RawRequest.Reply;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged service with more clients at once than it can serve. */
class OverloadIT {

    private static final int CROWD = 800;
    private static final int WAVES = Repetitions.of(1, 3);

    @TempDir
    static Path folder;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service =
                RunningService.start(folder, Map.of("API_KEY", RunningService.KEY, "MAX_ATTENDANCE_PER_DAY", "10000"));
        assertThat(service.enroll("manuel", Pictures.portrait("manuel")).status())
                .isEqualTo(201);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
    }

    @Test
    void crowd_isServedOrRefusedAndNobodyIsLost() throws Exception {
        for (int wave = 0; wave < WAVES; wave++) {
            List<Reply> replies = crowd(recognition());

            assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isIn(200, 503));
            assertThat(replies).anySatisfy(reply -> assertThat(reply.status()).isEqualTo(200));
            assertThat(replies)
                    .filteredOn(reply -> reply.status() == 503)
                    .isNotEmpty()
                    .allSatisfy(refused -> {
                        assertThat(refused.header("Retry-After")).contains("1");
                        assertThat(refused.header("X-Request-Id")).isPresent();
                        assertThat(refused.body()).contains("\"code\":\"OVERLOADED\"");
                    });
        }
        assertThat(service.isAlive()).isTrue();
        assertThat(service.recognize("manuel", Pictures.portrait("manuel")).status())
                .isEqualTo(200);
        String metrics = "GET /metrics HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-API-Key: " + RunningService.KEY
                + "\r\n\r\n";
        assertThat(RawRequest.send(service.address(), metrics).body())
                .contains("rollcall_refusals_total{code=\"OVERLOADED\",path=\"/recognize\"}");
    }

    @ParameterizedTest
    @CsvSource({"/recognize, 401", "/v1/keys, 401", "/v1/people, 405"})
    void crowdWithoutKeys_isTurnedAwayAndTheServiceLivesOn(String path, int status) throws Exception {
        byte[] request = ("POST " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n"
                        + "a".repeat(100_000))
                .getBytes(StandardCharsets.ISO_8859_1);

        List<Reply> replies = crowd(request);

        assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isIn(status, 503));
        assertThat(service.isAlive()).isTrue();
        assertThat(service.get("/health").status()).isEqualTo(200);
    }

    @Test
    void callsWithoutABody_areServedBesideTheCrowd() throws Exception {
        byte[] request = recognition();
        ExecutorService one = Executors.newSingleThreadExecutor();
        try {
            Future<List<Reply>> crowd = one.submit(() -> crowd(request));
            while (!crowd.isDone()) {
                assertThat(service.get("/v1/attendance?limit=1").status()).isEqualTo(200);
            }
            assertThat(crowd.get()).hasSize(CROWD);
        } finally {
            one.shutdownNow();
        }
    }

    @Test
    void fewClientsThatAskOneCallAfterTheOther_areNeverRefused() throws Exception {
        int clients = 8;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<List<Integer>>> pending = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                pending.add(threads.submit(() -> statuses("/v1/attendance?limit=1", 60)));
            }
            for (Future<List<Integer>> statuses : pending) {
                assertThat(statuses.get()).containsOnly(200);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Integer> statuses(String path, int calls) throws Exception {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            statuses.add(service.get(path).status());
        }
        return statuses;
    }

    private static byte[] recognition() throws IOException {
        String body = "{\"user_id\":\"manuel\",\"image\":\""
                + Base64.getEncoder().encodeToString(Pictures.portrait("manuel")) + "\"}";
        return ("POST /recognize HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-API-Key: " + RunningService.KEY
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** All of them connect, and then send at once. */
    private static List<Reply> crowd(byte[] request) throws Exception {
        CountDownLatch connected = new CountDownLatch(CROWD);
        ExecutorService clients = Executors.newFixedThreadPool(CROWD);
        try {
            List<Future<Reply>> pending = new ArrayList<>();
            for (int i = 0; i < CROWD; i++) {
                pending.add(clients.submit(() -> {
                    try (Socket socket = RawRequest.open(service.address())) {
                        connected.countDown();
                        connected.await();
                        RawRequest.write(socket, request);
                        return RawRequest.read(socket);
                    }
                }));
            }
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> reply : pending) {
                replies.add(reply.get());
            }
            return replies;
        } finally {
            clients.shutdownNow();
        }
    }
}
