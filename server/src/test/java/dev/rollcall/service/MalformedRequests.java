package dev.rollcall.service;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Requests that are nearly right, and some that are nothing at all; the same ones for the same seed. */
final class MalformedRequests {

    /** What is damaged. */
    enum Kind {
        JSON,
        BASE64,
        FORM,
        KEY_JSON,
        PATH,
        QUERY,
        HEADERS,
        METHOD,
        BYTES
    }

    private static final String HEAD = "Host: a\r\nConnection: close\r\nX-API-Key: " + RunningService.KEY + "\r\n";
    private static final String FORM = "multipart/form-data; boundary=b";
    private static final List<String> ODD = List.of(
            "\0",
            "\n",
            "\r\n",
            "%00",
            "%0d%0a",
            "../",
            "..%2f",
            "\\",
            "'",
            "\"",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            ";",
            "%zz",
            "\u00ff\u00fe",
            "\u00ed\u00a0\u0080",
            "\\ud800",
            "\\u0000",
            "null",
            "true",
            "-1",
            "1e999",
            "9999999999999999999",
            "NaN",
            "2026-02-30",
            "+999999999-01-01",
            "0000-01-01",
            "${jndi:ldap://127.0.0.1/a}",
            "<script>",
            "' or 1=1 --",
            "\u001b[31m",
            "data:",
            "data:;base64,",
            "====");
    /** Nobody whom a request that comes out right could erase. */
    private static final List<String> PATHS = List.of(
            "/enroll",
            "/recognize",
            "/health",
            "/v1/people",
            "/v1/people/nobody",
            "/v1/people/nobody/export",
            "/v1/attendance",
            "/v1/audit",
            "/v1/keys",
            "/v1/keys/0123456789ab",
            "/v1/hints",
            "/v1/challenges/nobody/frames",
            "/v1/kiosk");

    private static final List<String> PARAMETERS =
            List.of("limit", "next", "user_id", "from", "to", "action", "code", "key_id");
    private static final List<String> HEADERS = List.of(
            "Content-Type",
            "Accept",
            "X-API-Key",
            "X-Request-Id",
            "Idempotency-Key",
            "X-Forwarded-For",
            "Forwarded",
            "Origin",
            "Expect",
            "Connection",
            "Transfer-Encoding",
            "Content-Length",
            "Content-Encoding",
            "Range",
            "Cookie",
            "Host",
            "Upgrade",
            "Accept-Encoding",
            "Access-Control-Request-Method");

    private final Random random;
    private final byte[] picture;

    MalformedRequests(long seed, byte[] picture) {
        random = new Random(seed);
        this.picture = picture;
    }

    byte[] next(Kind kind) {
        return switch (kind) {
            case JSON -> post(path("/enroll", "/recognize"), "application/json", mutated(json(base64())));
            case BASE64 -> post(path("/enroll", "/recognize"), "application/json", json(damaged(base64())));
            case FORM ->
                post(path("/enroll", "/recognize"), oneIn(4) ? printable(damaged(FORM)) : FORM, mutated(form()));
            case KEY_JSON ->
                post(
                        "/v1/keys",
                        "application/json",
                        mutated(
                                bytes(
                                        "{\"name\":\"gate\",\"scopes\":[\"read\",\"enroll\"],\"expires_at\":\"2099-01-01T00:00:00Z\"}")));
            case PATH -> request("GET " + damaged(PATHS.get(random.nextInt(PATHS.size()))) + " HTTP/1.1\r\n" + HEAD);
            case QUERY ->
                request("GET " + path("/v1/people", "/v1/attendance", "/v1/audit") + "?" + query() + " HTTP/1.1\r\n"
                        + HEAD);
            case HEADERS -> headers();
            case METHOD ->
                request(damaged(path("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT")) + " "
                        + PATHS.get(random.nextInt(PATHS.size())) + " HTTP/1.1\r\n" + HEAD);
            case BYTES -> noise();
        };
    }

    private String base64() {
        return Base64.getEncoder().encodeToString(picture);
    }

    private static byte[] json(String image) {
        return bytes("{\"user_id\":\"geronimo\",\"name\":\"Geronimo\",\"replace\":false,"
                + "\"consent_at\":\"2026-01-31T08:00:00Z\",\"image\":\"" + image + "\"}");
    }

    private byte[] form() {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(part("user_id\"", "geronimo\r\n"));
        form.writeBytes(part("name\"", "Geronimo\r\n"));
        form.writeBytes(part("image\"; filename=\"a.png\"", ""));
        form.writeBytes(picture);
        form.writeBytes(bytes("\r\n--b--\r\n"));
        return form.toByteArray();
    }

    private static byte[] part(String name, String content) {
        return bytes("--b\r\nContent-Disposition: form-data; name=\"" + name + "\r\n\r\n" + content);
    }

    private String query() {
        StringBuilder query = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            query.append(PARAMETERS.get(random.nextInt(PARAMETERS.size())))
                    .append('=')
                    .append(damaged(path("10", "geronimo", "2026-01-31", "2026-01-31T08:00:00Z", "AAAA")))
                    .append('&');
        }
        return query.toString();
    }

    private byte[] headers() {
        StringBuilder head =
                new StringBuilder(path("GET /v1/people", "GET /health", "POST /recognize") + " HTTP/1.1\r\n");
        if (!oneIn(5)) {
            head.append(HEAD);
        }
        for (int i = random.nextInt(6); i >= 0; i--) {
            head.append(HEADERS.get(random.nextInt(HEADERS.size())))
                    .append(oneIn(10) ? "" : ": ")
                    .append(damaged(path("application/json", "5", "chunked", "a", "*/*", "198.51.100.1", "")))
                    .append("\r\n");
        }
        return request(head.toString());
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(300)];
        random.nextBytes(noise);
        byte[] all = Arrays.copyOf(noise, noise.length + 4);
        System.arraycopy(bytes("\r\n\r\n"), 0, all, noise.length, 4);
        return all;
    }

    private byte[] post(String path, String contentType, byte[] body) {
        int told = oneIn(12) ? Math.max(0, body.length + random.nextInt(40) - 20) : body.length;
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(bytes("POST " + path + " HTTP/1.1\r\n" + HEAD + "Content-Type: " + contentType
                + "\r\nContent-Length: " + told + "\r\n\r\n"));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private static byte[] request(String head) {
        return bytes(head + "\r\n");
    }

    /** A text with odd things put in, taken out, doubled or stretched. */
    private String damaged(String text) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(damaged.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> damaged.insert(at, ODD.get(random.nextInt(ODD.size())));
                case 1 -> damaged.delete(at, Math.min(damaged.length(), at + 1 + random.nextInt(5)));
                case 2 -> damaged.insert(at, damaged.substring(0, Math.min(at, 50)));
                default ->
                    damaged.insert(at, path("A", "%41", "é", "/").repeat(1 + random.nextInt(oneIn(20) ? 3000 : 30)));
            }
        }
        return damaged.toString();
    }

    /** A text that can stand in a header. */
    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "");
    }

    /** Bytes with some changed, cut off, cut out, doubled, or odd things put in. */
    private byte[] mutated(byte[] body) {
        byte[] mutated = body.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            // The beginning is where the structure is.
            int at = random.nextInt(Math.max(1, oneIn(3) ? mutated.length : Math.min(mutated.length, 200)));
            mutated = switch (random.nextInt(5)) {
                case 0 -> changed(mutated, at);
                case 1 -> Arrays.copyOf(mutated, at);
                case 2 -> spliced(mutated, at, Math.min(mutated.length, at + 1 + random.nextInt(20)), new byte[0]);
                case 3 -> spliced(mutated, at, at, Arrays.copyOf(mutated, Math.min(at, 100)));
                default -> spliced(mutated, at, at, bytes(ODD.get(random.nextInt(ODD.size()))));
            };
        }
        return mutated;
    }

    private byte[] changed(byte[] body, int at) {
        byte[] changed = body.clone();
        if (at < changed.length) {
            changed[at] = (byte) random.nextInt(256);
        }
        return changed;
    }

    private static byte[] spliced(byte[] body, int from, int to, byte[] between) {
        ByteArrayOutputStream spliced = new ByteArrayOutputStream();
        spliced.write(body, 0, Math.min(from, body.length));
        spliced.writeBytes(between);
        spliced.write(body, Math.min(to, body.length), Math.max(0, body.length - to));
        return spliced.toByteArray();
    }

    private boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private String path(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
