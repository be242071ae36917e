package dev.rollcall.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.rollcall.cli.ServiceProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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

    /** Tests ask, and mark, more often than people do. */
    private static final List<String> LIMITS = List.of(
            "RATE_LIMIT_PER_MINUTE",
            "PERSON_RATE_LIMIT_PER_MINUTE",
            "ADDRESS_RATE_LIMIT_PER_MINUTE",
            "MIN_SECONDS_BETWEEN_MARKS");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path LAUNCHER =
            Path.of("..", "rollcall").toAbsolutePath().normalize();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ServiceProcess process;

    private RunningService(ServiceProcess process) {
        this.process = process;
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

    /** Starts a service that finds a database, unless it makes its own first key or uses another database. */
    static RunningService start(Path folder, Map<String, String> settings) throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        if (!settings.containsKey("DATA_DIR") && !Files.exists(data)) {
            prepare(data, settings);
        }
        return startOnNewData(folder, settings);
    }

    private static void prepare(Path data, Map<String, String> settings) throws IOException, InterruptedException {
        if (settings.containsKey("DATABASE_URL") || settings.containsKey("SUPABASE_URL")) {
            PreparedData.copyLibraryTo(data);
        } else if (settings.containsKey("API_KEY")) {
            PreparedData.copyTo(data);
        } else {
            PreparedData.copyUnpackedTo(data);
        }
    }

    /** Starts a service that creates its database if the folder has none. */
    static RunningService startOnNewData(Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        return started(List.of(LAUNCHER.toString(), "serve"), folder, settings);
    }

    /** Starts a service that may have so many files and connections open. */
    static RunningService startWithFiles(Path folder, int files, Map<String, String> settings)
            throws IOException, InterruptedException {
        return started(
                List.of("sh", "-c", "ulimit -n " + files + " && exec \"$0\" serve", LAUNCHER.toString()),
                folder,
                settings);
    }

    /** Starts a service by a command that runs it, such as {@code unshare --uts}, on a data folder that is prepared. */
    static RunningService startBehind(List<String> command, Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        PreparedData.copyTo(folder.resolve("data"));
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(LAUNCHER.toString(), "serve"));
        return started(line, folder, settings);
    }

    private static RunningService started(List<String> command, Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        ServiceProcess process = ServiceProcess.start(launch(command, folder, folder.resolve("service.log"), settings));
        process.awaitHealthy();
        return new RunningService(process);
    }

    /** Runs the launcher's {@code serve} without waiting for anything. */
    static Process launch(Path folder, Path log, Map<String, String> settings)
            throws IOException, InterruptedException {
        return launch(List.of(LAUNCHER.toString(), "serve"), folder, log, settings)
                .start();
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
        List<String> line = new ArrayList<>(List.of(LAUNCHER.toString()));
        line.addAll(List.of(command));
        Process process = launch(line, folder, log, settings).start();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor();
    }

    private static ServiceProcess.Launch launch(
            List<String> command, Path folder, Path log, Map<String, String> settings)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>();
        LIMITS.forEach(limit -> all.put(limit, "0"));
        if (!settings.containsKey("ROLLCALL_JAVA_OPTS")) {
            all.put("ROLLCALL_JAVA_OPTS", PreparedData.javaOptions());
        }
        all.put("DATA_DIR", folder.resolve(".").resolve("data").toString());
        all.putAll(settings);
        return new ServiceProcess.Launch(command, folder, log, all);
    }

    String log() throws IOException {
        return process.log();
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
        String line = Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status")).stream()
                .filter(status -> status.startsWith(name))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", ""));
    }

    long pid() {
        return process.process().pid();
    }

    boolean isAlive() {
        return process.process().isAlive();
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
        return send(HttpRequest.newBuilder(address().resolve(path))
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
        return send(HttpRequest.newBuilder(address().resolve("/recognize"))
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
        return send(HttpRequest.newBuilder(address().resolve(path))
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
        return send(HttpRequest.newBuilder(address().resolve(path))
                .header("X-API-Key", key)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                http.send(request.timeout(Duration.ofSeconds(60)).build(), HttpResponse.BodyHandlers.ofByteArray());
        boolean isJson =
                response.headers().firstValue("Content-Type").orElse("").contains("json");
        return new Answer(
                response.statusCode(), response, isJson ? JSON.readTree(response.body()) : MissingNode.getInstance());
    }

    URI address() {
        return process.address();
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Ends the service as a power cut would. */
    void kill() throws InterruptedException {
        process.kill();
    }

    /** Asks the service to stop, and waits for it; returns what it ended with. */
    int terminate() throws InterruptedException {
        process.process().destroy();
        return process.process().waitFor();
    }

    /** Asks the service to stop. */
    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
