package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example client in Python, docs/examples/mark.py, on the running service. */
class ExampleClientIT {

    private static final Path EXAMPLE =
            Path.of("..", "docs", "examples", "mark.py").toAbsolutePath();
    private static final String PERSON = "example-client";

    @TempDir
    Path folder;

    private RunningService service;

    @BeforeEach
    void enroll() throws Exception {
        assumeTrue(hasPython(), "python3 is not here");
        service = SharedService.withoutPeople();
        String image = RunningService.base64(Pictures.portrait("pierre"));
        Map<String, Object> person = Map.of("user_id", PERSON, "name", "Pierre", "image", image);
        assertThat(service.postJson("/enroll", person).status()).isEqualTo(201);
        Files.write(folder.resolve("a.png"), Pictures.portrait("pierre"));
        Files.write(folder.resolve("b.png"), Pictures.portrait("manuel"));
    }

    @Test
    void folderOfPictures_greetsAPersonAndSaysWhyAnotherIsRefused() throws Exception {
        Ended ended = mark(service.address(), folder.toString());

        assertThat(ended.said())
                .contains("a.png: Hello, Pierre. in, ")
                .contains("b.png: We didn't recognise you.", "(NOT_RECOGNIZED)");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(service.marksOf(PERSON)).hasSize(1);
    }

    @Test
    void namedPerson_isGreeted() throws Exception {
        Ended ended = mark(
                service.address(), "--user-id", PERSON, folder.resolve("a.png").toString());

        assertThat(ended.said()).contains("a.png: Hello, Pierre. in, ");
        assertThat(ended.exitCode()).isZero();
    }

    @Test
    void answersThatGotLost_areAskedForAgainUnderTheSameKeyAndMakeOneMark() throws Exception {
        List<String> keys = new CopyOnWriteArrayList<>();
        HttpServer front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.createContext("/", exchange -> answer(exchange, keys));
        front.start();
        try {
            URI address = URI.create("http://localhost:" + front.getAddress().getPort());
            Ended ended = mark(address, folder.resolve("a.png").toString());

            assertThat(ended.said()).contains("a.png: Hello, Pierre. in, ");
            assertThat(keys).hasSize(3);
            assertThat(keys.stream().distinct()).hasSize(1);
            assertThat(service.marksOf(PERSON)).hasSize(1);
        } finally {
            front.stop(0);
        }
    }

    /** First a 503, then the connection ends after the service has written the mark, and then everything is well. */
    private void answer(HttpExchange exchange, List<String> keys) throws IOException {
        try (exchange) {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (keys.size() == 1) {
                exchange.getResponseHeaders().set("Retry-After", "0");
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            byte[] answer = passed(exchange, body);
            if (keys.size() > 2) {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] passed(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.address().resolve(exchange.getRequestURI()))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String header : List.of("X-API-Key", "Content-Type", "Idempotency-Key")) {
            request.header(header, exchange.getRequestHeaders().getFirst(header));
        }
        return HttpClient.newHttpClient()
                .send(request.build(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private record Ended(int exitCode, String said) {}

    private static Ended mark(URI service, String... arguments) throws IOException, InterruptedException {
        List<String> line =
                new ArrayList<>(List.of("python3", "-B", EXAMPLE.toString(), "--service", service.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder python = new ProcessBuilder(line).redirectErrorStream(true);
        python.environment().put("ROLLCALL_KEY", RunningService.KEY);
        Process process = python.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), said);
    }

    private static boolean hasPython() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "python3")));
    }
}
