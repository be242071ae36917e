package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.service.RunningService.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the packaged service answers to what it can't use. */
class BadInputIT {

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = SharedService.withoutPeople();
        assertThat(service.enroll("geronimo", Pictures.portrait("geronimo")).status())
                .isEqualTo(201);
    }

    @AfterEach
    void serviceGoesOnWithoutStackTraces() throws Exception {
        assertThat(service.get("/health").status()).isEqualTo(200);
        assertThat(service.log()).doesNotContain("\tat ");
    }

    static Stream<Arguments> unusablePictures() throws IOException {
        byte[] portrait = Pictures.portrait("manuel");
        byte[] hugeHeader = portrait.clone();
        System.arraycopy(new byte[] {0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30}, 0, hugeHeader, 16, 8);
        return Stream.of(
                Arguments.of("empty", new byte[0], 400, "INVALID_IMAGE"),
                Arguments.of("truncated", Arrays.copyOf(portrait, portrait.length / 2), 400, "INVALID_IMAGE"),
                Arguments.of("text", "hello".getBytes(StandardCharsets.UTF_8), 400, "INVALID_IMAGE"),
                Arguments.of("30,000 × 30,000", withHeaderChecksum(hugeHeader), 413, "PAYLOAD_TOO_LARGE"),
                Arguments.of("gif", "GIF89a_______________".getBytes(StandardCharsets.UTF_8), 415, "UNSUPPORTED_IMAGE"),
                Arguments.of("nine megabytes", new byte[9_000_000], 413, "PAYLOAD_TOO_LARGE"),
                Arguments.of("1 × 1", Pictures.onePixel(), 422, "NO_FACE"),
                Arguments.of("no face", Pictures.withoutFace(), 422, "NO_FACE"),
                Arguments.of("two people", Pictures.twoPeople(), 422, "MULTIPLE_FACES"),
                Arguments.of("tiny face", Pictures.tinyFace(), 422, "LOW_QUALITY"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusablePictures")
    void unusablePicture_getsItsCode(String name, byte[] picture, int status, String code) throws Exception {
        for (Answer answer :
                List.of(service.recognize("geronimo", picture), service.enroll("new-" + UUID.randomUUID(), picture))) {
            assertThat(answer.code()).isEqualTo(code);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.response().headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
            assertThat(answer.response().headers().firstValue("X-Request-Id")).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "null",
                "{",
                "{}",
                "{\"user_id\":\"geronimo\"}",
                "{\"image\":\"aGk=\"}",
                "{\"user_id\":7,\"image\":\"aGk=\"}",
                "{\"user_id\":\"a b\",\"image\":\"aGk=\"}",
                "{\"user_id\":\"geronimo\",\"image\":\"%%%\"}",
                "{\"user_id\":\"geronimo\",\"image\":7}",
                "{\"user_id\":\"geronimo\",\"image\":\"aGk="
            })
    void malformedRequest_isInvalid(String body) throws Exception {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        for (String path : List.of("/recognize", "/enroll")) {
            Answer answer = service.post(path, RunningService.KEY, "application/json", bytes);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
        }
    }

    @Test
    void chunkedBodyOverTheLimit_isRefused() throws Exception {
        byte[] tooMuch = " ".repeat(12_000_000).getBytes(StandardCharsets.US_ASCII);

        Answer answer = service.send(HttpRequest.newBuilder(service.address().resolve("/enroll"))
                .header("X-API-Key", RunningService.KEY)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(tooMuch))));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("PAYLOAD_TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wrong", "key-of-the-testsx"})
    void wrongKey_opensNothing(String key) throws Exception {
        for (String path : List.of("/enroll", "/recognize")) {
            Answer answer = service.post(path, key, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.code()).isEqualTo("UNAUTHORIZED");
        }
        assertThat(service.get("/v1/attendance", key).status()).isEqualTo(401);
    }

    @Test
    void unknownPathsAndMethods_areProblemsToo() throws Exception {
        assertThat(service.get("/nothing").code()).isEqualTo("NOT_FOUND");
        RunningService.Answer notAllowed = service.get("/enroll");
        assertThat(notAllowed.code()).isEqualTo("METHOD_NOT_ALLOWED");
        assertThat(notAllowed.response().headers().firstValue("Allow")).contains("OPTIONS, POST");
    }

    /** Mends the checksum of a PNG's first chunk, so that the header is believed. */
    private static byte[] withHeaderChecksum(byte[] png) {
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
        return png;
    }
}
