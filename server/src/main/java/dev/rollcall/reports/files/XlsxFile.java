package dev.rollcall.reports.files;

import dev.rollcall.reports.files.Column.Kind;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * A workbook with one worksheet, and another one for each {@link #MOST_ROWS} rows. Texts are texts, whatever they look like; dates, times
 * and durations are numbers with a format, so that spreadsheets can reckon with them. Times are those that the clocks of the site showed,
 * to the millisecond. A few hundred rows are in memory, and 4 bytes for each row of a worksheet.
 */
final class XlsxFile implements TableFile {

    /** Rows of a worksheet, with the names of the columns: the limit of the format. */
    static final int MOST_ROWS = 1_048_576;

    private static final int ROWS_IN_MEMORY = 200;
    private static final double SECONDS_OF_A_DAY = 86_400;
    private static final String DATE = "yyyy-mm-dd";
    private static final String TIME = "yyyy-mm-dd hh:mm:ss";
    private static final String DURATION = "[h]:mm:ss";
    private static final int TEXT_WIDTH = 20;
    private static final int NUMBER_WIDTH = 12;

    /** What spreadsheets would read as the code of a character. */
    private static final Pattern ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

    private final Workbook workbook;
    private final String title;
    private final List<? extends Column<?>> columns;
    private final int mostRows;
    private Worksheet sheet;
    private int sheets;
    private int rows;

    XlsxFile(OutputStream out, String title, List<? extends Column<?>> columns) throws IOException {
        this(out, title, columns, MOST_ROWS);
    }

    XlsxFile(OutputStream out, String title, List<? extends Column<?>> columns, int mostRows) throws IOException {
        this.workbook = new Workbook(new KeptOpen(out), "Rollcall", null);
        this.title = title;
        this.columns = columns;
        this.mostRows = mostRows;
        this.sheet = newSheet();
    }

    private Worksheet newSheet() throws IOException {
        sheets++;
        Worksheet added = workbook.newWorksheet(sheets == 1 ? title : title + " " + sheets);
        added.freezePane(0, 1);
        for (int i = 0; i < columns.size(); i++) {
            added.inlineString(0, i, columns.get(i).name());
            added.style(0, i).bold().set();
            added.width(i, width(columns.get(i).kind()));
        }
        rows = 1;
        return added;
    }

    private static int width(Kind kind) {
        return kind == Kind.TEXT || kind == Kind.TIME ? TEXT_WIDTH : NUMBER_WIDTH;
    }

    @Override
    public void row(List<Cell> cells) throws IOException {
        if (rows == mostRows) {
            sheet.finish();
            sheet = newSheet();
        }
        for (int i = 0; i < cells.size(); i++) {
            write(rows, i, cells.get(i));
        }
        rows++;
        if (rows % ROWS_IN_MEMORY == 0) {
            sheet.flush();
        }
    }

    private void write(int row, int column, Cell cell) {
        if (cell instanceof Cell.Text text) {
            sheet.inlineString(row, column, ESCAPE.matcher(text.value()).replaceAll("_x005F_"));
        } else if (cell instanceof Cell.Decimal number) {
            sheet.value(row, column, number.value());
        } else if (cell instanceof Cell.Flag flag) {
            sheet.value(row, column, flag.value());
        } else if (cell instanceof Cell.Day day) {
            sheet.value(row, column, day.value());
            sheet.style(row, column).format(DATE).set();
        } else if (cell instanceof Cell.Moment moment) {
            ZonedDateTime local = moment.at().atZone(moment.zone());
            sheet.value(row, column, local.toLocalDateTime().truncatedTo(ChronoUnit.MILLIS));
            sheet.style(row, column).format(TIME).set();
        } else if (cell instanceof Cell.Span span) {
            sheet.value(row, column, span.seconds() / SECONDS_OF_A_DAY);
            sheet.style(row, column).format(DURATION).set();
        }
    }

    @Override
    public void finish() throws IOException {
        sheet.finish();
        workbook.finish();
    }

    /** A stream whose end doesn't close the one under it. */
    private static final class KeptOpen extends FilterOutputStream {

        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
