package dev.rollcall.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.DeviceStore.Change;
import dev.rollcall.outcome.Code;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceRequestTest {

    @Test
    void change_hasTheFieldsThatAreGiven() {
        assertThat(DeviceRequest.change(body("{}"), -1)).isEqualTo(new Change(null, null));
        assertThat(DeviceRequest.change(body("{\"name\":\" gate \"}"), -1)).isEqualTo(new Change("gate", null));
        assertThat(DeviceRequest.change(body("{\"site\":\"gate-2\"}"), -1)).isEqualTo(new Change(null, "gate-2"));
    }

    @Test
    void pairing_isOfTheDefaultSiteIfNoneIsGiven() {
        assertThat(DeviceRequest.pairing(body("{\"name\":\"gate\"}"), -1).site())
                .isEqualTo("default");
        assertThat(DeviceRequest.pairing(body("{\"name\":\"gate\",\"site\":\"gate-2\"}"), -1)
                        .site())
                .isEqualTo("gate-2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "name | {\"name\":null}",
                "name | {\"name\":7}",
                "name | {\"name\":\"\"}",
                "site | {\"site\":null}",
                "site | {\"site\":\"Gate 2\"}",
                "site | {\"site\":[]}",
                "scopes | {\"scopes\":[\"admin\"]}",
                "null | {\"b d\":1}",
                "null | []"
            })
    void changeThatIsNotValid_isRefusedByItsField(@Nullable String field, String body) {
        assertThatThrownBy(() -> DeviceRequest.change(body(body), -1))
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    assertThat(e.refusal().code()).isEqualTo(Code.INVALID_REQUEST);
                    assertThat(e.refusal().facts().get("field")).isEqualTo(field);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"code | {}", "code | {\"code\":234567}", "name | {\"name\":\"a\",\"code\":\"b\"}"})
    void codeThatIsNoText_isRefused(String field, String body) {
        assertThatThrownBy(() -> DeviceRequest.code(body(body), -1))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().facts().get("field")).isEqualTo(field));
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
