package dev.rollcall.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {

    private static final long YEAR_1000 = -30_610_224_000L;
    private static final long YEAR_3000 = 32_503_680_000L;

    @Property
    void anyInstantInAnyOffset_isReadBack(
            @ForAll @LongRange(min = YEAR_1000 + 86_400, max = YEAR_3000 - 86_401) long second,
            @ForAll @IntRange(max = 999_999) int micros,
            @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offset) {
        Instant instant = Instant.ofEpochSecond(second, micros * 1_000L);
        OffsetDateTime local = instant.atOffset(ZoneOffset.ofTotalSeconds(offset * 60));

        assertThat(Fields.instant("at", local.toString())).isEqualTo(instant);
        assertThat(Fields.date("day", local.toLocalDate().toString())).isEqualTo(local.toLocalDate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-02-30",
                "2026-1-1",
                "0999-01-01",
                "3000-01-01",
                "2026-01-01 ",
                "+2026-01-01",
                "2026-01-01T00:00:00Z"
            })
    void textThatIsNoDate_isRefused(String text) {
        Refusal refusal = Refusals.of(() -> Fields.date("from", text));

        assertThat(refusal.detail()).isEqualTo("from must be a date like 2026-01-31");
        assertThat(refusal.facts()).isEqualTo(Map.of("field", "from"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-01-31",
                "2026-01-31T08:00:00",
                "2026-01-31T25:00:00Z",
                "2026-02-30T08:00:00Z",
                "0999-12-31T08:00:00Z",
                "3000-01-01T00:00:00Z",
                "2026-01-31T08:00:00+19:00",
                "2026-01-31 08:00:00Z"
            })
    void textThatIsNoInstant_isRefused(String text) {
        Refusal refusal = Refusals.of(() -> Fields.instant("to", text));

        assertThat(refusal.detail()).isEqualTo("to must be an instant like 2026-01-31T08:00:00Z");
        assertThat(refusal.facts()).isEqualTo(Map.of("field", "to"));
    }

    @Test
    void name_isReadTrimmedOrRefused() {
        assertThat(Fields.name("name", "  Zoë ")).isEqualTo("Zoë");
        assertThat(Refusals.of(() -> Fields.name("label", null)).detail()).isEqualTo("label is missing");
        assertThat(Refusals.of(() -> Fields.name("label", "\n")).detail())
                .isEqualTo("label must be 1 to 200 visible characters on one line");
        assertThat(Fields.date("day", "2028-02-29")).isEqualTo(LocalDate.of(2028, 2, 29));
    }
}
