package dev.rollcall.outcome;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next the position of the following page; empty on the last page
 */
public record Page<T>(List<T> items, Optional<Cursor> next) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * The first {@code limit} of the given items; there is a following page if there are more.
     *
     * @param items the items from the page's beginning on, up to {@code limit + 1} of them
     * @param key the key of an item, after which the list can be continued
     */
    public static <T> Page<T> of(List<T> items, int limit, Function<T, Object> key) {
        if (items.size() <= limit) {
            return new Page<>(items, Optional.empty());
        }
        T last = items.get(limit - 1);
        return new Page<>(
                items.subList(0, limit), Optional.of(new Cursor(key.apply(last).toString())));
    }

    /** The page with a function applied to every item. */
    public <R> Page<R> map(Function<T, R> form) {
        return new Page<>(items.stream().map(form).toList(), next);
    }
}
