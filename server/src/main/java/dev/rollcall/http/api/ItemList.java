package dev.rollcall.http.api;

import dev.rollcall.outcome.Cursor;
import dev.rollcall.outcome.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the parameter {@code next} of the following page; null on the last page
 */
record ItemList<T>(List<T> items, @Nullable String next) {

    static <T> ItemList<T> of(Page<T> page) {
        return new ItemList<>(page.items(), page.next().map(Cursor::text).orElse(null));
    }
}
