package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A receiver of events on the loopback address, which keeps those whose signature is right. */
final class EventReceiver implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private volatile boolean accepts = true;
    private volatile String secret = "";

    EventReceiver() throws IOException {
        server.createContext("/", this::receive);
        server.start();
    }

    /** Makes a webhook that sends events of these kinds here, and returns its id. */
    String listen(RunningService service, String... kinds) throws Exception {
        RunningService.Answer made = service.postJson(
                "/v1/webhooks",
                Map.of(
                        "name",
                        "hr",
                        "url",
                        "http://127.0.0.1:" + server.getAddress().getPort() + "/hook",
                        "events",
                        List.of(kinds)));
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        secret = made.body().path("secret").asText();
        return made.body().at("/webhook/id").asText();
    }

    /** Whether events are accepted; otherwise the answer is 500. */
    void setAccepting(boolean accepting) {
        accepts = accepting;
    }

    /** What was accepted, in the order in which it came. */
    List<JsonNode> events() {
        return List.copyOf(events);
    }

    /** The ids of marks that events have at a path, in the order of their first events. */
    Set<String> marks(String path) {
        Set<String> ids = new LinkedHashSet<>();
        events.forEach(event -> ids.add(event.at(path).asText()));
        ids.remove("");
        return ids;
    }

    /** Waits for events of these marks, for a minute at most. */
    void await(String path, Set<String> marks) throws InterruptedException {
        for (int tries = 0; tries < 600 && !marks(path).containsAll(marks); tries++) {
            Thread.sleep(100);
        }
    }

    /** Waits for an event of this type, for a minute at most. */
    void awaitType(String type) throws InterruptedException {
        for (int tries = 0; tries < 600 && !types().contains(type); tries++) {
            Thread.sleep(100);
        }
    }

    /** The types of the events, in the order in which they came. */
    List<String> types() {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        boolean takes = accepts;
        if (takes && isSigned(exchange, body)) {
            events.add(JSON.readTree(body));
        }
        exchange.sendResponseHeaders(takes ? 204 : 500, -1);
        exchange.close();
    }

    private boolean isSigned(HttpExchange exchange, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            String start = exchange.getRequestHeaders().getFirst("webhook-id") + "."
                    + exchange.getRequestHeaders().getFirst("webhook-timestamp") + ".";
            mac.update(start.getBytes(StandardCharsets.US_ASCII));
            String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
            return expected.equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
