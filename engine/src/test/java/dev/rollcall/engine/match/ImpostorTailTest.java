package dev.rollcall.engine.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImpostorTailTest {

    private final ImpostorTail tail = new ImpostorTail(-0.04, 0.12);

    /** Values of the standard normal distribution from any table. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1, 0.158655253931457",
        "-1, 0.841344746068543",
        "1.959963984540054, 0.025",
        "2, 0.022750131948179",
        "3, 0.001349898031630",
        "5, 2.866515718791939e-7",
        "8, 6.220960574271786e-16"
    })
    void normalTail_agreesWithTheTable(double z, double probability) {
        assertThat(NormalTail.above(z) / probability).isCloseTo(1, within(1e-10));
        assertThat(NormalTail.quantile(probability)).isCloseTo(z, within(1e-9));
    }

    @Property
    void fmr_fallsWithTheThresholdAndIsInvertible(@ForAll @DoubleRange(min = -0.3, max = 0.9) double similarity) {
        double fmr = tail.fmr(similarity);

        assertThat(fmr).isGreaterThan(tail.fmr(similarity + 1e-3));
        assertThat(tail.similarityAtFmr(fmr)).isCloseTo(similarity, within(1e-9));
    }

    @Property
    void galleryThreshold_keepsItsFpir(
            @ForAll @IntRange(min = 1, max = 100_000) int templates,
            @ForAll @DoubleRange(min = 0.01, max = 0.5) double fpir) {
        double threshold = tail.similarityForGallery(templates, fpir);

        assertThat(1 - Math.pow(1 - tail.fmr(threshold), templates)).isCloseTo(fpir, within(1e-6));
        assertThat(tail.similarityForGallery(templates + 1, fpir)).isGreaterThan(threshold);
    }

    @Test
    void galleryOfOne_hasTheThresholdOfVerification() {
        assertThat(tail.similarityForGallery(1, 1e-3)).isCloseTo(tail.similarityAtFmr(1e-3), within(1e-9));
    }

    @Test
    void impossibleRequests_areRefused() {
        assertThatThrownBy(() -> tail.similarityForGallery(0, 0.01)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tail.similarityForGallery(10, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ImpostorTail(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
