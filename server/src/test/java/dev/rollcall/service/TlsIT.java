package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.files.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service over HTTPS. */
class TlsIT {

    @TempDir
    static Path folder;

    private static TestCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.make(folder);
    }

    @Test
    void service_speaksHttpsAndNothingElse() throws Exception {
        int port = LoopbackPort.free();
        Map<String, String> settings = new HashMap<>(tls(certificate.file(), certificate.key()));
        settings.put("PORT", Integer.toString(port));
        Process service = RunningService.launch(folder, folder.resolve("service.log"), settings);
        try {
            HttpResponse<String> health = awaited(port, service);

            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(SystemdUnit.waitsFor(port)).isTrue();
            assertThat(health.headers().firstValue("Strict-Transport-Security")).contains("max-age=31536000");
            assertThat(health.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
            assertThatThrownBy(() -> HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        } finally {
            service.destroy();
            service.waitFor(30, TimeUnit.SECONDS);
            service.destroyForcibly().waitFor();
        }
    }

    @Test
    void unusableFiles_stopTheStartAndAreNamed() throws Exception {
        Path text = Files.writeString(folder.resolve("text.pem"), "hello");
        for (Map.Entry<Map<String, String>, String> wrong : Map.of(
                        tls(text, certificate.key()), "TLS_CERTIFICATE",
                        tls(certificate.file(), text), "TLS_KEY",
                        tls(folder.resolve("nowhere"), certificate.key()), "TLS_CERTIFICATE",
                        Map.of("TLS_KEY", certificate.key().toString()), "TLS_CERTIFICATE and TLS_KEY belong together")
                .entrySet()) {
            assertThat(refused(wrong.getKey())).contains(wrong.getValue());
        }
    }

    @Test
    void unusableSecuritySettings_stopTheStartAndAreNamed() throws Exception {
        Map<String, String> wrong = Map.of(
                "TRUSTED_PROXIES", "10.0.0.0/99",
                "CORS_ORIGINS", "*",
                "TEMPLATE_KEY", "secret",
                "ATTENDANCE_ON_ERASURE", "burn");

        assertThat(refused(wrong))
                .contains(
                        "TRUSTED_PROXIES",
                        "CORS_ORIGINS",
                        "TEMPLATE_KEY must be 32 bytes",
                        "ATTENDANCE_ON_ERASURE must be keep or pseudonymise but is \"burn\"");
    }

    private static String refused(Map<String, String> settings) throws Exception {
        RunningService.Ended refused = RunningService.command(folder, settings, "serve");
        assertThat(refused.exitCode()).as(refused.said()).isEqualTo(78);
        assertThat(refused.said()).doesNotContain("\tat ");
        return refused.said();
    }

    private static HttpResponse<String> awaited(int port, Process service) throws Exception {
        HttpClient client =
                HttpClient.newBuilder().sslContext(certificate.trusting()).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/health"))
                .build();
        for (int attempt = 0; attempt < 600 && service.isAlive(); attempt++) {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofString());
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw new IOException("the service did not start: " + Files.readString(folder.resolve("service.log")));
    }

    private static Map<String, String> tls(Path certificate, Path key) {
        return Map.of(
                "API_KEY", RunningService.KEY, "TLS_CERTIFICATE", certificate.toString(), "TLS_KEY", key.toString());
    }
}
