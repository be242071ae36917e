package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** People over HTTP as an administrator searches, changes and deactivates them. */
class ManagedPeopleIT {

    private static RunningService service;
    private static String readKey;

    @BeforeAll
    static void start() throws Exception {
        service = SharedService.withoutPeople();
        for (String person : List.of("manuel", "geronimo")) {
            assertThat(service.enroll(person, Pictures.portrait(person)).status())
                    .isEqualTo(201);
        }
        readKey = service.postJson("/v1/keys", Map.of("name", "reader", "scopes", List.of("read")))
                .body()
                .path("key")
                .asText();
    }

    @Test
    void people_areFoundSortedAndPaged() throws Exception {
        assertThat(ids("?q=OF%20MAN")).containsExactly("manuel");
        assertThat(ids("?q=%25")).isEmpty();
        assertThat(ids("?q=")).hasSize(2);
        assertThat(ids("?has_templates=true&active=true&site=&sort=-name")).containsExactly("manuel", "geronimo");
        Answer first = service.get("/v1/people?sort=-created_at&limit=1", readKey);
        assertThat(first.body().at("/items/0/user_id").asText()).isEqualTo("geronimo");
        String next = "&next=" + first.body().path("next").asText();
        assertThat(ids("?sort=-created_at&limit=1" + next)).containsExactly("manuel");
        assertThat(service.get("/v1/people?sort=created_at" + next).code()).isEqualTo("INVALID_REQUEST");
        assertThat(ids("?order=newest")).containsExactly("geronimo", "manuel");
        assertThat(ids("?order=oldest")).containsExactly("manuel", "geronimo");
        assertThat(ids("?group=")).hasSize(2);
        assertThat(ids("?group=night")).isEmpty();
        assertThat(first.body().has("total")).isFalse();
        Answer counted = service.get("/v1/people?limit=1&total=true", readKey);
        assertThat(counted.body().path("total").asInt()).isEqualTo(2);
        assertThat(counted.body().path("items")).hasSize(1);
        for (String query : List.of(
                "order=name",
                "order=newest&sort=name",
                "total=1",
                "user_id=",
                "limit=",
                "sort=age",
                "active=yes",
                "q=%00",
                "group=%0A",
                "q=" + "a".repeat(201))) {
            assertThat(service.get("/v1/people?" + query).code()).as(query).isEqualTo("INVALID_REQUEST");
        }
    }

    @Test
    void keyOfTheDirectory_readsNamesAndNothingElse() throws Exception {
        String kiosk = service.postJson("/v1/keys", Map.of("name", "names", "scopes", List.of("directory")))
                .body()
                .path("key")
                .asText();

        Answer found = service.get("/v1/directory?q=name%20of%20man", kiosk);
        Answer page = service.get("/v1/directory?limit=1", kiosk);
        Answer rest = service.get(
                "/v1/directory?limit=1&next=" + page.body().path("next").asText(), kiosk);

        assertThat(found.body().toString())
                .isEqualTo("{\"items\":[{\"user_id\":\"manuel\",\"name\":\"Name of manuel\"}],\"next\":null}");
        assertThat(page.body().at("/items/0/user_id").asText()).isEqualTo("geronimo");
        assertThat(rest.body().at("/items/0/user_id").asText()).isEqualTo("manuel");
        assertThat(rest.body().path("next").isNull()).isTrue();
        assertThat(service.get("/v1/people", kiosk).code()).isEqualTo("FORBIDDEN");
        assertThat(service.get("/v1/directory", readKey).status()).isEqualTo(200);
        assertThat(service.get("/v1/directory?next=%25", kiosk).code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void changedPerson_isRefusedAndRecognisedAgain() throws Exception {
        byte[] picture = Pictures.portrait("manuel");
        String person = "/v1/people/manuel";

        Answer changed = patch(person, "{\"active\":false,\"group\":\"night\",\"external_id\":\"E-1\"}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo(service.get(person).body());
        assertThat(changed.body().path("group").asText()).isEqualTo("night");
        Answer inactive = service.recognize("manuel", picture);
        assertThat(inactive.body())
                .isEqualTo(service.recognize("nobody", picture).body());
        assertThat(service.get("/v1/audit?action=RECOGNITION_REFUSED&user_id=manuel&limit=1")
                        .body()
                        .at("/items/0/details/reason")
                        .asText())
                .isEqualTo("inactive");
        assertThat(patch(person, "{\"active\":true}").status()).isEqualTo(200);
        assertThat(service.recognize("manuel", picture).status()).isEqualTo(200);

        Answer taken = patch("/v1/people/geronimo", "{\"external_id\":\"E-1\"}");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.code()).isEqualTo("EXTERNAL_ID_TAKEN");
        assertThat(taken.body().path("user_id").asText()).isEqualTo("manuel");
        assertThat(patch(person, "{\"site\":\"nowhere\"}").body().path("field").asText())
                .isEqualTo("site");
        assertThat(patch(person, "{\"age\":7}").body().path("field").asText()).isEqualTo("age");
        assertThat(patch("/v1/people/nobody", "{}").code()).isEqualTo("NOT_ENROLLED");
        assertThat(send("PATCH", person, "{}", readKey).code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void singleTemplate_isListedAndDeleted() throws Exception {
        String person = "frederik";
        byte[] picture = Pictures.portrait(person);
        service.enroll(person, picture);
        String templates = "/v1/people/" + person + "/templates";

        JsonNode template = service.get(templates, readKey).body().at("/items/0");

        assertThat(template.size()).isEqualTo(5);
        assertThat(template.path("encrypted").asBoolean()).isFalse();
        String one = templates + "/" + template.path("id").asText();
        assertThat(service.delete(one, readKey).code()).isEqualTo("FORBIDDEN");
        assertThat(service.delete(one).body().path("templates").asInt()).isZero();
        assertThat(service.delete(one).code()).isEqualTo("TEMPLATE_NOT_FOUND");
        assertThat(service.delete(templates + "/x").code()).isEqualTo("TEMPLATE_NOT_FOUND");
        assertThat(service.recognize(person, picture).code()).isEqualTo("NOT_ENROLLED");
        assertThat(service.enroll("another", picture).status()).isEqualTo(201);
        service.delete("/v1/people/another");
        service.delete("/v1/people/" + person);
    }

    @Test
    void lookAlikes_areDeclaredForBothAndWithdrawn() throws Exception {
        String pair = "/v1/people/manuel/look-alikes/geronimo";

        for (int i = 0; i < 2; i++) {
            Answer declared = send("PUT", pair, "", RunningService.KEY);
            assertThat(declared.status()).isEqualTo(200);
            assertThat(declared.body().at("/items/0/user_id").asText()).isEqualTo("geronimo");
        }
        String others = "/v1/people/geronimo/look-alikes";
        assertThat(service.get(others).body().at("/items/0/user_id").asText()).isEqualTo("manuel");
        assertThat(service.get(others, readKey).code()).isEqualTo("FORBIDDEN");
        assertThat(send("PUT", others + "/nobody", "", RunningService.KEY).code())
                .isEqualTo("NOT_ENROLLED");
        assertThat(send("PUT", others + "/geronimo", "", RunningService.KEY).code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(service.delete(others + "/manuel").body().path("items")).isEmpty();
        assertThat(service.get("/v1/people/manuel/look-alikes").body().path("items"))
                .isEmpty();
    }

    private static List<String> ids(String query) throws Exception {
        JsonNode items = service.get("/v1/people" + query, readKey).body().path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path("user_id").asText())
                .toList();
    }

    private static Answer patch(String path, String body) throws Exception {
        return send("PATCH", path, body, RunningService.KEY);
    }

    private static Answer send(String method, String path, String body, String key) throws Exception {
        return service.send(HttpRequest.newBuilder(service.address().resolve(path))
                .header("X-API-Key", key)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }
}
