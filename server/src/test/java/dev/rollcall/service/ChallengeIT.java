package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Head-turn challenges over HTTP, by the frames of a film of a person who turns the head. */
class ChallengeIT {

    private static final Path FILM = Path.of("../../shared/motion/tranvanluyt_real");
    private static final String SITE = "challenged";
    private static final long BETWEEN_FRAMES_MS = 150;

    /** A slow machine may send too few frames of a challenge. */
    private static final int TRIES = 4;

    private static final int[] STRAIGHT = {327, 330, 333, 336, 339};

    /** By turn: the frames on the way, those that are held, those on the way back. */
    private static final Map<String, int[][]> TURNS = Map.of(
            "left", new int[][] {{60, 63, 66}, {69, 72, 75}, {171, 174}},
            "right", new int[][] {{219, 222, 225, 228}, {231, 234, 237}, {315, 318}},
            "up", new int[][] {{432, 435}, {480, 483, 486}, {489, 492}},
            "down", new int[][] {{342, 345}, {348, 351}, {345, 342}});

    private static RunningService service;
    private static String key;
    private static String otherKey;

    private String phase = "";
    private int place;

    @BeforeAll
    static void enroll() throws Exception {
        service = SharedService.withoutPeople();
        service.postJson("/v1/sites", Map.of("site", SITE, "name", "Gate", "liveness", "challenge"));
        key = newKey();
        otherKey = newKey();
    }

    private static String newKey() throws Exception {
        return service.postJson("/v1/keys", Map.of("name", "kiosk", "scopes", List.of("recognize"), "site", SITE))
                .body()
                .path("key")
                .asText();
    }

    @Test
    void challenge_isItsDevicesAlone() throws Exception {
        String id = begin();
        byte[] portrait = Pictures.portrait("geronimo");

        assertThat(frame(id, portrait, otherKey).code()).isEqualTo("CHALLENGE_EXPIRED");
        for (String none : List.of("unknown", "%00", "a".repeat(43))) {
            assertThat(frame(none, portrait, key).code()).as(none).isEqualTo("CHALLENGE_EXPIRED");
        }
        assertThat(frame(id, portrait, key).body().path("face").path("width").asInt())
                .isPositive();
        assertThat(frame(id, Pictures.withoutFace(), key).body().path("hint").asText())
                .isEqualTo("no_face");
        assertThat(frame(id, portrait, key).body().path("phase").asText()).isEqualTo("straight");
    }

    @Test
    void markNeedsAToken() throws Exception {
        Map<String, Object> claim = claim("nobody", Pictures.portrait("geronimo"), "");
        claim.remove("challenge_token");

        assertThat(service.postJson("/recognize", key, claim).code()).isEqualTo("CHALLENGE_REQUIRED");
        claim.put("challenge_token", "made-up");
        assertThat(service.postJson("/recognize", key, claim).code()).isEqualTo("NOT_ENROLLED");
    }

    @Test
    void personWhoTurnsAsAsked_marksOnce() throws Exception {
        assumeThat(FILM).isDirectory();
        service.enroll("turner", film(327));
        String token = pass();

        assertThat(service.postJson("/recognize", otherKey, claim("turner", film(330), token))
                        .code())
                .isEqualTo("CHALLENGE_EXPIRED");
        Answer marked = service.postJson("/recognize", key, claim("turner", film(330), token));
        assertThat(marked.status()).as(marked.body().toString()).isEqualTo(200);
        assertThat(service.postJson("/recognize", key, claim("turner", film(330), token))
                        .code())
                .isEqualTo("CHALLENGE_EXPIRED");
    }

    private static Map<String, Object> claim(String userId, byte[] picture, String token) {
        return new HashMap<>(
                Map.of("user_id", userId, "image", RunningService.base64(picture), "challenge_token", token));
    }

    private static String begin() throws Exception {
        Answer begun = service.postJson("/v1/challenges", key, Map.of());
        assertThat(begun.status()).as(begun.body().toString()).isEqualTo(201);
        return begun.body().path("id").asText();
    }

    private String pass() throws Exception {
        Answer last = null;
        for (int i = 0; i < TRIES; i++) {
            String id = begin();
            phase = "";
            last = frame(id, film(next("straight", "")), key);
            while (last.status() == 200 && !last.body().path("done").asBoolean()) {
                Thread.sleep(BETWEEN_FRAMES_MS);
                JsonNode state = last.body();
                last = frame(
                        id,
                        film(next(
                                state.path("phase").asText(), state.path("turn").asText(""))),
                        key);
            }
            if (last.status() == 200) {
                return last.body().path("token").asText();
            }
        }
        throw new AssertionError("no challenge was passed: " + last.body());
    }

    /** The film's frame to show in a phase: one after the other of its way, then to and fro. */
    private int next(String now, String turn) {
        if (!now.equals(phase)) {
            phase = now;
            place = 0;
        }
        int at = place++;
        return switch (now) {
            case "turn" -> then(TURNS.get(turn)[0], TURNS.get(turn)[1], at - 3);
            case "hold" -> toAndFro(TURNS.get(turn)[1], at);
            case "return" -> then(TURNS.get(turn)[2], STRAIGHT, at);
            default -> toAndFro(STRAIGHT, at);
        };
    }

    /** Before the first frame, that of looking straight: a person takes a moment to react. */
    private static int then(int[] first, int[] second, int at) {
        if (at < 0) {
            return toAndFro(STRAIGHT, -at);
        }
        return at < first.length ? first[at] : toAndFro(second, at - first.length);
    }

    private static int toAndFro(int[] frames, int at) {
        int in = at % (2 * (frames.length - 1));
        return frames[in < frames.length ? in : 2 * (frames.length - 1) - in];
    }

    private static Answer frame(String id, byte[] picture, String by) throws Exception {
        return service.postJson(
                "/v1/challenges/" + id + "/frames", by, Map.of("image", RunningService.base64(picture)));
    }

    private static byte[] film(int frame) throws IOException {
        return Files.readAllBytes(FILM.resolve("%04d.jpg".formatted(frame)));
    }
}
