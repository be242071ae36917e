package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of a running service, which is killed meanwhile, and receipts of its marks. */
class WebhooksIT {

    private static final Map<String, String> SETTINGS =
            Map.of("API_KEY", RunningService.KEY, "WEBHOOK_TARGETS", "private", "MAX_ATTENDANCE_PER_DAY", "1000");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MARKS = 40;
    private static final int KILLS = 3;

    @TempDir
    Path folder;

    private final List<JsonNode> events = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean accepts = new AtomicBoolean(true);
    private final AtomicReference<String> secret = new AtomicReference<>("");
    private HttpServer receiver;

    @BeforeEach
    void receive() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::receive);
        receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean takes = accepts.get();
        if (takes && isSigned(exchange, body)) {
            events.add(JSON.readTree(body));
        }
        exchange.sendResponseHeaders(takes ? 204 : 500, -1);
        exchange.close();
    }

    private boolean isSigned(HttpExchange exchange, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.get().substring(6)), "HmacSHA256"));
            String start = exchange.getRequestHeaders().getFirst("webhook-id") + "."
                    + exchange.getRequestHeaders().getFirst("webhook-timestamp") + ".";
            mac.update(start.getBytes(StandardCharsets.US_ASCII));
            String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
            return expected.equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String listen(RunningService service) throws Exception {
        RunningService.Answer made = service.postJson(
                "/v1/webhooks",
                Map.of(
                        "name",
                        "hr",
                        "url",
                        "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook",
                        "events",
                        List.of("mark.corrected", "mark.created", "person.enrolled")));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        secret.set(made.body().path("secret").asText());
        return made.body().at("/webhook/id").asText();
    }

    private void await(Set<String> marks) throws InterruptedException {
        for (int tries = 0; tries < 600 && !received().containsAll(marks); tries++) {
            Thread.sleep(100);
        }
    }

    /** The ids of the marks that events tell of, in the order of their first events. */
    private Set<String> received() {
        Set<String> ids = new LinkedHashSet<>();
        List.copyOf(events)
                .forEach(event -> ids.add(event.at("/data/new_mark/id").asText()));
        ids.remove("");
        return ids;
    }

    @Test
    void killsWhileEventsWaitAndAreSent_loseNoneAndKeepTheirOrder() throws Exception {
        RunningService service = RunningService.start(folder, SETTINGS);
        String webhook = listen(service);
        assertThat(service.enroll("hooked", Pictures.portrait("manuel")).status())
                .isEqualTo(201);
        Set<String> marks = new LinkedHashSet<>();
        Instant first = Instant.now().minus(200, ChronoUnit.DAYS);
        for (int kill = 0; kill < KILLS; kill++) {
            accepts.set(kill != 1);
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
        accepts.set(true);
        service.postJson("/v1/webhooks/" + webhook + "/test", Map.of());

        try (RunningService last = service) {
            last.send(HttpRequest.newBuilder(last.address().resolve("/v1/webhooks/" + webhook))
                    .header("X-API-Key", RunningService.KEY)
                    .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"state\":\"paused\"}")));
            last.send(HttpRequest.newBuilder(last.address().resolve("/v1/webhooks/" + webhook))
                    .header("X-API-Key", RunningService.KEY)
                    .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"state\":\"enabled\"}")));
            await(marks);
            assertThat(received()).containsExactlyElementsOf(marks);
            assertThat(events.stream().map(event -> event.path("type").asText()))
                    .contains("dev.rollcall.person.enrolled", "dev.rollcall.webhook.test");
            JsonNode log = last.get("/v1/webhooks/" + webhook + "/deliveries?state=delivered&limit=1000")
                    .body();
            FaultTable.write(
                    "WebhooksIT",
                    Map.of(
                            "kills", Integer.toString(KILLS),
                            "acknowledged marks",
                                    marks.size() + ", received " + received().size(),
                            "events received",
                                    events.size() + ", delivered by the log "
                                            + log.path("items").size()));
            receipts(last, marks.iterator().next());
        }
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
