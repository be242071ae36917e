package dev.rollcall.reports.files;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;

/** A format of tables. */
public enum TableFormat {
    /** RFC 4180 in UTF-8. */
    CSV(TableFormat.CSV_TYPE) {
        @Override
        TableFile open(OutputStream out, String title, List<? extends Column<?>> columns) throws IOException {
            return new CsvFile(out, columns);
        }
    },
    /** ISO/IEC 29500, as spreadsheets open it. */
    XLSX(TableFormat.XLSX_TYPE) {
        @Override
        TableFile open(OutputStream out, String title, List<? extends Column<?>> columns) throws IOException {
            return new XlsxFile(out, title, columns);
        }
    };

    public static final String CSV_TYPE = "text/csv;charset=UTF-8";
    public static final String XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private final String mediaType;

    TableFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }

    abstract TableFile open(OutputStream out, String title, List<? extends Column<?>> columns) throws IOException;

    /**
     * Writes a table, row by row.
     *
     * @param title the name of the table, at most 26 letters
     * @throws IOException if the stream takes no more
     */
    public <R> void write(OutputStream out, String title, List<Column<R>> columns, Iterator<R> rows)
            throws IOException {
        TableFile.write(open(out, title, columns), columns, rows);
    }
}
