package dev.rollcall.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service in a process of its own, started by the launcher as its users start it. */
final class RunningService implements AutoCloseable {

    static final String KEY = "key-of-the-tests";

    /** Tests ask more often than people do. */
    private static final List<String> LIMITS =
            List.of("RATE_LIMIT_PER_MINUTE", "PERSON_RATE_LIMIT_PER_MINUTE", "ADDRESS_RATE_LIMIT_PER_MINUTE");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path LAUNCHER =
            Path.of("..", "rollcall").toAbsolutePath().normalize();
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final URI address;
    private final Path log;

    private RunningService(Process process, URI address, Path log) {
        this.process = process;
        this.address = address;
        this.log = log;
    }

    /** An answer of the service. */
    record Answer(int status, HttpResponse<byte[]> response, JsonNode body) {

        String code() {
            return body.path("code").asText();
        }
    }

    /** Starts a service with a key on a data folder and waits until it is healthy. */
    static RunningService start(Path folder) throws IOException, InterruptedException {
        return start(folder, Map.of("API_KEY", KEY));
    }

    static RunningService start(Path folder, Map<String, String> settings) throws IOException, InterruptedException {
        int port = freePort();
        Map<String, String> all = new HashMap<>(settings);
        all.put("PORT", Integer.toString(port));
        Path log = folder.resolve("service.log");
        RunningService service =
                new RunningService(launch(folder, log, all), URI.create("http://127.0.0.1:" + port), log);
        service.awaitHealthy();
        return service;
    }

    /** Starts a service that may have so many files and connections open. */
    static RunningService startWithFiles(Path folder, int files, Map<String, String> settings)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(settings);
        int port = freePort();
        all.put("PORT", Integer.toString(port));
        Path log = folder.resolve("service.log");
        List<String> command = List.of("sh", "-c", "ulimit -n " + files + " && exec \"$0\" serve", LAUNCHER.toString());
        Process process = launchCommand(command, folder, log, all);
        RunningService service = new RunningService(process, URI.create("http://127.0.0.1:" + port), log);
        service.awaitHealthy();
        return service;
    }

    /** Runs the launcher's {@code serve} without waiting for anything. */
    static Process launch(Path folder, Path log, Map<String, String> settings) throws IOException {
        return launch(List.of("serve"), folder, log, settings);
    }

    /** What a command of the launcher said, and its exit code. */
    record Ended(int exitCode, String said) {}

    /** Runs a command of the launcher to its end, with the data folder of a service. */
    static Ended command(Path folder, Map<String, String> settings, String... command)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "command", ".log");
        int exitCode = run(folder, log, settings, command);
        return new Ended(exitCode, Files.readString(log));
    }

    /** Runs a command of the launcher to its end, with the data folder of a service; answers its exit code. */
    static int run(Path folder, Path log, Map<String, String> settings, String... command)
            throws IOException, InterruptedException {
        Process process = launch(List.of(command), folder, log, settings);
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    private static Process launch(List<String> arguments, Path folder, Path log, Map<String, String> settings)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
        command.addAll(arguments);
        return launchCommand(command, folder, log, settings);
    }

    private static Process launchCommand(List<String> command, Path folder, Path log, Map<String, String> settings)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("HOST", "127.0.0.1");
        builder.environment()
                .put("DATA_DIR", folder.resolve(".").resolve("data").toString());
        for (String limit : LIMITS) {
            builder.environment().put(limit, "0");
        }
        builder.environment().putAll(settings);
        return builder.start();
    }

    private void awaitHealthy() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try {
                if (get("/health", "").status() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Thread.sleep(100);
        }
        kill();
        throw new IOException("the service did not start; it said:\n" + log());
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** How much memory of the machine the service has. */
    long residentKilobytes() throws IOException {
        return kilobytes("VmRSS:");
    }

    /** How much it has had at most. */
    long peakResidentKilobytes() throws IOException {
        return kilobytes("VmHWM:");
    }

    private long kilobytes(String name) throws IOException {
        String line = Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(status -> status.startsWith(name))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The attendance of a person, all of it, from the service. */
    List<JsonNode> marksOf(String userId) throws IOException, InterruptedException {
        List<JsonNode> marks = new ArrayList<>();
        String next = "";
        do {
            JsonNode page =
                    get("/v1/attendance?limit=1000&user_id=" + userId + next).body();
            page.path("items").forEach(marks::add);
            next = page.path("next").isTextual() ? "&next=" + page.path("next").asText() : "";
        } while (!next.isEmpty());
        return marks;
    }

    Answer get(String path, String key) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address.resolve(path))
                .header("X-API-Key", key)
                .GET());
    }

    Answer get(String path) throws IOException, InterruptedException {
        return get(path, KEY);
    }

    Answer enroll(String userId, byte[] picture) throws IOException, InterruptedException {
        return postJson("/enroll", Map.of("user_id", userId, "name", "Name of " + userId, "image", base64(picture)));
    }

    Answer recognize(String userId, byte[] picture) throws IOException, InterruptedException {
        return postJson("/recognize", Map.of("user_id", userId, "image", base64(picture)));
    }

    /** Asks for a mark under an Idempotency-Key. */
    Answer recognize(String userId, byte[] picture, String idempotencyKey) throws IOException, InterruptedException {
        byte[] body = JSON.writeValueAsBytes(Map.of("user_id", userId, "image", base64(picture)));
        return send(HttpRequest.newBuilder(address.resolve("/recognize"))
                .header("X-API-Key", KEY)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** A form with the boundary {@code b}, as browsers send it. */
    static byte[] form(String userId, byte[] picture) throws IOException {
        String fields = """
                --b
                Content-Disposition: form-data; name="user_id"

                %s
                --b
                Content-Disposition: form-data; name="image"; filename="me.jpg"

                """.replace("\n", "\r\n");
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.write(fields.formatted(userId).getBytes(StandardCharsets.UTF_8));
        form.write(picture);
        form.write("\r\n--b--\r\n".getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    Answer delete(String path) throws IOException, InterruptedException {
        return delete(path, KEY);
    }

    Answer delete(String path, String key) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address.resolve(path))
                .header("X-API-Key", key)
                .DELETE());
    }

    Answer postJson(String path, Map<String, ?> body) throws IOException, InterruptedException {
        return postJson(path, KEY, body);
    }

    Answer postJson(String path, String key, Map<String, ?> body) throws IOException, InterruptedException {
        return post(path, key, "application/json", JSON.writeValueAsBytes(body));
    }

    Answer post(String path, String key, String contentType, byte[] body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address.resolve(path))
                .header("X-API-Key", key)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), response, JSON.readTree(response.body()));
    }

    URI address() {
        return address;
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Ends the service as a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks the service to stop, and waits for it; returns what it ended with. */
    int terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor();
    }

    /** Asks the service to stop. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
