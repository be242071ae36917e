package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.api.Resources;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which call a method and a path are. */
class RouteTableTest {

    private static final RouteTable ROUTES = RouteTable.of(Resources.ALL);

    @ParameterizedTest
    @ValueSource(strings = {"/recognize", "/recognize/", "/recognize;a=b", "/recognize;a=b/;c", "/recognize;"})
    void pathsThatQuarkusTakesForACall_areThatCall(String path) {
        assertThat(ROUTES.find("POST", path)).get().satisfies(route -> {
            assertThat(route.path()).isEqualTo("/recognize");
            assertThat(route.call().admission()).isEqualTo(AdmissionClass.PICTURE);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/people/ann/export", "/v1/people/ann;a/export/", "/v1/people/a%2Fb/export"})
    void nameInThePath_isAnyOneSegment(String path) {
        assertThat(ROUTES.find("GET", path))
                .get()
                .extracting(RouteTable.Route::path)
                .isEqualTo("/v1/people/{user_id}/export");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/other", "", "/Recognize", "/recognize/more", "/v1", "/v1/people/a/b/export"})
    void otherPaths_areNoCall(String path) {
        assertThat(ROUTES.find("POST", path)).isEmpty();
        assertThat(ROUTES.find("GET", path)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/attendance/days",
        "GET, /v1/attendance/months",
        "GET, /v1/people/ann/report",
        "POST, /v1/shifts/early/trial"
    })
    void callsThatReckonSheets_haveAnAdmissionOfTheirOwn(String method, String path) {
        assertThat(ROUTES.find(method, path).orElseThrow().call().admission()).isEqualTo(AdmissionClass.SHEET);
    }

    @Test
    void bodies_takeNoPlacesOfTheShortRequestsOfKiosks() {
        assertThat(ROUTES.find("POST", "/v1/pin-marks").orElseThrow().call().admission())
                .isEqualTo(AdmissionClass.PIN);
        assertThat(Resources.ALL.stream()
                        .flatMap(resource -> Arrays.stream(resource.getDeclaredMethods()))
                        .map(method -> method.getAnnotation(Call.class))
                        .filter(call -> call != null && call.admission() == AdmissionClass.KIOSK))
                .isNotEmpty()
                .allSatisfy(call -> assertThat(call.maxBodyBytes()).isZero());
    }

    @Test
    void methodsOfAPath_areThoseOfItsCalls() {
        assertThat(ROUTES.methods("/v1/people")).containsExactly("GET", "HEAD", "OPTIONS");
        assertThat(ROUTES.methods("/v1/people/ann")).containsExactly("DELETE", "GET", "HEAD", "OPTIONS", "PATCH");
        assertThat(ROUTES.methods("/v1/keys")).containsExactly("GET", "HEAD", "OPTIONS", "POST");
        assertThat(ROUTES.methods("/v1/keys/abc/")).containsExactly("DELETE", "OPTIONS");
        assertThat(ROUTES.methods("/nothing")).isEmpty();
    }

    @Test
    void queryParametersOfACall_areThoseOfItsMethodAndItsBeans() {
        assertThat(ROUTES.find("GET", "/v1/audit").orElseThrow().queryParameters())
                .contains("action", "code", "from", "key_id", "limit", "next", "to", "user_id");
        assertThat(ROUTES.find("POST", "/recognize").orElseThrow().queryParameters())
                .isEmpty();
    }

    @Test
    void idOfAForm_isTakenForOneByItsForm() {
        String id = "0123456789abcdef".repeat(2);

        assertThat(ROUTES.find("GET", "/v1/people/import/" + id))
                .get()
                .extracting(RouteTable.Route::path)
                .isEqualTo("/v1/people/import/{import_id}");
        assertThat(ROUTES.methods("/v1/people/import/" + id)).containsExactly("DELETE", "GET", "HEAD", "OPTIONS");
        assertThat(ROUTES.find("GET", "/v1/people/import/export"))
                .get()
                .extracting(RouteTable.Route::path)
                .isEqualTo("/v1/people/{user_id}/export");
        assertThat(ROUTES.find("GET", "/v1/people/import/" + id.substring(1))).isEmpty();
        assertThat(ROUTES.find("POST", "/v1/people/import"))
                .get()
                .extracting(route -> route.call().admission())
                .isEqualTo(AdmissionClass.UPLOAD);
    }

    @Test
    void head_isTheCallOfGet() {
        assertThat(ROUTES.find("HEAD", "/health")).isEqualTo(ROUTES.find("GET", "/health"));
        assertThat(ROUTES.find("GET", "/recognize")).isEmpty();
    }
}
