package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Badges: issued, read from a frame, and shown in place of a number. */
class BadgesIT {

    private static final Pattern RUN = Pattern.compile("M(\\d+),(\\d+)h(\\d+)v1h-\\d+z");

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = SharedService.withoutPeople();
        service.enroll("badge-manuel", Pictures.portrait("manuel"));
        service.enroll("badge-pierre", Pictures.portrait("pierre"));
    }

    @AfterEach
    void reset() throws Exception {
        rule("null");
    }

    @Test
    void printedBadge_isReadFromAFrameAndMarksItsPersonAlone() throws Exception {
        JsonNode badge = issued("badge-manuel", false);

        Answer read = service.postJson("/v1/badges/read", Map.of("image", frame(badge)));
        assertThat(read.body().path("badge")).isEqualTo(badge.path("badge"));
        String text = read.body().path("badge").asText();
        assertThat(mark(text, "pierre").code()).isEqualTo("NOT_MATCHED");
        Answer marked = mark(text, "manuel");
        assertThat(marked.body().path("user_id").asText()).isEqualTo("badge-manuel");
        assertThat(service.marksOf("badge-manuel")).hasSize(1);
    }

    @Test
    void badgeThatWasRenewed_isRefusedAndAudited() throws Exception {
        String lost = issued("badge-pierre", false).path("badge").asText();
        String next = issued("badge-pierre", true).path("badge").asText();
        assertThat(next).isNotEqualTo(lost);

        Answer refused = mark(lost, "pierre");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("BADGE_INVALID");
        assertThat(refused.body().path("message").asText())
                .isEqualTo("This badge is not valid. Please ask for a new one.");
        JsonNode noted = service.get("/v1/audit?user_id=badge-pierre&action=RECOGNITION_REFUSED&order=newest")
                .body()
                .at("/items/0/details");
        assertThat(noted.path("code").asText()).isEqualTo("BADGE_INVALID");
        assertThat(noted.toString()).doesNotContain(lost);
        assertThat(mark("WIFI:S:guests;;", "pierre").code()).isEqualTo("BADGE_INVALID");
    }

    @Test
    void siteThatRequiresABadge_takesNoNumberAndNoFaceAlone() throws Exception {
        rule("\"badge\"");

        assertThat(service.get("/v1/kiosk").body().path("identify_by").asText()).isEqualTo("badge");
        assertThat(service.recognize("badge-pierre", Pictures.portrait("pierre"))
                        .code())
                .isEqualTo("BADGE_REQUIRED");
        assertThat(service.postJson(
                                "/identify",
                                Map.of("image", RunningService.base64(Pictures.portrait("pierre")), "mark", true))
                        .code())
                .isEqualTo("BADGE_REQUIRED");
    }

    @Test
    void requestsThatSayNothingOrTooMuch_areRefused() throws Exception {
        assertThat(service.postJson("/v1/badges", Map.of()).code()).isEqualTo("INVALID_REQUEST");
        for (Object ids : List.of(List.of(), "badge-manuel", List.of("a b"), List.of(7))) {
            assertThat(service.postJson("/v1/badges", Map.of("user_ids", ids)).code())
                    .isEqualTo("INVALID_REQUEST");
        }
        List<String> many = IntStream.range(0, 101).mapToObj(i -> "p" + i).toList();
        assertThat(service.postJson("/v1/badges", Map.of("user_ids", many)).code())
                .isEqualTo("INVALID_REQUEST");
        JsonNode nobody = service.postJson("/v1/badges", Map.of("user_ids", List.of("badge-nobody")))
                .body();
        assertThat(nobody.path("items")).isEmpty();
        assertThat(nobody.at("/missing/0").asText()).isEqualTo("badge-nobody");
        String both = "{\"user_id\":\"badge-manuel\",\"badge\":\"x\",\"image\":\"\"}";
        assertThat(service.post(
                                "/recognize",
                                RunningService.KEY,
                                "application/json",
                                both.getBytes(StandardCharsets.UTF_8))
                        .body()
                        .path("field")
                        .asText())
                .isEqualTo("badge");
    }

    @Test
    void frameWithoutABadge_hasNone() throws Exception {
        String image = RunningService.base64(Pictures.portrait("pierre"));

        Answer read = service.postJson("/v1/badges/read", Map.of("image", image));

        assertThat(read.status()).isEqualTo(200);
        assertThat(read.body().path("badge").isNull()).isTrue();
        assertThat(service.postJson("/v1/badges/read", Map.of("image", "AAAA")).code())
                .isEqualTo("INVALID_IMAGE");
        assertThat(service.postJson("/v1/badges/read", Map.of("image", RunningService.base64(new byte[1_500_000])))
                        .code())
                .isEqualTo("PAYLOAD_TOO_LARGE");
    }

    private static JsonNode issued(String userId, boolean renew) throws Exception {
        return service.postJson("/v1/badges", Map.of("user_ids", List.of(userId), "renew", renew))
                .body()
                .at("/items/0");
    }

    private static Answer mark(String badge, String portrait) throws Exception {
        return service.postJson(
                "/recognize", Map.of("badge", badge, "image", RunningService.base64(Pictures.portrait(portrait))));
    }

    private static void rule(String identifyBy) throws Exception {
        Answer changed = service.send(HttpRequest.newBuilder(service.address().resolve("/v1/sites/default"))
                .header("X-API-Key", RunningService.KEY)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"identify_by\":" + identifyBy + "}")));
        assertThat(changed.status()).isEqualTo(200);
    }

    /** A picture of a printed code on a desk, as a camera sees it, in base64. */
    private static String frame(JsonNode badge) throws IOException {
        int module = 9;
        int side = badge.at("/qr/side").asInt();
        BufferedImage picture = new BufferedImage(960, 720, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = picture.createGraphics();
        canvas.setColor(new Color(120, 110, 100));
        canvas.fillRect(0, 0, 960, 720);
        canvas.translate(250, 150);
        canvas.rotate(0.1);
        canvas.setColor(new Color(235, 235, 225));
        canvas.fillRect(0, 0, side * module, side * module);
        canvas.setColor(new Color(30, 30, 35));
        Matcher run = RUN.matcher(badge.at("/qr/path").asText());
        while (run.find()) {
            canvas.fillRect(
                    Integer.parseInt(run.group(1)) * module,
                    Integer.parseInt(run.group(2)) * module,
                    Integer.parseInt(run.group(3)) * module,
                    module);
        }
        canvas.dispose();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", jpeg);
        return RunningService.base64(jpeg.toByteArray());
    }
}
