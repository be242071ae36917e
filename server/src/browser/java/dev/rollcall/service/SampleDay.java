package dev.rollcall.service;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A day of marks of the people of the portraits, so that the pages have something to show. */
record SampleDay(RunningService service, String key) {

    /** Names that become something else where they are taken for markup, a format or a formula. */
    static final List<String> NAUGHTY = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "'; drop table people; --",
            "<svg/onload=alert(1)>",
            "{{constructor.constructor('alert(1)')()}}",
            "${alert(1)}",
            "%s%d{name}",
            "=HYPERLINK(\"http://a\")",
            "javascript:alert(1)",
            "&lt;b&gt;bold&lt;/b&gt;",
            "مرحبا بالعالم",
            "Zalgo t̷͉̕ȅ̸x̵t");

    private static final ZoneId ZONE = ZoneId.of("Europe/Madrid");
    private static final List<String> OTHERS =
            List.of("astronaut", "elizabeth", "felipe", "frederik", "manuel", "pierre", "segoyewatha", "william");

    static LocalDate yesterday() {
        return LocalDate.now(ZONE).minusDays(1);
    }

    /** Enrolls everybody of the portraits, with marks of yesterday: one has no second one, one has none. */
    void fill() throws Exception {
        for (int i = 0; i < OTHERS.size(); i++) {
            String name = OTHERS.get(i);
            String image = RunningService.base64(Pictures.portrait(name));
            String shown = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
            assertThat(service.postJson(
                                    "/enroll",
                                    key,
                                    Map.of(
                                            "user_id", name,
                                            "name", shown,
                                            "image", image,
                                            "consent_at", "2026-09-01T08:00:00Z"))
                            .status())
                    .as(name)
                    .isEqualTo(201);
            if (i != 5) {
                mark(name, image, LocalTime.of(7, 38).plusMinutes(7L * i));
            }
            if (i != 3 && i != 5) {
                mark(name, image, LocalTime.of(16, 2).plusMinutes(9L * i));
            }
        }
    }

    private void mark(String userId, String image, LocalTime time) throws Exception {
        String at = yesterday().atTime(time).atZone(ZONE).toInstant().toString();
        assertThat(service.postJson("/recognize", key, Map.of("user_id", userId, "image", image, "captured_at", at))
                        .status())
                .as(userId)
                .isEqualTo(200);
    }

    /** Gives geronimo another name, and the same as group. */
    void rename(String name) throws Exception {
        String change = new JsonObject().put("name", name).put("group", name).encode();
        HttpRequest.Builder request = HttpRequest.newBuilder(service.address().resolve("/v1/people/geronimo"))
                .header("X-API-Key", key)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(change));
        assertThat(service.send(request).status()).as(name).isEqualTo(200);
    }
}
