package dev.rollcall.reports.files;

import dev.rollcall.outcome.Cursor;
import dev.rollcall.outcome.Page;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** The items of all pages of a list; one page is in memory at a time. The first one is read at once. For one thread. */
final class PagedRows<T> implements Iterator<T> {

    private final Function<Optional<Cursor>, Page<T>> read;
    private Iterator<T> items;
    private Optional<Cursor> next;

    /**
     * Reads the first page.
     *
     * @param read the page after a position, or the first one for none; a page may be empty and have others behind it
     */
    PagedRows(Function<Optional<Cursor>, Page<T>> read) {
        this.read = read;
        Page<T> first = read.apply(Optional.empty());
        items = first.items().iterator();
        next = first.next();
    }

    @Override
    public boolean hasNext() {
        while (!items.hasNext() && next.isPresent()) {
            Page<T> page = read.apply(next);
            items = page.items().iterator();
            next = page.next();
        }
        return items.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return items.next();
    }
}
