package dev.rollcall.store.supabase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.outcome.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What answers of the REST interface mean. */
class RestErrorTest {

    @Test
    void results_areReadAsJson() {
        assertThat(RestError.resultOf("f", 200, bytes("{\"a\":1}"), false)
                        .path("a")
                        .asInt())
                .isEqualTo(1);
        assertThat(RestError.resultOf("f", 200, bytes("null"), false).isNull()).isTrue();
        assertThat(RestError.resultOf("f", 204, bytes(""), false).isNull()).isTrue();
    }

    @Test
    void errorsBeforeTheDatabase_leaveNothingWritten() {
        for (String code : new String[] {"PGRST000", "PGRST002", "PGRST003"}) {
            assertThat(unavailable(503, error(code), false).nothingWritten())
                    .as(code)
                    .isTrue();
        }
        assertThat(unavailable(429, "slow down", false).nothingWritten()).isTrue();
    }

    @Test
    void errorsThatRollBack_leaveNothingWritten() {
        for (String state : new String[] {"57014", "55P03", "40001", "40P01", "53100", "25006"}) {
            assertThat(unavailable(500, error(state), false).nothingWritten())
                    .as(state)
                    .isTrue();
        }
    }

    @Test
    void brokenConnections_leaveItOpenUnlessTheCallOnlyReads() {
        for (String code : new String[] {"PGRST001", "08006", "57P01", "XX000", "40003"}) {
            assertThat(unavailable(503, error(code), false).nothingWritten())
                    .as(code)
                    .isFalse();
            assertThat(unavailable(503, error(code), true).nothingWritten())
                    .as(code)
                    .isTrue();
        }
        assertThat(unavailable(502, "<html>Bad Gateway</html>", false).nothingWritten())
                .isFalse();
        assertThat(unavailable(200, "<html>a login page</html>", false).nothingWritten())
                .isFalse();
    }

    @Test
    void projectsThatAreUnpaidOrPaused_wroteNothingAndSayWhatToDo() {
        assertThat(unavailable(402, "{\"message\":\"exceed_egress_quota\"}", false))
                .hasMessageContaining("exceed_egress_quota")
                .hasMessageContaining("Billing")
                .satisfies(e -> assertThat(e.nothingWritten()).isTrue());
        assertThat(unavailable(540, "", false))
                .hasMessageContaining("paused")
                .satisfies(e -> assertThat(e.nothingWritten()).isTrue());
        assertThat(unavailable(503, error("PGRST002"), false)).hasMessageContaining("Data API is switched off");
    }

    @Test
    void tokenOfTheFuture_isNoRefusedKeyAndAnExpiredOneIs() {
        assertThat(unavailable(401, error("PGRST303", "JWT issued at future"), false))
                .isInstanceOf(RestError.TokenNotYetValid.class)
                .satisfies(e -> assertThat(e.nothingWritten()).isTrue());
        assertThat(unavailable(401, error("PGRST303", "JWT expired"), false)).isInstanceOf(RestError.Refused.class);
    }

    @Test
    void schemaThatIsNotExposed_isToldApart() {
        assertThat(unavailable(406, error("PGRST106"), true)).isInstanceOf(RestError.NotExposed.class);
    }

    @Test
    void refusedKeys_areToldApart() {
        assertThat(unavailable(401, "{\"message\":\"Invalid API key\"}", false))
                .isInstanceOf(RestError.Refused.class)
                .hasMessageContaining("Invalid API key");
        assertThat(unavailable(403, error("42501"), false)).isInstanceOf(RestError.Refused.class);
    }

    @Test
    void missingFunction_isToldApart() {
        assertThatThrownBy(() -> RestError.resultOf("f", 404, bytes(error("PGRST202")), true))
                .isInstanceOf(RestError.NoFunction.class);
    }

    /** Such as a redirect, or the page of a proxy that does not know the address. */
    @Test
    void responsesThatAreNotPostgrests_leaveItOpenWhetherAnythingWasWritten() {
        for (int status : new int[] {302, 404, 500, 503}) {
            for (String body : new String[] {"<html>", "", "{\"code\":\"error\"}", "{\"code\":10014}"}) {
                assertThat(unavailable(status, body, false).nothingWritten())
                        .as(status + " " + body)
                        .isFalse();
            }
        }
    }

    @Test
    void longMessages_areShortened() {
        assertThat(unavailable(503, error("PGRST003", "x".repeat(5_000)), false).getMessage())
                .hasSizeLessThan(500);
    }

    @Test
    void wrongCall_isABrokenProgram() {
        for (String state : new String[] {"23505", "22P02", "42883", "PGRST102"}) {
            assertThatThrownBy(() -> RestError.resultOf("f", 400, bytes(error(state)), false))
                    .as(state)
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static StoreUnavailableException unavailable(int status, String body, boolean reads) {
        try {
            RestError.resultOf("f", status, bytes(body), reads);
        } catch (StoreUnavailableException e) {
            return e;
        }
        throw new AssertionError("status " + status + " passed");
    }

    private static String error(String code) {
        return error(code, "no");
    }

    private static String error(String code, String message) {
        return "{\"code\":\"" + code + "\",\"message\":\"" + message + "\",\"details\":null,\"hint\":null}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
