package dev.rollcall.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.usecase.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusTableTest {

    @ParameterizedTest
    @EnumSource(Code.class)
    void everyCode_hasAStatusAndATitle(Code code) {
        assertThat(StatusTable.of(code).status()).isBetween(400, 599);
        assertThat(StatusTable.of(code).title()).isNotBlank();
    }

    @Test
    void table_hasNothingElse() {
        assertThat(StatusTable.values()).hasSameSizeAs(Code.values());
    }
}
