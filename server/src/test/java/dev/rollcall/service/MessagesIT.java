package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.service.RunningService.Answer;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What refusals of the packaged service say to people, and refusals of query parameters. */
class MessagesIT {

    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        service = SharedService.withoutPeople();
    }

    @AfterEach
    void serviceGoesOnWithoutStackTraces() throws Exception {
        assertThat(service.get("/health").status()).isEqualTo(200);
        assertThat(service.log()).doesNotContain("\tat ");
    }

    @Test
    void message_isInTheBestLanguageOfTheRequest() throws Exception {
        assertMessage(refused("es-MX,es;q=0.9,en;q=0.8"), "es", "Todavía no está dado de alta aquí.");
        assertMessage(refused("de-AT"), "de", "Sie sind hier noch nicht registriert.");
        assertMessage(refused("fr"), "en", "You aren't registered here yet.");
    }

    @Test
    void refusalOfAFilter_isInTheLanguageToo() throws Exception {
        Answer nothing = service.send(HttpRequest.newBuilder(service.address().resolve("/nothing"))
                .header("Accept-Language", "de")
                .header("Origin", SharedService.ALLOWED_ORIGIN)
                .header("X-API-Key", RunningService.KEY)
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));

        assertMessage(nothing, "de", "Hier gibt es nichts.");
    }

    @Test
    void languageThatCannotBeRead_isEnglish() throws Exception {
        for (String header : List.of("-", "es;q=x", "*-*-*", "es,".repeat(1_500), "\u00a7")) {
            assertMessage(refused(header), "en", "You aren't registered here yet.");
        }
    }

    @Test
    void repeatedRequest_getsTheKeptRefusalInItsOwnLanguage() throws Exception {
        String body = "{\"user_id\":\"nobody\",\"image\":\"" + RunningService.base64(Pictures.withoutFace()) + "\"}";
        HttpRequest.Builder request = HttpRequest.newBuilder(service.address().resolve("/recognize"))
                .header("X-API-Key", RunningService.KEY)
                .header("Idempotency-Key", "languages")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));

        Answer first = service.send(request.copy().header("Accept-Language", "es"));
        Answer again = service.send(request.copy().header("Accept-Language", "de"));

        assertThat(again.code()).isEqualTo(first.code());
        assertThat(again.body().path("detail")).isEqualTo(first.body().path("detail"));
        assertThat(first.response().headers().firstValue("Content-Language")).contains("es");
        assertThat(again.response().headers().firstValue("Content-Language")).contains("de");
        assertThat(again.body().path("message")).isNotEqualTo(first.body().path("message"));
    }

    @Test
    void unknownQueryParameter_isRefusedByNameOnEveryCall() throws Exception {
        for (String path : List.of("/v1/attendance?date=2026-11-26", "/v1/keys?date=1", "/health?date=1")) {
            Answer answer = service.get(path);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
            assertThat(answer.body().path("field").asText()).isEqualTo("date");
        }
        assertThat(service.get("/v1/attendance?date=1").body().path("parameters"))
                .anyMatch(name -> name.asText().equals("from"));
        assertThat(service.postJson("/enroll?user_id=ann", Map.of())
                        .body()
                        .path("field")
                        .asText())
                .isEqualTo("user_id");
        assertThat(service.get("/v1/people?limit=1&limit=2")
                        .body()
                        .path("field")
                        .asText())
                .isEqualTo("limit");
        assertThat(service.get("/v1/people?date=1", "wrong").status()).isEqualTo(401);
    }

    private static Answer refused(String acceptLanguage) throws Exception {
        return service.send(HttpRequest.newBuilder(service.address().resolve("/v1/people/nobody"))
                .header("X-API-Key", RunningService.KEY)
                .header("Accept-Language", acceptLanguage));
    }

    private static void assertMessage(Answer answer, String language, String beginning) {
        assertThat(answer.body().path("message").asText()).startsWith(beginning);
        assertThat(answer.response().headers().firstValue("Content-Language")).contains(language);
        assertThat(answer.response().headers().allValues("Vary"))
                .anyMatch(value -> value.equalsIgnoreCase("Accept-Language"));
    }
}
