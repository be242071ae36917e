package dev.rollcall.reports.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * A table as RFC 4180 describes it: UTF-8 without a byte order mark, commas, CRLF. Texts that spreadsheets would take for formulas get an
 * apostrophe; durations are hours with four digits after the point, times are ISO 8601 with the offset from UTC.
 */
final class CsvFile implements TableFile {

    /** So many digits tell seconds apart. */
    private static final int HOUR_DIGITS = 4;

    private static final BigDecimal HOUR = BigDecimal.valueOf(3600);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);

    private final CSVPrinter printer;

    CsvFile(OutputStream out, List<? extends Column<?>> columns) throws IOException {
        printer = new CSVPrinter(
                new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)), CSVFormat.RFC4180);
        printer.printRecord(columns.stream().map(Column::name).toList());
    }

    @Override
    public void row(List<Cell> cells) throws IOException {
        for (Cell cell : cells) {
            printer.print(text(cell));
        }
        printer.println();
    }

    @Override
    public void finish() throws IOException {
        printer.flush();
    }

    private static String text(Cell cell) {
        if (cell instanceof Cell.Text text) {
            return Formulas.defused(text.value());
        }
        if (cell instanceof Cell.Decimal number) {
            return number.value().toPlainString();
        }
        if (cell instanceof Cell.Flag flag) {
            return Boolean.toString(flag.value());
        }
        if (cell instanceof Cell.Day day) {
            return day.value().toString();
        }
        if (cell instanceof Cell.Moment moment) {
            return TIME.format(moment.at().atZone(moment.zone()));
        }
        return cell instanceof Cell.Span span
                ? hours(span.seconds(), HOUR_DIGITS).toPlainString()
                : "";
    }

    /** Hours with so many digits after the point. */
    static BigDecimal hours(long seconds, int digits) {
        return BigDecimal.valueOf(seconds).divide(HOUR, digits, RoundingMode.HALF_UP);
    }
}
