package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GET /, GET /admin, GET /kiosk, GET /me and the files of the pages. */
class PagesIT {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = SharedService.withoutPeople();
    }

    @Test
    void rootAddress_leadsToTheAdminPages() throws Exception {
        HttpResponse<byte[]> answer = get("/");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(header(answer, "Location")).isEqualTo("/admin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/admin", "/kiosk", "/me"})
    void page_isAsStrictAsItIsWritten(String path) throws Exception {
        HttpResponse<byte[]> answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(header(answer, "Cache-Control")).isEqualTo("no-cache");
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .contains("base-uri 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe", "*", "http");
    }

    @Test
    void manifest_hasTheTypeThatBrowsersAskFor() throws Exception {
        HttpResponse<byte[]> manifest = get("/web/kiosk/kiosk.webmanifest");

        assertThat(header(manifest, "Content-Type")).isEqualTo("application/manifest+json");
        assertThat(header(get("/kiosk"), "Content-Security-Policy")).contains("manifest-src 'self'");
    }

    @Test
    void worker_mayServeThePageOfItsFolder() throws Exception {
        assertThat(header(get("/web/kiosk/worker.js"), "Service-Worker-Allowed"))
                .isEqualTo("/kiosk");
        assertThat(header(get("/web/kiosk/main.js"), "Service-Worker-Allowed")).isEmpty();
    }

    @Test
    void fileThatTheBrowserHas_isNotSentAgain() throws Exception {
        HttpResponse<byte[]> first = get("/web/shared/base.css");
        HttpResponse<byte[]> again = get("/web/shared/base.css", "If-None-Match", header(first, "ETag"));
        HttpResponse<byte[]> changed = get("/web/shared/base.css", "If-None-Match", "\"0000000000000000\"");

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "Cache-Control")).isEqualTo("no-cache");
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo(first.body());
    }

    @Test
    void file_isCompressedForClientsThatAcceptIt() throws Exception {
        HttpResponse<byte[]> plain = get("/web/admin/main.js");
        HttpResponse<byte[]> compressed = get("/web/admin/main.js", "Accept-Encoding", "gzip, br");

        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(compressed, "Vary")).contains("Accept-Encoding");
        assertThat(header(compressed, "ETag")).isNotEqualTo(header(plain, "ETag"));
        try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(content.readAllBytes()).isEqualTo(plain.body());
        }
    }

    @Test
    void otherNames_areNotFound() throws Exception {
        for (String path : new String[] {
            "/web/admin/nothing.js", "/web/admin", "/web/..%2F..%2Fapplication/properties", "/web/lang/%2e%2e"
        }) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    private static HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.address().resolve(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
