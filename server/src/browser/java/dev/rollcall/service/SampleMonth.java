package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;

/** The month before the present one, with two shifts and two groups, and a holiday today: before people are enrolled, days without marks say nothing. */
record SampleMonth(RunningService service, String key) {

    /** The people by group; the first one forgets to check out on the last day. */
    static final List<String> ASSEMBLY = List.of("manuel", "elizabeth", "felipe", "astronaut");

    static final List<String> STORE = List.of("frederik", "pierre", "segoyewatha", "william");

    static YearMonth month() {
        return YearMonth.now(SampleDay.ZONE).minusMonths(1);
    }

    /** The days from Monday to Friday. */
    static List<LocalDate> workDays() {
        return month().atDay(1)
                .datesUntil(month().atEndOfMonth().plusDays(1))
                .filter(date -> date.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0)
                .toList();
    }

    /** Enrolls everybody, plans the shifts and enters the marks. */
    void fill() throws Exception {
        new SampleDay(service, key).enrollAll();
        post("/v1/holidays", Map.of("date", LocalDate.now(SampleDay.ZONE).toString(), "name", "Feast of the town"));
        shift("early", "Early shift", "06:00", "14:30");
        shift("day", "Day shift", "08:00", "16:30");
        plan(ASSEMBLY, "Assembly", "day");
        plan(STORE, "Store", "early");
        for (LocalDate date : workDays()) {
            for (int i = 0; i < ASSEMBLY.size(); i++) {
                work(ASSEMBLY.get(i), date, LocalTime.of(8, 0), i + date.getDayOfMonth() * 5);
                work(STORE.get(i), date, LocalTime.of(6, 0), i * 3 + date.getDayOfMonth() * 7);
            }
        }
    }

    private void shift(String id, String name, String start, String end) throws Exception {
        JsonObject shift = new JsonObject()
                .put("shift", id)
                .put("name", name)
                .put("start", start)
                .put("end", end)
                .put("days", List.of(1, 2, 3, 4, 5))
                .put("breaks", Map.of("kind", "automatic", "minutes", 30, "after_minutes", 360))
                .put("grace", Map.of("in_minutes", 5, "out_minutes", 5));
        post("/v1/shifts", shift.getMap());
    }

    private void plan(List<String> people, String group, String shift) throws Exception {
        for (String person : people) {
            HttpRequest.Builder change = HttpRequest.newBuilder(
                            service.address().resolve("/v1/people/" + person))
                    .header("X-API-Key", key)
                    .method(
                            "PATCH",
                            HttpRequest.BodyPublishers.ofString(
                                    new JsonObject().put("group", group).encode()));
            assertThat(service.send(change).status()).isEqualTo(200);
        }
        post(
                "/v1/assignments",
                Map.of("shift", shift, "group", group, "from", month().atDay(1).toString()));
    }

    /** The marks of a day: some days are late, left early, absent, or without the last mark. */
    private void work(String person, LocalDate date, LocalTime start, int kind) throws Exception {
        boolean isLast = date.equals(workDays().get(workDays().size() - 1)) && person.equals(ASSEMBLY.get(0));
        if (kind % 23 == 7 && !isLast) {
            return;
        }
        mark(person, date, start.plusMinutes(kind % 11 == 3 ? 17 : kind % 5 - 3), "in");
        if (kind % 29 != 11 && !isLast) {
            mark(person, date, start.plusHours(8).plusMinutes(kind % 13 == 5 ? -25 : 30 + kind % 7), "out");
        }
    }

    void mark(String person, LocalDate date, LocalTime time, String direction) throws Exception {
        String at = date.atTime(time).atZone(SampleDay.ZONE).toInstant().toString();
        post(
                "/v1/attendance",
                Map.of("user_id", person, "at", at, "direction", direction, "reason", "From the paper list"));
    }

    private void post(String path, Map<String, ?> body) throws Exception {
        assertThat(service.postJson(path, key, body).status()).as(path + body).isEqualTo(201);
    }
}
