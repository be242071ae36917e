package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of a running service, which is killed meanwhile, and receipts of its marks. */
class WebhooksIT {

    private static final Map<String, String> SETTINGS =
            Map.of("API_KEY", RunningService.KEY, "WEBHOOK_TARGETS", "private", "MAX_ATTENDANCE_PER_DAY", "1000");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CORRECTED = "/data/new_mark/id";
    private static final int MARKS = 40;
    private static final int KILLS = 3;

    @TempDir
    Path folder;

    private EventReceiver receiver;

    @BeforeEach
    void receive() throws IOException {
        receiver = new EventReceiver();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void killsWhileEventsWaitAndAreSent_loseNoneAndKeepTheirOrder() throws Exception {
        RunningService service = RunningService.start(folder, SETTINGS);
        String webhook = receiver.listen(service, "mark.corrected", "mark.created", "person.enrolled");
        assertThat(service.enroll("hooked", Pictures.portrait("manuel")).status())
                .isEqualTo(201);
        Set<String> marks = new LinkedHashSet<>();
        Instant first = Instant.now().minus(200, ChronoUnit.DAYS);
        for (int kill = 0; kill < KILLS; kill++) {
            receiver.setAccepting(kill != 1);
            for (int mark = 0; mark < MARKS; mark++) {
                Instant at = first.plus(marks.size(), ChronoUnit.HOURS);
                RunningService.Answer answer = service.postJson(
                        "/v1/attendance",
                        Map.of("user_id", "hooked", "at", at.toString(), "direction", "in", "reason", "of the test"));
                assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
                marks.add(answer.body().at("/mark/id").asText());
            }
            service.kill();
            service = RunningService.start(folder, SETTINGS);
        }
        receiver.setAccepting(true);
        service.postJson("/v1/webhooks/" + webhook + "/test", Map.of());

        try (RunningService last = service) {
            set(last, webhook, "paused");
            set(last, webhook, "enabled");
            receiver.await(CORRECTED, marks);
            receiver.awaitType("dev.rollcall.webhook.test");
            List<JsonNode> events = receiver.events();
            assertThat(receiver.marks(CORRECTED)).containsExactlyElementsOf(marks);
            assertThat(receiver.types()).contains("dev.rollcall.person.enrolled", "dev.rollcall.webhook.test");
            JsonNode log = last.get("/v1/webhooks/" + webhook + "/deliveries?state=delivered&limit=1000")
                    .body();
            FaultTable.write(
                    "WebhooksIT",
                    Map.of(
                            "kills", Integer.toString(KILLS),
                            "acknowledged marks",
                                    marks.size() + ", received "
                                            + receiver.marks(CORRECTED).size(),
                            "events received",
                                    events.size() + ", delivered by the log "
                                            + log.path("items").size()));
            receipts(last, marks.iterator().next());
        }
    }

    /** A webhook that is enabled again needn't wait for the lease of a process that was killed. */
    private static void set(RunningService service, String webhook, String state) throws Exception {
        RunningService.Answer changed =
                service.send(HttpRequest.newBuilder(service.address().resolve("/v1/webhooks/" + webhook))
                        .header("X-API-Key", RunningService.KEY)
                        .header("Content-Type", "application/json")
                        .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"state\":\"" + state + "\"}")));
        assertThat(changed.status()).as(changed.body().toString()).isEqualTo(200);
    }

    private void receipts(RunningService service, String mark) throws Exception {
        String path = "/v1/attendance/" + mark + "/receipt";
        Path receipt = write("receipt.json", service.get(path).body());
        service.postJson("/v1/attendance/" + mark + "/void", Map.of("reason", "of the test"));
        service.postJson("/v1/receipts/key", Map.of());
        Path later = write("later.json", service.get(path).body());
        Path keys = write("keys.json", service.get("/.well-known/jwks.json").body());

        RunningService.Ended first = verified(receipt, keys);
        assertThat(first.said())
                .contains("Valid: signed with the key", "\"state\" : \"present\"", "\"sub\" : \"hooked\"");
        assertThat(first.exitCode()).isZero();
        assertThat(verified(later, keys).said()).contains("\"state\" : \"voided\"");
        String text = JSON.readTree(receipt.toFile()).path("receipt").asText();
        Path changed = Files.writeString(folder.resolve("changed"), text.substring(0, text.length() - 9) + "AAAAAAAAA");
        assertThat(verified(changed, keys).exitCode()).isEqualTo(1);
        assertThat(service.get("/v1/attendance/999999/receipt").code()).isEqualTo("MARK_NOT_FOUND");
    }

    private Path write(String name, JsonNode json) throws IOException {
        return Files.writeString(folder.resolve(name), json.toString());
    }

    private RunningService.Ended verified(Path receipt, Path keys) throws Exception {
        return RunningService.command(
                folder, Map.of(), "verify-receipt", receipt.toString(), "--keys", keys.toString());
    }
}
