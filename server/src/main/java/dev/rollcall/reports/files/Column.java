package dev.rollcall.reports.files;

import java.util.function.Function;

/**
 * A column of a table of rows.
 *
 * @param name the same in every format and release; lower-case letters, digits and underscores
 * @param kind what its cells are
 * @param cell the value of a row
 */
public record Column<R>(String name, Kind kind, Function<R, Cell> cell) {

    /** What the cells of a column are, if they are not empty. */
    public enum Kind {
        TEXT,
        NUMBER,
        /** true or false. */
        FLAG,
        DATE,
        /** A point in time, in the time zone of a site. */
        TIME,
        DURATION
    }
}
