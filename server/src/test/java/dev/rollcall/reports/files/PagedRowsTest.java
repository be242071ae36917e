package dev.rollcall.reports.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.outcome.Cursor;
import dev.rollcall.outcome.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PagedRowsTest {

    @Property(tries = 100)
    void rows_areThoseOfAllPages(@ForAll @Size(max = 8) List<@IntRange(max = 3) Integer> sizes) {
        List<String> expected = new ArrayList<>();
        List<Page<String>> pages = new ArrayList<>();
        for (int i = 0; i < Math.max(1, sizes.size()); i++) {
            List<String> rows = new ArrayList<>();
            for (int j = 0; i < sizes.size() && j < sizes.get(i); j++) {
                rows.add(i + "." + j);
            }
            expected.addAll(rows);
            pages.add(new Page<>(
                    rows, i + 1 < sizes.size() ? Optional.of(new Cursor(Integer.toString(i + 1))) : Optional.empty()));
        }

        List<String> found = new ArrayList<>();
        new PagedRows<>(after -> pages.get(
                        after.map(cursor -> Integer.parseInt(cursor.key())).orElse(0)))
                .forEachRemaining(found::add);

        assertThat(found).isEqualTo(expected);
    }

    @Test
    void furtherPage_isReadWhenItsRowsAreAskedFor() {
        int[] read = {0};
        PagedRows<String> rows = new PagedRows<>(after -> {
            read[0]++;
            return new Page<>(List.of("row"), Optional.of(new Cursor("more")));
        });

        assertThat(read[0]).isEqualTo(1);
        rows.next();
        assertThat(read[0]).isEqualTo(1);
        rows.next();
        assertThat(read[0]).isEqualTo(2);
    }

    @Test
    void rowAfterTheLastOne_isAnError() {
        PagedRows<String> none = new PagedRows<>(after -> new Page<>(List.of(), Optional.empty()));

        assertThat(none.hasNext()).isFalse();
        assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
    }
}
