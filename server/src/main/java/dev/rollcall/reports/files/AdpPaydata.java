package dev.rollcall.reports.files;

import dev.rollcall.reports.files.Column.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.time.YearMonth;
import java.util.List;
import java.util.regex.Pattern;

/**
 * CSV for the paydata import of ADP Workforce Now: company code, batch and file number come first, in this order.
 *
 * <p>Source: ADP, "Importing Paydata", version 7.1, and "Automated Paydata Integration for ADP Workforce Now", features.
 *
 * @param company the company code of 3 letters or digits
 * @param batch the id of the batch
 */
public record AdpPaydata(String company, String batch) implements PayrollLayout {

    /** File numbers have up to six digits. */
    private static final Pattern FILE_NUMBER = Pattern.compile("[0-9]{1,6}");

    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+");

    @Override
    public String fileName(YearMonth month) {
        return "PR" + company + "EPI.csv";
    }

    @Override
    public String mediaType() {
        return TableFormat.CSV.mediaType();
    }

    @Override
    public Pattern numbers() {
        return FILE_NUMBER;
    }

    /** Without zeros before it: the system pads file numbers with these. */
    @Override
    public String canonical(String number) {
        return LEADING_ZEROS.matcher(number).replaceFirst("");
    }

    @Override
    public void write(OutputStream out, YearMonth month, List<PayrollLine> lines) throws IOException {
        List<Column<PayrollLine>> columns = List.of(
                new Column<>("Co Code", Kind.TEXT, line -> Cell.text(company)),
                new Column<>("Batch ID", Kind.TEXT, line -> Cell.text(batch)),
                new Column<>("File #", Kind.TEXT, line -> Cell.text(line.number())),
                hours("Reg Hours", false),
                hours("O/T Hours", true));
        TableFormat.CSV.write(out, "paydata", columns, lines.iterator());
    }

    private static Column<PayrollLine> hours(String name, boolean overtime) {
        return new Column<>(
                name,
                Kind.NUMBER,
                line -> new Cell.Decimal(
                        CsvFile.hours(overtime ? line.overtimeSeconds() : line.ordinarySeconds(), HOUR_DIGITS)));
    }
}
