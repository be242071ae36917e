package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.files.LoopbackPort;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real nginx with the two files of {@code deploy/nginx}, and the packaged service behind it; skipped where there is no nginx. */
class NginxIT {

    private static final Path NGINX = Path.of("/usr/sbin/nginx");
    private static final Path SITES = Path.of("..", "deploy", "nginx");

    private static final String OF_ANOTHER_HOST = "GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";

    @TempDir
    Path folder;

    /** Otherwise certbot could never get the certificate that the second file needs. */
    @Test
    void firstFile_provesTheDomainWithoutACertificate() throws Exception {
        assumeTrue(Files.isExecutable(NGINX), "nginx is not here");
        Path challenges = Files.createDirectories(folder.resolve("acme/.well-known/acme-challenge"));
        Files.writeString(challenges.resolve("token"), "token.thumbprint");
        int port = LoopbackPort.free();
        Path configuration = configuration(portOfHttp(port));
        assertThat(nginx("-t", configuration).waitFor()).isZero();
        Process nginx = nginx("-gdaemon off;", configuration);
        try {
            HttpClient client = HttpClient.newHttpClient();
            URI address = URI.create("http://127.0.0.1:" + port);
            HttpResponse<String> proof = awaited(client, get(address, "/.well-known/acme-challenge/token"));
            HttpResponse<String> page = awaited(client, get(address, "/admin?a=b"));

            assertThat(proof.statusCode()).isEqualTo(200);
            assertThat(proof.body()).isEqualTo("token.thumbprint");
            assertThat(awaited(client, get(address, "/.well-known/acme-challenge/other"))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(page.statusCode()).isEqualTo(308);
            assertThat(page.headers().firstValue("Location")).contains("https://127.0.0.1/admin?a=b");
            assertThat(RawRequest.send(address, OF_ANOTHER_HOST).text()).isEmpty();
        } finally {
            nginx.destroy();
            nginx.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void requestThroughNginx_isServedOverTlsAndKnowsItsClient() throws Exception {
        assumeTrue(Files.isExecutable(NGINX), "nginx is not here");
        TestCertificate certificate = TestCertificate.make(folder);
        try (RunningService service =
                RunningService.start(folder, Map.of("API_KEY", RunningService.KEY, "TRUSTED_PROXIES", "127.0.0.1"))) {
            int port = LoopbackPort.free();
            Path configuration = configuration(portOfHttp(LoopbackPort.free())
                    + portOfHttps(port, service.address().getPort(), certificate));
            assertThat(nginx("-t", configuration).waitFor()).isZero();
            Process nginx = nginx("-gdaemon off;", configuration);
            try {
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(certificate.trusting())
                        .build();
                HttpResponse<String> health = awaited(client, get(URI.create("https://127.0.0.1:" + port), "/health"));
                client.send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/recognize"))
                                .header("X-API-Key", RunningService.KEY)
                                .header("X-Forwarded-For", "198.51.100.1, 203.0.113.7")
                                .header("Content-Type", "multipart/form-data; boundary=b")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(
                                        RunningService.form("nobody", Pictures.onePixel())))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

                assertThat(health.statusCode()).isEqualTo(200);
                try (Socket other = certificate.trusting().getSocketFactory().createSocket("127.0.0.1", port)) {
                    RawRequest.write(other, OF_ANOTHER_HOST);
                    assertThat(RawRequest.read(other).text()).isEmpty();
                }
                assertThat(awaited(client, get(URI.create("https://127.0.0.1:" + port), "/"))
                                .headers()
                                .firstValue("Location"))
                        .contains("/admin");
                assertThat(health.headers().firstValue("Strict-Transport-Security"))
                        .isPresent();
                assertThat(health.headers().firstValue("Server")).contains("nginx");
                HttpResponse<String> signedIn = client.send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/v1/session"))
                                .header("X-API-Key", RunningService.KEY)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(signedIn.headers().firstValue("Set-Cookie"))
                        .hasValueSatisfying(cookie -> assertThat(cookie).contains("; Secure"));
                JsonNode entry = service.get("/v1/audit?action=RECOGNITION_REFUSED")
                        .body()
                        .at("/items/0");
                assertThat(entry.at("/details/code").asText()).isEqualTo("NOT_ENROLLED");
                assertThat(entry.path("address").asText())
                        .as("nginx says who it heard, which is this machine, trusted too; so one further back counts")
                        .isEqualTo("203.0.113.7");
            } finally {
                nginx.destroy();
                nginx.waitFor(10, TimeUnit.SECONDS);
            }
        }
    }

    private String portOfHttp(int port) throws IOException {
        return Files.readString(SITES.resolve("rollcall-http.conf"))
                .replaceAll("listen 80", "listen 127.0.0.1:" + port)
                .replaceAll("/var/www/acme", folder.resolve("acme").toString());
    }

    private static String portOfHttps(int port, int service, TestCertificate certificate) throws IOException {
        return Files.readString(SITES.resolve("rollcall.conf"))
                .replaceAll("listen 443", "listen 127.0.0.1:" + port)
                .replaceAll(
                        "/etc/letsencrypt\\S+fullchain\\.pem",
                        certificate.file().toString())
                .replaceAll(
                        "/etc/letsencrypt\\S+privkey\\.pem", certificate.key().toString())
                .replaceAll("127\\.0\\.0\\.1:8000", "127.0.0.1:" + service);
    }

    /** The tests' folder is for its owner alone, and nginx's processes have another one if it is started by root. */
    private Path configuration(String sites) throws IOException {
        return Files.writeString(
                folder.resolve("nginx.conf"),
                "user root; pid %1$s/nginx.pid; error_log %1$s/error.log; events {} http { access_log off; %2$s }"
                        .formatted(
                                folder,
                                sites.replaceAll("(?m)^#.*$", "")
                                        .replaceAll("server_name rollcall.example.com", "server_name 127.0.0.1")));
    }

    private Process nginx(String option, Path configuration) throws Exception {
        return new ProcessBuilder(
                        NGINX.toString(),
                        option.substring(0, 2),
                        option.length() > 2 ? option.substring(2) : "-q",
                        "-c",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.out").toFile())
                .start();
    }

    private static HttpResponse<String> awaited(HttpClient client, HttpRequest request) throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                if (attempt == 100) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    private static HttpRequest get(URI address, String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).build();
    }
}
