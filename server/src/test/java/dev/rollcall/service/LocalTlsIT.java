package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service with TLS=local. */
class LocalTlsIT {

    private static final String OTHER_MACHINE = "192.168.1.20";
    private static final int DNS_NAME = 2;

    @TempDir
    static Path folder;

    private static OwnHostName ownHostName;
    private static RunningService service;
    private static JsonNode trust;
    private static X509Certificate authority;

    @BeforeAll
    static void start() throws Exception {
        ownHostName = OwnHostName.find();
        service = RunningService.startBehind(
                ownHostName.command(),
                folder,
                Map.of(
                        "API_KEY",
                        RunningService.KEY,
                        "TLS",
                        "local",
                        "TLS_PORT",
                        "0",
                        "TLS_NAMES",
                        "rollcall.example",
                        "TRUSTED_PROXIES",
                        "127.0.0.1"));
        trust = service.get("/v1/trust").body();
        authority = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(file("rollcall-authority.pem").body()));
    }

    @AfterAll
    static void stop() throws Exception {
        if (service != null) {
            service.close();
        }
    }

    private static HttpResponse<byte[]> file(String name) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(service.address().resolve("/trust/" + name))
                                .build(),
                        BodyHandlers.ofByteArray());
    }

    /** A client that trusts the authority alone and has neither a connection nor a TLS session yet. */
    private static HttpClient client() throws Exception {
        return HttpClient.newBuilder()
                .sslContext(TestCertificate.trusting(authority))
                .build();
    }

    private static HttpRequest.Builder overHttps(String path) {
        int port = URI.create(trust.at("/addresses/0/https").asText()).getPort();
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client().send(request.build(), BodyHandlers.ofString());
    }

    private static X509Certificate certificate() throws Exception {
        return (X509Certificate)
                send(overHttps("/health/live")).sslSession().orElseThrow().getPeerCertificates()[0];
    }

    private static List<String> names(X509Certificate certificate) throws Exception {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names.stream()
                .filter(name -> name.get(0).equals(DNS_NAME))
                .map(name -> (String) name.get(1))
                .toList();
    }

    @Test
    void authorityOfTheTrustPage_provesTheServiceOverHttps() throws Exception {
        HttpResponse<String> health = send(overHttps("/health"));

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(names(certificate())).startsWith("rollcall.example").contains("localhost");
        assertThat(trust.at("/authority/name").asText()).startsWith("Rollcall at ");
        assertThatThrownBy(() ->
                        HttpClient.newHttpClient().send(overHttps("/health").build(), BodyHandlers.discarding()))
                .isInstanceOf(SSLHandshakeException.class);
    }

    /** It holds for all ports of a name, and would keep browsers from the trust page. */
    @Test
    void noResponse_hasStrictTransportSecurity() throws Exception {
        assertThat(send(overHttps("/admin")).headers().map()).doesNotContainKey("strict-transport-security");
    }

    @Test
    void filesOfTheTrustPage_haveTheTypesThatDevicesInstall() throws Exception {
        Map<String, String> types = Map.of(
                "rollcall-authority.crt", "application/x-x509-ca-cert",
                "rollcall-authority.pem", "application/x-pem-file",
                "rollcall-authority.mobileconfig", "application/x-apple-aspen-config");
        for (Map.Entry<String, String> type : types.entrySet()) {
            HttpResponse<byte[]> response = file(type.getKey());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(type.getValue());
            assertThat(new String(response.body(), StandardCharsets.ISO_8859_1)).doesNotContain("PRIVATE");
        }
        assertThat(file("server.pem").statusCode()).isEqualTo(404);
        assertThat(file("authority.pem").statusCode()).isEqualTo(404);
    }

    @Test
    void qrCodes_areOfKnownAddressesAlone() throws Exception {
        HttpResponse<byte[]> known = file("qr/rollcall.example");

        assertThat(known.headers().firstValue("Content-Type").orElse("")).startsWith("image/svg+xml");
        assertThat(new String(known.body(), StandardCharsets.US_ASCII)).startsWith("<svg ");
        assertThat(file("qr/evil.example").statusCode()).isEqualTo(404);
    }

    @Test
    void otherMachine_getsNothingSecretOverPlainHttp() throws Exception {
        assertThat(fromOtherMachine("/trust").statusCode()).isEqualTo(200);
        assertThat(fromOtherMachine("/v1/trust").statusCode()).isEqualTo(200);
        assertThat(fromOtherMachine("/trust/rollcall-authority.crt").statusCode())
                .isEqualTo(200);
        assertThat(fromOtherMachine("/web/shared/base.css").statusCode()).isEqualTo(200);
        assertThat(fromOtherMachine("/health").statusCode()).isEqualTo(200);
        for (String page : List.of("/", "/admin")) {
            HttpResponse<String> led = fromOtherMachine(page);
            assertThat(led.statusCode()).isEqualTo(302);
            assertThat(led.headers().firstValue("Location")).contains("/trust");
        }
        for (String call : List.of("/v1/people", "/v1//people", "/v1/people;a=b", "/v1/x/../people", "/metrics")) {
            HttpResponse<String> refused = fromOtherMachine(call);
            assertThat(refused.statusCode()).as(call).isIn(403, 404);
            assertThat(refused.body()).as(call).containsAnyOf("HTTPS_REQUIRED", "NOT_FOUND");
        }
        assertThat(fromOtherMachine("/v1/people").body()).contains("HTTPS_REQUIRED");
        HttpResponse<String> methods =
                send(ofOtherMachine("/v1/people").method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(methods.statusCode()).isEqualTo(403);
        assertThat(methods.headers().firstValue("Allow")).isEmpty();
    }

    private static HttpResponse<String> fromOtherMachine(String path) throws Exception {
        return send(ofOtherMachine(path));
    }

    private static HttpRequest.Builder ofOtherMachine(String path) {
        return HttpRequest.newBuilder(URI.create(service.address() + path))
                .header("X-Forwarded-For", OTHER_MACHINE)
                .header("X-API-Key", RunningService.KEY);
    }

    /** Tablets of some years ago have nothing newer. */
    @Test
    void tls12_isSpokenWithModernSuitesAlone() throws Exception {
        int port = URI.create(trust.at("/addresses/0/https").asText()).getPort();
        SSLContext context = TestCertificate.trusting(authority);
        for (String suite :
                List.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256")) {
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                socket.setEnabledCipherSuites(new String[] {suite});
                if (suite.contains("GCM")) {
                    socket.startHandshake();
                    assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
                } else {
                    assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
                }
            }
        }
    }

    /** A hello of a browser has less than 4 kB. */
    @Test
    void handshakeWithoutEnd_isClosed() throws Exception {
        int port = URI.create(trust.at("/addresses/0/https").asText()).getPort();
        byte[] records = new byte[20_000];
        records[0] = 22;
        records[1] = 3;
        records[2] = 1;
        records[3] = 0x40;
        records[5] = 1;
        records[7] = 0x70;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(4_000);
            RawRequest.write(socket, records);

            assertThat(RawRequest.read(socket).text()).isEmpty();
        }
    }

    @Test
    void trustedProxyThatHasHttps_mayPassOnEverything() throws Exception {
        Answer people = service.send(HttpRequest.newBuilder(service.address().resolve("/v1/people"))
                .header("X-Forwarded-For", OTHER_MACHINE)
                .header("X-Forwarded-Proto", "https")
                .header("X-API-Key", RunningService.KEY));

        assertThat(people.status()).isEqualTo(200);
    }

    @Test
    void unitOfSystemd_seesThatTheServiceCanServe() throws Exception {
        assertThat(SystemdUnit.waitsFor(service.address().getPort())).isTrue();
    }

    @Test
    void thisMachine_getsEverythingOverBoth() throws Exception {
        assertThat(service.get("/v1/people").status()).isEqualTo(200);
        assertThat(send(overHttps("/v1/people").header("X-API-Key", RunningService.KEY))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void cookieOfASession_isSecureOverHttps() throws Exception {
        HttpRequest.Builder overHttp = HttpRequest.newBuilder(service.address().resolve("/v1/session"));

        String secure = cookie(overHttps("/v1/session"));
        assertThat(secure).startsWith("__Host-rollcall_session=").contains("; Secure", "; Path=/");
        assertThat(cookie(overHttp)).startsWith("rollcall_session=").doesNotContain("Secure");

        HttpRequest.Builder withIt =
                overHttps("/v1/people").header("Cookie", "rollcall_session=planted; " + secure.split(";", 2)[0]);
        assertThat(send(withIt).statusCode()).isEqualTo(200);
        assertThat(send(overHttps("/v1/people").header("Cookie", secure.split(";", 2)[0].replace("__Host-", "")))
                        .statusCode())
                .isEqualTo(401);
    }

    private static String cookie(HttpRequest.Builder request) throws Exception {
        return send(request.header("X-API-Key", RunningService.KEY).POST(HttpRequest.BodyPublishers.noBody()))
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
    }

    @Test
    void newHostName_isCertifiedWhileConnectionsAreMade() throws Exception {
        assumeTrue(ownHostName.isPossible(), "a process can't have its own host name here");
        X509Certificate before = certificate();
        assertThat(ownHostName.rename(service.pid(), "reception.lan")).isTrue();

        X509Certificate after = awaitOtherThan(before);
        assertThat(names(after)).contains("reception.lan", "reception.local", "rollcall.example");
        assertThat(after.getIssuerX500Principal()).isEqualTo(before.getIssuerX500Principal());
        assertThat(service.get("/v1/trust").body().path("addresses"))
                .extracting(address -> address.path("host").asText())
                .contains("reception.local");
    }

    /** Opens one connection after the other, none of which may fail, until the certificate is another one. */
    private static X509Certificate awaitOtherThan(X509Certificate before) throws Exception {
        Instant end = Instant.now().plusSeconds(30);
        X509Certificate current = certificate();
        while (current.equals(before) && Instant.now().isBefore(end)) {
            current = certificate();
        }
        return current;
    }
}
