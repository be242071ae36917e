package dev.rollcall.http.api;

import dev.rollcall.outcome.Cursor;
import dev.rollcall.outcome.Page;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the parameter {@code next} of the following page; null on the last page
 */
record ItemList<T>(
        @Schema(description = "The items of this page") List<T> items,

        @Schema(description = "The parameter next of the following page; null on the last page") @Nullable
        String next) {

    static <T> ItemList<T> of(Page<T> page) {
        return new ItemList<>(page.items(), page.next().map(Cursor::text).orElse(null));
    }
}
