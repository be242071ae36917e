package dev.rollcall.http.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.rollcall.outcome.Cursor;
import dev.rollcall.outcome.Page;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the parameter {@code next} of the following page; null on the last page
 * @param total how many items all pages have; null, and absent from the response, where that was not asked for
 */
record ItemList<T>(
        @Schema(description = "The items of this page") List<T> items,

        @Schema(description = "The parameter next of the following page; null on the last page") @Nullable
        String next,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "How many items all pages have; only if the parameter total is true")
        @Nullable
        Long total) {

    ItemList(List<T> items, @Nullable String next) {
        this(items, next, null);
    }

    static <T> ItemList<T> of(Page<T> page) {
        return of(page, null);
    }

    static <T> ItemList<T> of(Page<T> page, @Nullable Long total) {
        return new ItemList<>(page.items(), page.next().map(Cursor::text).orElse(null), total);
    }
}
