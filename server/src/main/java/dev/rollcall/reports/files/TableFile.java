package dev.rollcall.reports.files;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** A file of a table that is being written; the names of the columns are its first row. For one thread. */
interface TableFile {

    /** Writes a row with a cell for each column. */
    void row(List<Cell> cells) throws IOException;

    /** Writes what is left of the file; the stream under it stays open. */
    void finish() throws IOException;

    /** Writes all rows, one at a time. */
    static <R> void write(TableFile file, List<Column<R>> columns, Iterator<R> rows) throws IOException {
        while (rows.hasNext()) {
            R row = rows.next();
            file.row(columns.stream().map(column -> column.cell().apply(row)).toList());
        }
        file.finish();
    }
}
