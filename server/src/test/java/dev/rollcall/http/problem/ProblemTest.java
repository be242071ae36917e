package dev.rollcall.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void body_hasTheFactsWithoutThoseForTheAuditLog() {
        Refusal refusal = new Refusal(Code.DUPLICATE_FACE, "Enrolled already.", Map.of("confidence", 0.97))
                .withAuditFacts(Map.of("rival_user_id", "bob"));

        assertThat(Problem.body(refusal, ProblemType.of(refusal.code())))
                .containsKey("confidence")
                .doesNotContainKey("rival_user_id")
                .containsKey("message")
                .hasSize(7);
    }
}
