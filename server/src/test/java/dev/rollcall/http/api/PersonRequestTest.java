package dev.rollcall.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.openapi.ApiDocument;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.Label;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.PersonName;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PersonRequestTest {

    @Test
    void fieldsThatAreThere_changeAndNullRemoves() {
        assertThat(read("{'name': ' Ånne ', 'group': null, 'active': false}"))
                .isEqualTo(new PersonChange(new PersonName("Ånne"), Label.NONE, null, false, null));
        assertThat(read("{'external_id': 'E-7', 'site': 'gate-2'}"))
                .isEqualTo(new PersonChange(null, null, new Label("E-7"), null, new Label("gate-2")));
        assertThat(read("{'external_id': null, 'site': null}"))
                .isEqualTo(new PersonChange(null, null, Label.NONE, null, Label.NONE));
        assertThat(read("{}")).isEqualTo(new PersonChange(null, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "name | null",
                "name | ''",
                "name | 7",
                "name | ['Ann']",
                "group | ''",
                "group | 'a\\nb'",
                "group | true",
                "external_id | 42",
                "external_id | 'a\\u0000'",
                "active | null",
                "active | 'true'",
                "active | 1",
                "site | 'No Site'",
                "site | ''",
                "site | {}",
                "user_id | 'bob'",
                "created_at | null",
                "is_admin | true"
            })
    void wrongOrUnknownField_isRefusedByItsName(String field, String value) {
        assertThatThrownBy(() -> read("{'" + field + "': " + value + "}"))
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    assertThat(e.refusal().code()).isEqualTo(Code.INVALID_REQUEST);
                    assertThat(e.refusal().facts()).isEqualTo(Map.of("field", field));
                });
    }

    @Test
    void fieldWithAStrangeName_isRefusedWithoutRepeatingIt() {
        for (String field : new String[] {"a".repeat(65), "<b>", "\\n"}) {
            assertThatThrownBy(() -> read("{'" + field + "': 1}")).isInstanceOfSatisfying(RefusedException.class, e -> {
                assertThat(e.refusal().code()).isEqualTo(Code.INVALID_REQUEST);
                assertThat(e.refusal().facts()).isEmpty();
            });
        }
    }

    @Test
    void anythingButOneObjectWithEachFieldOnce_isRefused() {
        for (String body : new String[] {"", "null", "[]", "'x'", "{'active': true, 'active': false}", "{} {}", "{"}) {
            assertThatThrownBy(() -> read(body)).isInstanceOf(RefusedException.class);
        }
        assertThatThrownBy(() -> read("{'name': '" + "a".repeat(17_000) + "'}"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(Code.PAYLOAD_TOO_LARGE));
    }

    @Test
    void fieldsThatAreRead_areTheDescribedOnes() throws Exception {
        assertThat(ApiDocument.read().fields("PersonChange")).containsExactlyInAnyOrderElementsOf(PersonRequest.FIELDS);
    }

    private static PersonChange read(String body) {
        byte[] bytes = body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        return PersonRequest.read(new ByteArrayInputStream(bytes), bytes.length);
    }
}
