package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Shifts, holidays and sheets over HTTP. Nothing is said of days before the person was enrolled, unless there are marks. */
class ScheduleIT {

    private static final String PERSON = "scheduled";
    private static final ZoneId ZONE = ZoneId.of(MarkStream.noonZone());

    private final LocalDate monday = LocalDate.now(ZONE)
            .with(TemporalAdjusters.previous(DayOfWeek.MONDAY))
            .minusDays(7);

    private static RunningService service;
    private String shift = "";

    @BeforeEach
    void enroll() throws Exception {
        service = SharedService.withoutPeople();
        service.enroll(PERSON, Pictures.portrait("manuel"));
        shift = "day-" + System.nanoTime();
        Answer created = service.postJson(
                "/v1/shifts",
                Map.of(
                        "shift",
                        shift,
                        "name",
                        "Day",
                        "start",
                        "08:00",
                        "end",
                        "16:30",
                        "days",
                        List.of(1, 2, 3, 4, 5),
                        "breaks",
                        Map.of("kind", "automatic", "minutes", 30, "after_minutes", 360)));
        assertThat(created.status()).as(created.body().toString()).isEqualTo(201);
    }

    @Test
    void sheets_showTheMarksOfAShift() throws Exception {
        assign();
        mark(0, "08:10:00", "in");
        mark(0, "16:30:00", "out");
        mark(1, "08:00:00", "in");

        JsonNode late = days("date=" + monday).get(0);
        assertThat(late.path("status").asText()).isEqualTo("late");
        assertThat(late.path("late_seconds").asInt()).isEqualTo(600);
        assertThat(late.at("/hours/worked_seconds").asInt()).isEqualTo(28_200);
        assertThat(late.at("/plan/planned_seconds").asInt()).isEqualTo(28_800);
        assertThat(late.path("marks")).hasSize(2);
        assertThat(late.path("corrected").asBoolean()).isTrue();
        assertThat(days("from=" + monday + "&to=" + monday.plusDays(6) + "&status=incomplete")
                        .findValuesAsText("date"))
                .containsExactly(monday.plusDays(1).toString());
        JsonNode month = service.get("/v1/attendance/months?user_id=" + PERSON + "&month="
                        + monday.toString().substring(0, 7))
                .body()
                .at("/items/0");
        assertThat(month.path("days")).hasSize(monday.lengthOfMonth());
        assertThat(month.at("/totals/days/late").asInt()).isEqualTo(1);
        JsonNode report = service.get("/v1/people/" + PERSON + "/report?from=" + monday + "&to=" + monday.plusDays(1))
                .body();
        assertThat(report.at("/totals/hours/worked_seconds").asInt()).isEqualTo(28_200);
        assertThat(report.path("days")).hasSize(2);
    }

    @Test
    void textsThatTheDatabaseDoesNotHold_areUnknownOrRefused() throws Exception {
        for (String odd : List.of("%00", "a%00b", "A", "x".repeat(65))) {
            assertThat(service.get("/v1/shifts/" + odd).code()).isEqualTo("SHIFT_NOT_FOUND");
            assertThat(service.get("/v1/assignments?shift=" + odd).code()).isEqualTo("INVALID_REQUEST");
        }
        for (String path : List.of(
                "/v1/assignments?group=%00",
                "/v1/exports/payroll?month=2026-10&company=%00",
                "/v1/exports/payroll?month=2026-10&batch=OCT26",
                "/v1/exports/payroll?month=2026-10&preset=adp_paydata&company=ABC&batch=1&client=%00")) {
            assertThat(service.get(path).code()).as(path).isEqualTo("INVALID_REQUEST");
        }
        assertThat(send("PATCH", "/v1/shifts/%00", "{}", Map.of()).statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "/v1/shifts/%00", null, Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(service.postJson("/v1/assignments", Map.of("shift", "a\0b", "group", "red", "from", "2026-10-01"))
                        .code())
                .isEqualTo("SHIFT_NOT_FOUND");
    }

    @Test
    void trial_changesNothing() throws Exception {
        assign();
        mark(0, "08:10:00", "in");
        mark(0, "16:30:00", "out");

        Answer trial = service.postJson(
                "/v1/shifts/" + shift + "/trial",
                Map.of(
                        "from",
                        monday.toString(),
                        "to",
                        monday.plusDays(4).toString(),
                        "grace",
                        Map.of("in_minutes", 15, "out_minutes", 0)));

        assertThat(trial.body().at("/items/0/days")).hasSize(1);
        assertThat(trial.body().at("/items/0/days/0/before/status").asText()).isEqualTo("late");
        assertThat(trial.body().at("/items/0/days/0/after/status").asText()).isEqualTo("present");
        assertThat(days("date=" + monday).get(0).path("status").asText()).isEqualTo("late");
    }

    @Test
    void shift_isChangedAndDeletedAsItWasSeen() throws Exception {
        String path = "/v1/shifts/" + shift;
        String tag =
                send("GET", path, null, Map.of()).headers().firstValue("ETag").orElseThrow();

        assertThat(send("PATCH", path, "{\"name\": \"Office\"}", Map.of("If-Match", tag))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send("PATCH", path, "{\"name\": \"Other\"}", Map.of("If-Match", tag))
                        .body())
                .contains("CONFLICT");
        assertThat(send("DELETE", path, null, Map.of("If-Match", tag)).statusCode())
                .isEqualTo(412);
        long assignment = assign();
        assertThat(send("DELETE", path, null, Map.of()).body()).contains("SHIFT_IN_USE");
        String one = "/v1/assignments/" + assignment;
        assertThat(send("PATCH", one, "{\"to\": \"" + monday + "\"}", Map.of()).body())
                .contains("\"to\":\"" + monday + "\"");
        assertThat(service.get("/v1/assignments?user_id=" + PERSON + "&on=" + monday.plusDays(1))
                        .body()
                        .path("items"))
                .isEmpty();
        assertThat(send("DELETE", one, null, Map.of()).statusCode()).isEqualTo(200);
        assertThat(send("DELETE", path, null, Map.of()).statusCode()).isEqualTo(200);
        assertThat(send("DELETE", path, null, Map.of()).body()).contains("SHIFT_NOT_FOUND");
    }

    @Test
    void calendarFile_makesHolidays() throws Exception {
        String file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:"
                + monday.plusDays(2).toString().replace("-", "") + "\r\nSUMMARY:Fair\r\nEND:VEVENT\r\n"
                + "BEGIN:VEVENT\r\nDTSTART:20260101T100000Z\r\nSUMMARY:Party\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        Map<String, String> calendar = Map.of("Content-Type", "text/calendar");
        assign();

        String imported = send("POST", "/v1/holidays/import", file, calendar).body();

        assertThat(imported).contains("\"already\":0", "\"reason\":\"not_a_whole_day\"");
        assertThat(send("POST", "/v1/holidays/import", file, calendar).body()).contains("\"already\":1");
        assertThat(days("date=" + monday.plusDays(2)).get(0).at("/plan/holiday").asText())
                .isEqualTo("Fair");
        String id = service.get("/v1/holidays?from=" + monday.plusDays(2) + "&to=" + monday.plusDays(2))
                .body()
                .at("/items/0/id")
                .asText();
        assertThat(send("DELETE", "/v1/holidays/" + id, null, Map.of()).statusCode())
                .isEqualTo(200);
        assertThat(days("date=" + monday.plusDays(2)).get(0).at("/plan/holiday").isNull())
                .isTrue();
        assertThat(send("POST", "/v1/holidays/import", "no calendar", calendar).statusCode())
                .isEqualTo(400);
    }

    @Test
    void fieldThatIsNotValid_isNamed() throws Exception {
        Map<String, Object> wrong = new HashMap<>();
        wrong.put("start", "24:00");
        wrong.put("end", 7);
        wrong.put("days", List.of(8));
        wrong.put("breaks", Map.of("kind", "none", "minutes", 0, "after_minutes", 0));
        wrong.put("grace", Map.of("in_minutes", 241, "out_minutes", 0));
        wrong.put("window", Map.of("before_minutes", 1));
        wrong.put("rounding", Map.of("minutes", 7, "in", "up", "out", "up"));
        wrong.put("colour", "red");
        for (Map.Entry<String, Object> field : wrong.entrySet()) {
            Map<String, Object> body = new HashMap<>(Map.of(
                    "shift",
                    "x-" + System.nanoTime(),
                    "name",
                    "X",
                    "start",
                    "08:00",
                    "end",
                    "16:00",
                    "days",
                    List.of(1)));
            body.put(field.getKey(), field.getValue());
            Answer reply = service.postJson("/v1/shifts", body);
            assertThat(reply.status()).as(field.getKey()).isEqualTo(400);
            assertThat(reply.body().path("field").asText()).isEqualTo(field.getKey());
        }
        for (String query :
                List.of("days?date=x", "days", "days?from=2026-01-01&to=2026-06-01", "months?month=2026-13")) {
            assertThat(service.get("/v1/attendance/" + query).status())
                    .as(query)
                    .isEqualTo(400);
        }
    }

    private long assign() throws Exception {
        Answer assigned = service.postJson(
                "/v1/assignments",
                Map.of(
                        "shift",
                        shift,
                        "user_id",
                        PERSON,
                        "from",
                        monday.minusDays(30).toString()));
        assertThat(assigned.status()).as(assigned.body().toString()).isEqualTo(201);
        return assigned.body().path("id").asLong();
    }

    private void mark(int day, String time, String direction) throws Exception {
        String at = LocalDateTime.parse(monday.plusDays(day) + "T" + time)
                .atZone(ZONE)
                .toInstant()
                .toString();
        Answer added = service.postJson(
                "/v1/attendance",
                Map.of("user_id", PERSON, "at", at, "direction", direction, "reason", "Forgot the card"));
        assertThat(added.status()).as(added.body().toString()).isEqualTo(201);
    }

    private JsonNode days(String query) throws Exception {
        return service.get("/v1/attendance/days?user_id=" + PERSON + "&" + query)
                .body()
                .path("items");
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body, Map<String, String> headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.address().resolve(path))
                .header("X-API-Key", RunningService.KEY)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!headers.containsKey("Content-Type") && body != null) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
