package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.openapi.ApiDocument;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GET /openapi.json, GET /docs and the files of its page, also switched off. */
class DocsIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
    private static final Map<String, String> TYPES = Map.of("js", "text/javascript", "css", "text/css");
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome");

    @TempDir
    static Path folder;

    private static RunningService service;
    private static RunningService withoutDocs;

    @BeforeAll
    static void start() throws Exception {
        service = SharedService.withoutPeople();
        withoutDocs = RunningService.start(
                Files.createDirectory(folder.resolve("off")),
                Map.of("API_KEY", RunningService.KEY, "API_DOCS", "false"));
    }

    @AfterAll
    static void stop() throws Exception {
        withoutDocs.close();
    }

    @Test
    void document_isServedAsItIsInTheProgram() throws Exception {
        HttpResponse<String> answer = get(service, "/openapi.json");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        assertThat(new JsonObject(answer.body())).isEqualTo(ApiDocument.read().json());
    }

    /** Three files on each connection, since the system takes the first from the service by itself. */
    @Test
    void clientsThatDoNotReadTheFiles_keepNobodyWaiting() throws Exception {
        int before = service.log().length();
        String request = "GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: a\r\nX-API-Key: x\r\n\r\n";
        List<Socket> clients = new ArrayList<>();
        try {
            for (int client = 0; client < 24; client++) {
                Socket socket = new Socket();
                clients.add(socket);
                socket.setReceiveBufferSize(4096);
                socket.connect(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), service.address().getPort()));
                RawRequest.write(socket, request.repeat(4));
            }
            for (Socket client : clients) {
                assertThat(client.getInputStream().read()).isEqualTo('H');
            }
            for (int i = 0; i < 3; i++) {
                assertThat(service.get("/v1/people").status()).isEqualTo(200);
                assertThat(get(service, "/docs").statusCode()).isEqualTo(200);
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
        assertThat(service.get("/v1/people").status()).isEqualTo(200);
        assertThat(service.log().substring(before)).doesNotContain("ERROR", "\tat ");
    }

    @Test
    void page_hasFilesOfTheServiceAloneWhichItsPolicyAllows() throws Exception {
        HttpResponse<String> page = get(service, "/docs");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        Map<String, String> policy = policy(page);
        assertThat(policy.get("default-src")).isEqualTo("'self'");
        assertThat(policy).doesNotContainKeys("script-src", "connect-src");
        assertThat(policy.get("img-src")).contains("data:");
        assertThat(page.body()).doesNotContainPattern("<script(?![^>]*src=)").doesNotContainPattern("\\son[a-z]+=");

        List<String> references = REFERENCE
                .matcher(page.body())
                .results()
                .map(match -> match.group(1))
                .filter(reference -> !reference.startsWith("data:"))
                .toList();
        assertThat(references).hasSize(3);
        for (String reference : references) {
            HttpResponse<String> file = get(service, reference);
            assertThat(file.statusCode()).as(reference).isEqualTo(200);
            assertThat(file.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(TYPES.get(reference.substring(reference.lastIndexOf('.') + 1)));
            assertThat(file.body()).isNotBlank();
        }
        assertThat(get(service, "/docs/start.js").body()).contains("\"/openapi.json\"");
    }

    @Test
    void otherFiles_areNotServed() throws Exception {
        for (String path : List.of("/docs/openapi.json", "/docs/index.html", "/docs/..%2Fapplication.properties")) {
            assertThat(get(service, path).statusCode()).as(path).isBetween(400, 404);
        }
    }

    @Test
    void switchedOff_nothingIsServed() throws Exception {
        for (String path : List.of(
                "/openapi.json", "/docs", "/docs/start.js", "/docs/swagger-ui.css", "/docs/swagger-ui-bundle.js")) {
            HttpResponse<String> answer = get(withoutDocs, path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("NOT_FOUND");
        }
    }

    @Test
    void browser_showsEveryCall() throws Exception {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "there is no Chromium on the path");
        Path shown = folder.resolve("shown.html");
        Process process = new ProcessBuilder(
                        browser.orElseThrow().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--user-data-dir=" + folder.resolve("browser"),
                        "--virtual-time-budget=20000",
                        "--dump-dom",
                        service.address().resolve("/docs").toString())
                .redirectOutput(shown.toFile())
                .redirectError(folder.resolve("browser.log").toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }

        String page = Files.readString(shown, StandardCharsets.UTF_8);
        assertThat(ApiDocument.read().operations()).isNotEmpty().allSatisfy(operation -> assertThat(page)
                .contains("-" + operation.id() + "\""));
        assertThat(Files.readString(folder.resolve("browser.log"))).doesNotContain("Content Security Policy");
    }

    private static Map<String, String> policy(HttpResponse<String> page) {
        String text = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        return Arrays.stream(text.split("; "))
                .map(directive -> directive.split(" ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }

    private static Optional<Path> browser() {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .map(Path::of)
                .flatMap(directory -> BROWSERS.stream().map(directory::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static HttpResponse<String> get(RunningService from, String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(from.address().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
