package dev.rollcall.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void justMissedThreshold_doesNotReadAsReached() {
        assertThat(Numbers.rounded(0.79999)).isEqualByComparingTo("0.7999");
        assertThat(Numbers.rounded(0.8)).isEqualByComparingTo("0.8");
        assertThat(Numbers.rounded(-0.00001)).isEqualByComparingTo("-0.0001");
    }

    @Test
    void otherValues_stayAsTheyAre() {
        assertThat(Numbers.rounded((Object) "text")).isEqualTo("text");
        assertThat(Numbers.rounded((Object) 7)).isEqualTo(7);
    }
}
