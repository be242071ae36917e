package dev.rollcall.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class CursorTest {

    @Property
    void cursor_isReadBackFromItsText(@ForAll @StringLength(max = 64) String key) {
        String kept = new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(Cursor.parse(new Cursor(kept).text())).contains(new Cursor(kept));
        assertThat(new Cursor(kept).text()).matches("[A-Za-z0-9_-]*");
    }

    @Property
    void numberOfAKey_isThatNumberUnlessNegative(@ForAll @LongRange(min = -5) long number) {
        assertThat(new Cursor(Long.toString(number)).number())
                .isEqualTo(number < 0 ? Optional.empty() : Optional.of(number));
    }

    @Test
    void zero_isANumber() {
        assertThat(new Cursor("0").number()).contains(0L);
    }

    @Test
    void textThatNoListGave_isNone() {
        for (String text : List.of("!", "a b", "=", "A")) {
            assertThat(Cursor.parse(text)).isEmpty();
        }
        for (String key : List.of("", "x", "1.5", "99999999999999999999")) {
            assertThat(new Cursor(key).number()).isEmpty();
        }
        assertThat(Cursor.parse(Base64.getUrlEncoder().encodeToString("42".getBytes(StandardCharsets.UTF_8))))
                .as("with padding")
                .contains(new Cursor("42"));
    }

    @Property
    void page_hasTheFirstItemsAndACursorIfThereAreMore(
            @ForAll List<@IntRange(max = 1000) Integer> items, @ForAll @IntRange(min = 1, max = 20) int limit) {
        Page<Integer> page = Page.of(items, limit, item -> item);

        assertThat(page.items()).isEqualTo(items.subList(0, Math.min(limit, items.size())));
        assertThat(page.next())
                .isEqualTo(
                        items.size() > limit
                                ? Optional.of(new Cursor(items.get(limit - 1).toString()))
                                : Optional.empty());
        assertThat(page.map(item -> "n" + item).items())
                .isEqualTo(page.items().stream().map(item -> "n" + item).toList());
        assertThat(page.map(item -> "n" + item).next()).isEqualTo(page.next());
    }
}
