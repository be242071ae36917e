package dev.rollcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** A caller of the service as any integrator would write one. */
final class DemoClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final String key;

    DemoClient(URI address, String key) {
        this.address = address;
        this.key = key;
    }

    /** An answer: its status and its JSON. */
    record Answer(int status, JsonNode body) {}

    Answer enroll(String userId, String name, byte[] picture) throws IOException, InterruptedException {
        return post("/enroll", Map.of("user_id", userId, "name", name, "image", base64(picture)));
    }

    Answer recognize(String userId, byte[] picture) throws IOException, InterruptedException {
        return post("/recognize", Map.of("user_id", userId, "image", base64(picture)));
    }

    Answer attendance() throws IOException, InterruptedException {
        return send(request("/v1/attendance").GET());
    }

    private Answer post(String path, Map<String, String> body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("X-API-Key", key);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    private static String base64(byte[] picture) {
        return Base64.getEncoder().encodeToString(picture);
    }
}
