package dev.rollcall.reports.files;

import dev.rollcall.reports.files.Column.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** CSV with one line for each person and kind of hours, for systems in which columns can be assigned. */
public record GenericPayroll() implements PayrollLayout {

    private record Item(PayrollLine line, String code, long seconds) {}

    @Override
    public String fileName(YearMonth month) {
        return "rollcall-payroll-" + month + ".csv";
    }

    @Override
    public String mediaType() {
        return TableFormat.CSV.mediaType();
    }

    @Override
    public Pattern numbers() {
        return Pattern.compile(".+", Pattern.DOTALL);
    }

    @Override
    public void write(OutputStream out, YearMonth month, List<PayrollLine> lines) throws IOException {
        List<Item> items = new ArrayList<>();
        for (PayrollLine line : lines) {
            items.add(new Item(line, "REGULAR", line.ordinarySeconds()));
            if (line.overtimeSeconds() > 0) {
                items.add(new Item(line, "OVERTIME", line.overtimeSeconds()));
            }
        }
        List<Column<Item>> columns = List.of(
                new Column<>(
                        "employee_number",
                        Kind.TEXT,
                        item -> Cell.text(item.line().number())),
                new Column<>("name", Kind.TEXT, item -> Cell.text(item.line().name())),
                new Column<>("period_start", Kind.DATE, item -> new Cell.Day(month.atDay(1))),
                new Column<>("period_end", Kind.DATE, item -> new Cell.Day(month.atEndOfMonth())),
                new Column<>("pay_code", Kind.TEXT, item -> Cell.text(item.code())),
                new Column<>(
                        "hours", Kind.NUMBER, item -> new Cell.Decimal(CsvFile.hours(item.seconds(), HOUR_DIGITS))));
        TableFormat.CSV.write(out, "payroll", columns, items.iterator());
    }
}
