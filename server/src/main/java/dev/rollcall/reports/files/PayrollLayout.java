package dev.rollcall.reports.files;

import java.io.IOException;
import java.io.OutputStream;
import java.time.YearMonth;
import java.util.List;
import java.util.regex.Pattern;

/** A layout of monthly hours that payroll systems read. */
public sealed interface PayrollLayout permits GenericPayroll, DatevLodas, AdpPaydata {

    /** Hours have so many digits after the point. */
    int HOUR_DIGITS = 2;

    /** The file's name. */
    String fileName(YearMonth month);

    String mediaType();

    /** The numbers of people that the system takes. */
    Pattern numbers();

    /** The same text for all forms of a number that the system takes for one. */
    default String canonical(String number) {
        return number;
    }

    /**
     * Writes the file.
     *
     * @throws IOException if the stream takes no more
     */
    void write(OutputStream out, YearMonth month, List<PayrollLine> lines) throws IOException;
}
