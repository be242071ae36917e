package dev.rollcall.http.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Code;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class QueryParametersTest {

    private static final Set<String> KNOWN = new TreeSet<>(Set.of("to", "from", "limit"));

    @Test
    void parametersOfTheCall_areAccepted() {
        assertThat(QueryParameters.refusal(KNOWN, Map.of())).isEmpty();
        assertThat(QueryParameters.refusal(KNOWN, Map.of("from", List.of("2026-01-01"), "to", List.of(""))))
                .isEmpty();
    }

    @Test
    void unknownParameter_isNamedWithThoseOfTheCall() {
        assertThat(QueryParameters.refusal(KNOWN, Map.of("date", List.of("2026-01-01"))))
                .hasValueSatisfying(refusal -> {
                    assertThat(refusal.code()).isEqualTo(Code.INVALID_REQUEST);
                    assertThat(refusal.detail())
                            .isEqualTo("This call has no query parameter \"date\"."
                                    + " It has the query parameters from, limit, to.");
                    assertThat(refusal.facts())
                            .containsOnly(
                                    Map.entry("field", "date"),
                                    Map.entry("parameters", List.of("from", "limit", "to")));
                });
        assertThat(QueryParameters.refusal(Set.of(), Map.of("", List.of(""))))
                .hasValueSatisfying(refusal -> assertThat(refusal.detail())
                        .isEqualTo("This call has no query parameter \"\". It has no query parameters."));
    }

    @Test
    void namesOfParameters_areCaseSensitive() {
        assertThat(QueryParameters.refusal(KNOWN, Map.of("Limit", List.of("1"))))
                .isPresent();
    }

    @Test
    void parameterThatIsGivenTwice_isRefused() {
        assertThat(QueryParameters.refusal(KNOWN, Map.of("limit", List.of("1", "1"))))
                .hasValueSatisfying(refusal -> {
                    assertThat(refusal.detail()).isEqualTo("limit is given more than once.");
                    assertThat(refusal.facts()).containsOnly(Map.entry("field", "limit"));
                });
    }
}
