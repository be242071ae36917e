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

/** A client of the service's HTTP interface, for the demo. */
final class DemoClient {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI address;
    private final String key;

    DemoClient(URI address, String key) {
        this.address = address;
        this.key = key;
    }

    /** The status and the JSON of a response. */
    record Reply(int status, JsonNode body) {}

    Reply enroll(String userId, String name, byte[] picture) throws IOException, InterruptedException {
        return post("/enroll", Map.of("user_id", userId, "name", name, "image", base64(picture)));
    }

    Reply recognize(String userId, byte[] picture) throws IOException, InterruptedException {
        return post("/recognize", Map.of("user_id", userId, "image", base64(picture)));
    }

    Reply attendance() throws IOException, InterruptedException {
        return send(request("/v1/attendance").GET());
    }

    private Reply post(String path, Map<String, String> body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("X-API-Key", key);
    }

    private Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Reply(response.statusCode(), JSON.readTree(response.body()));
    }

    private static String base64(byte[] picture) {
        return Base64.getEncoder().encodeToString(picture);
    }
}
