package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.service.RawRequest.Reply;
import dev.rollcall.service.RunningService.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, with the launcher's flags and its limits on, given the largest pictures that it takes and larger. */
class LargeUploadsIT {

    private static final String FORM = "multipart/form-data; boundary=b";
    private static final String SLOW_UPLOAD = "POST /recognize HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-API-Key: "
            + RunningService.KEY + "\r\nContent-Type: " + FORM + "\r\nContent-Length: 7500000\r\n\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n";

    @TempDir
    static Path folder;

    private static RunningService service;

    /** As phones make them, of 2.25 megapixels. */
    private static byte[] photo;

    private Bystander bystander;

    @BeforeAll
    static void start() throws Exception {
        photo = Pictures.noisyPhoto("manuel", 1_500, "png");
        service = RunningService.start(
                folder,
                Map.of(
                        "API_KEY",
                        RunningService.KEY,
                        "MAX_ATTENDANCE_PER_DAY",
                        "10000",
                        "RATE_LIMIT_PER_MINUTE",
                        "1200"));
        assertThat(service.enroll("manuel", Pictures.portrait("manuel")).status())
                .isEqualTo(201);
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
        assertThat(service.recognize("manuel", Pictures.portrait("manuel")).status())
                .isEqualTo(200);
    }

    @Test
    void formOverTheLimit_is413() throws Exception {
        for (int bytes : new int[] {8_000_001, 8_100_000, 9_000_000, 10_600_000, 12_000_000}) {
            Answer answer = form(new byte[bytes]);
            assertThat(answer.status()).as(bytes + " bytes").isEqualTo(413);
            assertThat(answer.code()).isEqualTo("PAYLOAD_TOO_LARGE");
        }
    }

    @Test
    void twoPhotosOfPhonesAtOnce_areBothServed() throws Exception {
        assertThat(photo).hasSizeBetween(3_000_000, 6_000_000);

        for (Answer answer : atOnce(2, () -> form(photo))) {
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void manyLargePicturesAtOnce_areServedOrRefused() throws Exception {
        byte[] twelveMegapixels = Pictures.noisyPhoto("manuel", 3_464, "jpg");

        List<Answer> answers = new ArrayList<>(atOnce(10, () -> form(twelveMegapixels)));
        answers.addAll(atOnce(10, () -> service.recognize("manuel", twelveMegapixels)));
        answers.addAll(atOnce(30, () -> form(photo)));
        answers.addAll(atOnce(30, () -> service.recognize("manuel", photo)));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 503));
        assertThat(answers).anySatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    }

    @Test
    void hugeJson_is413AgainAndAgain() throws Exception {
        byte[] body = new byte[32_000_000];
        Arrays.fill(body, (byte) ' ');
        for (int i = 0; i < 3; i++) {
            Reply reply = RawRequest.send(service.address(), request("application/json", body));
            assertThat(reply.status()).isEqualTo(413);
        }
    }

    @Test
    void slowUploads_keepNobodyOut() throws Exception {
        ExecutorService slow = Executors.newFixedThreadPool(40);
        try {
            List<Future<Reply>> uploads = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                uploads.add(slow.submit(() -> HostileClientsIT.drip(service, SLOW_UPLOAD, 3_000, 100)));
            }
            Thread.sleep(3_000);
            for (int i = 0; i < 5; i++) {
                assertThat(service.recognize("manuel", Pictures.portrait("manuel"))
                                .status())
                        .isEqualTo(200);
                assertThat(form(photo).status()).isEqualTo(200);
            }
            slow.shutdownNow();
            for (Future<Reply> upload : uploads) {
                assertThat(upload.get().status()).isIn(0, 408, 503);
            }
        } finally {
            slow.shutdownNow();
        }
    }

    private static Answer form(byte[] picture) throws IOException, InterruptedException {
        return service.post("/recognize", RunningService.KEY, FORM, RunningService.form("manuel", picture));
    }

    private static byte[] request(String contentType, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(("POST /recognize HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-API-Key: " + RunningService.KEY
                        + "\r\nContent-Type: " + contentType + "\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        request.write(body);
        return request.toByteArray();
    }

    static <T> List<T> atOnce(int count, Callable<T> work) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(count);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : clients.invokeAll(java.util.Collections.nCopies(count, work))) {
                results.add(result.get());
            }
            return results;
        } finally {
            clients.shutdownNow();
        }
    }
}
