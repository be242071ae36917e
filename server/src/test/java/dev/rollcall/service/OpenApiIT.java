package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.openapi.ApiDocument.Operation;
import dev.rollcall.service.AnswerCheck.Received;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whether the running service answers each call that succeeds as the OpenAPI document describes it. */
class OpenApiIT extends OpenApiFixture {

    private static final Pattern SETUP_LINK = Pattern.compile("/admin#/setup/([A-Za-z0-9_-]{43})");

    @Test
    void everyCall_succeedsAsDescribed() throws Exception {
        Set<String> made = new TreeSet<>();
        made.add(success("health", "/health", null));
        made.add(success("live", "/health/live", null));
        made.add(success("enroll", "/enroll", bodies.enrollment("geronimo")));
        made.add(success("recognize", "/recognize", bodies.claim("geronimo", "geronimo")));
        made.add(success(
                "identify",
                "/identify",
                bodies.of("identify")
                        .put("image", RunningService.base64(Pictures.portrait("geronimo")))
                        .put("mark", false)
                        .encode()));
        made.add(success(
                "inspect",
                "/v1/inspect",
                bodies.of("inspect")
                        .put("image", RunningService.base64(Pictures.portrait("geronimo")))
                        .encode()));
        made.add(success(
                "hint",
                "/v1/hints?full_width=1280&purpose=enroll",
                bodies.of("hint")
                        .put("image", RunningService.base64(Pictures.portrait("geronimo")))
                        .encode()));
        made.add(success("openChallenge", "/v1/challenges", null));
        String challenge =
                service.postJson("/v1/challenges", Map.of()).body().path("id").asText();
        made.add(success(
                "sendChallengeFrame",
                "/v1/challenges/" + challenge + "/frames",
                bodies.of("sendChallengeFrame")
                        .put("image", RunningService.base64(Pictures.portrait("geronimo")))
                        .encode()));
        made.add(success("listPeople", "/v1/people?total=true&order=newest", null));
        made.add(success("listDirectory", "/v1/directory?q=ger", null));
        made.add(success("readPerson", "/v1/people/geronimo", null));
        made.add(success(
                "changePerson",
                "/v1/people/geronimo",
                bodies.of("changePerson").putNull("site").encode()));
        made.add(success("issueBadges", "/v1/badges", bodies.of("issueBadges").encode()));
        made.add(success(
                "readBadge",
                "/v1/badges/read",
                bodies.of("readBadge")
                        .put("image", RunningService.base64(Pictures.portrait("geronimo")))
                        .encode()));
        made.add(success("replaceBadgeKey", "/v1/sites/default/badge-key", null));
        pins(made);
        made.add(success("listTemplates", "/v1/people/geronimo/templates", null));
        service.enroll("twin", Pictures.portrait("frederik"));
        made.add(success("declareLookAlikes", "/v1/people/geronimo/look-alikes/twin", null));
        made.add(success("listLookAlikes", "/v1/people/twin/look-alikes", null));
        made.add(success("listAttendance", "/v1/attendance?from=2020-01-01&to=2100-01-01", null));
        corrections(made);
        schedule(made);
        exports(made);
        webhooks(made);
        made.add(success("exportPerson", "/v1/people/geronimo/export", null));
        JsonNode export = service.get("/v1/people/geronimo/export").body();
        assertThat(List.of("person", "templates", "attendance", "answers", "audit"))
                .allSatisfy(part -> assertThat(export.path(part)).isNotEmpty());
        made.add(success("createKey", "/v1/keys", bodies.of("createKey").encode()));
        made.add(success("listKeys", "/v1/keys", null));
        String id = service.get("/v1/keys").body().path("items").findValuesAsText("id").stream()
                .reduce((first, last) -> last)
                .orElseThrow();
        made.add(success("revokeKey", "/v1/keys/" + id, null));
        made.add(success("startSession", "/v1/session", null));
        made.add(successOfASession("readSession"));
        made.add(successOfASession("endSession"));
        made.add(success(
                "createPairing", "/v1/pairings", bodies.of("createPairing").encode()));
        made.add(success("listPairings", "/v1/pairings", null));
        String pairing = service.get("/v1/pairings").body().at("/items/0/id").asText();
        made.add(success("cancelPairing", "/v1/pairings/" + pairing, null));
        String code = service.postJson("/v1/pairings", Map.of("name", "kiosk"))
                .body()
                .path("code")
                .asText();
        made.add(success("redeemPairing", "/v1/pairings/redeem", "{\"code\":\"" + code + "\"}"));
        made.add(success("readKiosk", "/v1/kiosk", null));
        made.add(success("listDevices", "/v1/devices?total=true", null));
        String device = "/v1/devices/"
                + service.get("/v1/devices").body().at("/items/0/id").asText();
        made.add(success("readDevice", device, null));
        made.add(success("changeDevice", device, bodies.of("changeDevice").encode()));
        made.add(success("revokeDevice", device, null));
        phones(made);
        setup(made);
        made.add(success("listAuditLog", "/v1/audit?from=2020-01-01T00:00:00Z", null));
        made.add(success("createSite", "/v1/sites", bodies.of("createSite").encode()));
        made.add(success("listSites", "/v1/sites", null));
        made.add(success("readSite", "/v1/sites/malaga", null));
        made.add(success(
                "changeSite", "/v1/sites/malaga", bodies.of("changeSite").encode()));
        made.add(success("siteAccuracy", "/v1/sites/default/accuracy", null));
        made.add(success("metrics", "/metrics", null));
        made.add(success("withdrawLookAlikes", "/v1/people/geronimo/look-alikes/twin", null));
        String template = service.get("/v1/people/geronimo/templates")
                .body()
                .at("/items/0/id")
                .asText();
        made.add(success("deleteTemplate", "/v1/people/geronimo/templates/" + template, null));
        String imported = IMPORTS + "/" + upload();
        made.add(UPLOAD);
        made.add(success("readImport", imported, null));
        made.add(success("listImportResults", imported + "/report", null));
        made.add(success("cancelImport", imported, null));
        made.add(success("erasePerson", "/v1/people/geronimo", null));

        assertThat(made)
                .containsExactlyElementsOf(new TreeSet<>(
                        document.operations().stream().map(Operation::id).toList()));
    }

    /** Exports of what geronimo did. */
    private void exports(Set<String> made) throws Exception {
        made.add(success("exportMarks", "/v1/exports/marks?format=xlsx", null));
        made.add(success("exportDays", "/v1/exports/days?date=2026-10-05", null));
        made.add(success("exportMonths", "/v1/exports/months?month=2026-10", null));
        made.add(success("exportPayroll", "/v1/exports/payroll?month=2026-10", null));
        made.add(success("exportPersonMonth", "/v1/exports/people/geronimo/month?month=2026-10", null));
        made.add(success(
                "exportPersonCalendar", "/v1/exports/people/geronimo/calendar?from=2026-10-01&to=2026-10-31", null));
    }

    /** The calls for the phone of geronimo, and of it. */
    private void phones(Set<String> made) throws Exception {
        String link = "/v1/people/geronimo/phone-link";
        made.add(success("createPhoneLink", link, bodies.of("createPhoneLink").encode()));
        made.add(success("readPhoneLink", link, null));
        made.add(success("cancelPhoneLink", link, null));
        String url = service.postJson(link, Map.of()).body().path("url").asText();
        String token = url.substring(url.indexOf('#') + 1);
        Operation redeem = document.operation("redeemPhoneLink");
        Received redeemed = send(redeem, redeem.path(), "{\"token\":\"" + token + "\"}", RunningService.KEY);
        assertThat(redeemed.status()).isEqualTo(201);
        check.assertDescribed(redeem, redeemed);
        made.add(redeem.id());
        String key = new JsonObject(redeemed.body()).getString("key");
        made.add(success("readMe", "/v1/me", null, key));
        made.add(success("listOwnMarks", "/v1/me/marks", null, key));
    }

    /** The calls for PINs, of which the mark is taken back, so that geronimo has one. */
    private void pins(Set<String> made) throws Exception {
        made.add(success("setPin", "/v1/people/geronimo/credentials/pin", "{\"pin\":\"730518\"}"));
        made.add(success("readCredentials", "/v1/people/geronimo/credentials", null));
        String site = "/v1/sites/default";
        success("changeSite", site, "{\"pin_allowed\":true,\"min_seconds_between\":0,\"max_marks_per_day\":100}");
        made.add(success(
                "markByPin",
                "/v1/pin-marks",
                bodies.of("markByPin")
                        .put("user_id", "geronimo")
                        .put("pin", "730518")
                        .encode()));
        String mark = service.get("/v1/attendance?user_id=geronimo&source=pin")
                .body()
                .at("/items/0/id")
                .asText();
        success("undoMark", "/v1/attendance/" + mark + "/undo", null);
        success("changeSite", site, "{\"pin_allowed\":null,\"min_seconds_between\":null,\"max_marks_per_day\":null}");
        made.add(success("removePin", "/v1/people/geronimo/credentials/pin", null));
    }

    /** The calls of the first set-up, by a link of the command. */
    private void setup(Set<String> made) throws Exception {
        String said = RunningService.command(folder, Map.of(), "setup-link").said();
        Matcher link = SETUP_LINK.matcher(said);
        assertThat(link.find()).isTrue();
        assertThat(said).contains(service.address().getPort() + link.group());
        made.add(success("readSetup", "/v1/setup", null));
        made.add(success("changeSetup", "/v1/setup", bodies.of("changeSetup").encode()));
        made.add(success("redeemSetupLink", "/v1/setup/redeem", "{\"token\":\"" + link.group(1) + "\"}"));
        made.add(success("listSettings", "/v1/settings", null));
        made.add(success("readTrust", "/v1/trust", null));
    }

    /** The calls for marks of geronimo, of which there is one, made by a device a moment ago. */
    private void corrections(Set<String> made) throws Exception {
        String marks = "/v1/attendance/";
        String device = service.get("/v1/attendance?user_id=geronimo&source=device")
                .body()
                .at("/items/0/id")
                .asText();
        made.add(success("readMark", marks + device, null));
        made.add(success("undoMark", marks + device + "/undo", null));
        String yesterday = Instant.now().minus(Duration.ofDays(1)).toString();
        made.add(success(
                "addMark",
                "/v1/attendance",
                bodies.of("addMark").put("at", yesterday).encode()));
        made.add(success("approveCorrection", "/v1/corrections/" + waiting() + "/approve", "{}", keys.get("admin")));
        String manual = service.get("/v1/attendance?user_id=geronimo")
                .body()
                .at("/items/0/id")
                .asText();
        String body =
                bodies.of("correctMark").putNull("at").put("direction", "out").encode();
        made.add(success("correctMark", marks + manual + "/correct", body));
        made.add(success("listCorrections", "/v1/corrections?state=pending", null));
        made.add(success("rejectCorrection", "/v1/corrections/" + waiting() + "/reject", "{}", keys.get("admin")));
        made.add(success(
                "voidMark", marks + manual + "/void", bodies.of("voidMark").encode()));
        check.assertRefused(
                document.operation("voidMark"),
                "CORRECTION_PENDING",
                send(
                        document.operation("voidMark"),
                        marks + manual + "/void",
                        bodies.of("voidMark").encode(),
                        RunningService.KEY));
        check.assertRefused(
                document.operation("approveCorrection"),
                "SAME_KEY",
                send(
                        document.operation("approveCorrection"),
                        "/v1/corrections/" + waiting() + "/approve",
                        "{}",
                        RunningService.KEY));
        made.add(success("readMarkHistory", marks + device + "/history", null));
    }

    /** The calls for shifts, holidays and sheets. */
    private void schedule(Set<String> made) throws Exception {
        made.add(success("createShift", "/v1/shifts", bodies.of("createShift").encode()));
        made.add(success("listShifts", "/v1/shifts?total=true", null));
        made.add(success("readShift", "/v1/shifts/early", null));
        made.add(success(
                "changeShift", "/v1/shifts/early", bodies.of("changeShift").encode()));
        made.add(success(
                "assignShift", "/v1/assignments", bodies.of("assignShift").encode()));
        made.add(success("listAssignments", "/v1/assignments?group=red", null));
        String assignment = "/v1/assignments/"
                + service.get("/v1/assignments?group=red")
                        .body()
                        .at("/items/0/id")
                        .asText();
        made.add(success(
                "changeAssignment", assignment, bodies.of("changeAssignment").encode()));
        made.add(success("addHoliday", "/v1/holidays", bodies.of("addHoliday").encode()));
        made.add(success("listHolidays", "/v1/holidays", null));
        made.add(success(
                "importHolidays",
                "/v1/holidays/import",
                "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101T080000Z\nSUMMARY:Party\nEND:VEVENT\nEND:VCALENDAR\n"));
        made.add(success(
                "tryShift",
                "/v1/shifts/early/trial",
                bodies.of("tryShift").put("assign", true).encode()));
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        made.add(success("listDaySheets", "/v1/attendance/days?date=" + today, null));
        made.add(success("listMonthSheets", "/v1/attendance/months?month=" + today.substring(0, 7), null));
        made.add(success("readReport", "/v1/people/geronimo/report?from=" + today + "&to=" + today, null));
        made.add(success("deleteAssignment", assignment, null));
        made.add(success("deleteShift", "/v1/shifts/early", null));
        String holiday = service.get("/v1/holidays").body().at("/items/0/id").asText();
        made.add(success("deleteHoliday", "/v1/holidays/" + holiday, null));
    }

    /** The calls for webhooks and receipts. */
    private void webhooks(Set<String> made) throws Exception {
        made.add(success(
                "createWebhook", "/v1/webhooks", bodies.of("createWebhook").encode()));
        made.add(success("listWebhooks", "/v1/webhooks", null));
        String webhook = "/v1/webhooks/"
                + service.get("/v1/webhooks").body().at("/items/0/id").asText();
        made.add(success("readWebhook", webhook, null));
        made.add(success("changeWebhook", webhook, "{\"state\":\"paused\"}"));
        made.add(success(
                "rotateWebhookSecret",
                webhook + "/secret",
                bodies.of("rotateWebhookSecret").encode()));
        made.add(success("testWebhook", webhook + "/test", null));
        made.add(success("listDeliveries", webhook + "/deliveries", null));
        String delivery =
                service.get(webhook + "/deliveries").body().at("/items/0/id").asText();
        made.add(success("replayDelivery", webhook + "/deliveries/" + delivery + "/replay", null));
        made.add(success(
                "replayDeliveries",
                webhook + "/deliveries/replay",
                bodies.of("replayDeliveries").encode()));
        made.add(success("deleteWebhook", webhook, null));
        String mark = service.get("/v1/attendance").body().at("/items/0/id").asText();
        made.add(success("readReceipt", "/v1/attendance/" + mark + "/receipt", null));
        made.add(success("readPublicKeys", "/.well-known/jwks.json", null));
        made.add(success("replaceReceiptKey", "/v1/receipts/key", null));
        String replaced =
                service.get("/.well-known/jwks.json").body().at("/keys/1/kid").asText();
        made.add(success("removeReceiptKey", "/v1/receipts/keys/" + replaced, null));
    }

    /** The id of the correction that waits. */
    private String waiting() throws Exception {
        return service.get("/v1/corrections?state=pending")
                .body()
                .at("/items/0/id")
                .asText();
    }

    @Test
    void enrollmentByForm_isTakenWithTheDescribedFields() throws Exception {
        assertThat(document.fields("RecognizeForm"))
                .containsExactly(
                        "accuracy_m",
                        "badge",
                        "captured_at",
                        "challenge_token",
                        "direction",
                        "image",
                        "images",
                        "latitude",
                        "longitude",
                        "user_id");
        service.enroll("form", Pictures.portrait("william"));

        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(service.address().resolve("/recognize"))
                        .header("X-API-Key", RunningService.KEY)
                        .header("Content-Type", "multipart/form-data; boundary=b")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(
                                RunningService.form("form", Pictures.portrait("william"))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        check.assertDescribed(document.operation("recognize"), Received.of(answer));
    }
}
