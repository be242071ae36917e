package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.service.RawRequest.Reply;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packaged service against bodies that are too large, of another length than said, or of a hostile form. */
class HostileBodiesIT {

    private static final String HEAD = "Host: a\r\nX-API-Key: " + RunningService.KEY + "\r\n";
    private static final String JSON_POST = "POST /recognize HTTP/1.1\r\n" + HEAD;

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = SharedService.withoutPeople();
    }

    @AfterEach
    void serviceGoesOnWithoutStackTraces() throws Exception {
        assertThat(service.get("/health").status()).isEqualTo(200);
        assertThat(service.log()).doesNotContain("\tat ");
    }

    @Test
    void tooLargeBodies_areRefusedWhileTheyComeOrBefore() throws IOException {
        Reply declared = send(JSON_POST + "Content-Length: 13000000\r\n\r\n{");
        assertThat(declared.status()).isEqualTo(413);

        StringBuilder endless = new StringBuilder(JSON_POST + "Transfer-Encoding: chunked\r\n\r\n");
        String chunk = "100000\r\n" + " ".repeat(1 << 20) + "\r\n";
        for (int i = 0; i < 12; i++) {
            endless.append(chunk);
        }
        Reply chunked = send(endless.toString());
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.body()).contains("PAYLOAD_TOO_LARGE");

        assertThat(send("POST /v1/keys HTTP/1.1\r\n" + HEAD + "Content-Length: 20000\r\n\r\n{")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void lyingContentLengths_leadNowhere() throws IOException {
        assertThat(send(JSON_POST + "Content-Length: 1000\r\n\r\n{\"user_id\":\"a\"}")
                        .status())
                .as("too long")
                .isIn(0, 400, 408);
        assertThat(send(JSON_POST + "Content-Length: 2\r\nConnection: close\r\n\r\n{}GET /v1/people HTTP/1.1\r\n\r\n")
                        .status())
                .as("too short")
                .isEqualTo(400);
        for (String lie : List.of(
                "Content-Length: -1\r\n",
                "Content-Length: 99999999999999999999\r\n",
                "Content-Length: 0x10\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding: xchunked\r\n")) {
            Reply reply = send(JSON_POST + lie + "\r\n0\r\n\r\nGET /v1/people HTTP/1.1\r\n" + HEAD + "\r\n");
            assertThat(reply.status()).as(lie).isIn(0, 400, 413);
            assertThat(reply.text()).as("no second answer: " + lie).doesNotContain("\"items\"");
        }
    }

    @Test
    void bodyWithoutAKey_isNotWaitedFor() throws IOException {
        try (Socket socket = RawRequest.open(service.address())) {
            RawRequest.write(socket, "POST /enroll HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n{");

            Reply reply = RawRequest.read(socket);

            assertThat(reply.status()).isEqualTo(401);
        }
    }

    @Test
    void thousandsOfBodiesThatNobodyReads_leaveNothingBehind() throws Exception {
        byte[] request = ("POST /v1/keys HTTP/1.1\r\n" + HEAD + "Content-Length: 100000\r\n\r\n" + "a".repeat(100_000))
                .getBytes(StandardCharsets.ISO_8859_1);
        ExecutorService clients = Executors.newFixedThreadPool(10);
        try {
            List<Future<Integer>> answered = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                answered.add(clients.submit(() -> answersOnOneConnection(request, 400)));
            }
            for (Future<Integer> count : answered) {
                assertThat(count.get()).isEqualTo(400);
            }
        } finally {
            clients.shutdownNow();
        }
        assertThat(service.isAlive()).isTrue();
    }

    /** Sends a request again and again, each as soon as the one before is answered. */
    private static int answersOnOneConnection(byte[] request, int times) throws IOException {
        int answers = 0;
        try (Socket socket = RawRequest.open(service.address())) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            while (answers < times) {
                socket.getOutputStream().write(request);
                int problemsEnd = in.read();
                while (problemsEnd >= 0 && problemsEnd != '}') {
                    problemsEnd = in.read();
                }
                if (problemsEnd < 0) {
                    return answers;
                }
                answers++;
            }
        }
        return answers;
    }

    @Test
    void deepWideAndEndlessJson_isRefused() throws IOException {
        StringBuilder wide = new StringBuilder("{");
        for (int i = 0; i < 200_000; i++) {
            wide.append("\"field").append(i).append("\":").append(i).append(',');
        }
        for (String json : List.of(
                "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                "{\"x\":" + "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000) + "}",
                wide + "\"a\":1}",
                "{\"x\":[" + "1,".repeat(500_000) + "1]}",
                "{\"x\":" + "9".repeat(100_000) + "}",
                "{\"" + "n".repeat(1_000_000) + "\":1}",
                "{\"user_id\":\"" + "a".repeat(1_000_000) + "\"}")) {
            for (String path : List.of("/recognize", "/enroll")) {
                Reply reply = send("POST " + path + " HTTP/1.1\r\n" + HEAD + "Connection: close\r\nContent-Length: "
                        + json.length() + "\r\n\r\n" + json);
                assertThat(reply.status()).as(json.substring(0, 20)).isEqualTo(400);
                assertThat(reply.body()).contains("INVALID_REQUEST");
            }
        }
    }

    private static Reply send(String request) throws IOException {
        return RawRequest.send(service.address(), request);
    }
}
