package dev.rollcall.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Code;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTypeTest {

    @ParameterizedTest
    @EnumSource
    void everyCode_isAnErrorWithATitle(Code code) {
        assertThat(ProblemType.of(code).status()).isBetween(400, 599);
        assertThat(ProblemType.of(code).title()).isNotBlank();
    }

    @ParameterizedTest
    @EnumSource
    void onlyBusyOrUnreachableServices_areWorthARetry(Code code) {
        int status = ProblemType.of(code).status();
        assertThat(ProblemType.isWorthRetrying(code)).isEqualTo(status == 429 || status == 503);
    }
}
