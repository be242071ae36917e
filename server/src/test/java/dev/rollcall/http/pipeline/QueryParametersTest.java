package dev.rollcall.http.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.pipeline.QueryParameters.Known;
import dev.rollcall.outcome.Code;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class QueryParametersTest {

    private static final Known KNOWN =
            new Known(new TreeSet<>(Set.of("to", "from", "limit", "group")), Set.of("group"));

    @Test
    void parametersOfTheCall_areAccepted() {
        assertThat(QueryParameters.refusal(KNOWN, Map.of())).isEmpty();
        assertThat(QueryParameters.refusal(KNOWN, Map.of("from", List.of("2026-01-01"), "group", List.of(""))))
                .isEmpty();
    }

    @Test
    void unknownParameter_isNamedWithThoseOfTheCall() {
        assertThat(QueryParameters.refusal(KNOWN, Map.of("date", List.of("2026-01-01"))))
                .hasValueSatisfying(refusal -> {
                    assertThat(refusal.code()).isEqualTo(Code.INVALID_REQUEST);
                    assertThat(refusal.detail())
                            .isEqualTo("This call has no query parameter \"date\"."
                                    + " It has the query parameters from, group, limit, to.");
                    assertThat(refusal.facts())
                            .containsOnly(
                                    Map.entry("field", "date"),
                                    Map.entry("parameters", List.of("from", "group", "limit", "to")));
                });
        assertThat(QueryParameters.refusal(new Known(new TreeSet<>(), Set.of()), Map.of("", List.of(""))))
                .hasValueSatisfying(refusal -> assertThat(refusal.detail())
                        .isEqualTo("This call has no query parameter \"\". It has no query parameters."));
    }

    @Test
    void emptyParameter_isRefusedWhereItMeansNothing() {
        assertThat(QueryParameters.refusal(KNOWN, Map.of("to", List.of("")))).hasValueSatisfying(refusal -> {
            assertThat(refusal.detail()).isEqualTo("to has no value.");
            assertThat(refusal.facts()).containsOnly(Map.entry("field", "to"));
        });
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
