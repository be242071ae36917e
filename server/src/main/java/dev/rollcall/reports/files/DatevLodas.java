package dev.rollcall.reports.files;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ASCII import of movement data of DATEV LODAS: a booking of hours for each person and wage type. All of it is ASCII.
 *
 * <p>Source: DATEV, "LODAS ASCII-Import", 94th edition, June 2026: the table {@code u_lod_bwd_buchung_standard}.
 *
 * @param consultant number of the tax consultant
 * @param client number of the client
 * @param wageType number of the wage type of ordinary hours
 * @param overtimeWageType that of overtime; null to report all hours as ordinary ones
 */
public record DatevLodas(
        String consultant,
        String client,
        String wageType,
        @Nullable String overtimeWageType) implements PayrollLayout {

    /** Personnel numbers are 1 to 99999. */
    private static final Pattern PERSONNEL_NUMBER = Pattern.compile("[1-9][0-9]{0,4}");

    /** The processing key of a booking of hours. */
    private static final String HOURS = "1";

    private static final String LINE_END = "\r\n";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd.MM.uuuu", Locale.ROOT);

    @Override
    public String fileName(YearMonth month) {
        return "datev-lodas-" + month + ".txt";
    }

    @Override
    public String mediaType() {
        return "text/plain;charset=UTF-8";
    }

    @Override
    public Pattern numbers() {
        return PERSONNEL_NUMBER;
    }

    @Override
    public void write(OutputStream out, YearMonth month, List<PayrollLine> lines) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII));
        for (String head : List.of(
                "[Allgemein]",
                "Ziel=LODAS",
                "Version_SST=1.0",
                "BeraterNr=" + consultant,
                "MandantenNr=" + client,
                "Datumsformat=TT.MM.JJJJ",
                "Feldtrennzeichen=;",
                "Zahlenkomma=,",
                "[Satzbeschreibung]",
                "1;u_lod_bwd_buchung_standard;abrechnung_zeitraum#bwd;bs_wert_butab#bwd;bs_nr#bwd;la_eigene#bwd;pnr#bwd;",
                "[Bewegungsdaten]")) {
            writer.write(head + LINE_END);
        }
        for (PayrollLine line : lines) {
            String other = overtimeWageType;
            long overtime = other == null ? 0 : line.overtimeSeconds();
            book(writer, month, line, line.ordinarySeconds() + line.overtimeSeconds() - overtime, wageType);
            if (other != null) {
                book(writer, month, line, overtime, other);
            }
        }
        writer.flush();
    }

    /** Writes a booking; none for no hours. */
    private static void book(Writer writer, YearMonth month, PayrollLine line, long seconds, String wageType)
            throws IOException {
        BigDecimal hours = CsvFile.hours(seconds, HOUR_DIGITS);
        if (hours.signum() > 0) {
            String value = hours.toPlainString().replace('.', ',');
            writer.write(String.join(";", "1", DATE.format(month.atDay(1)), value, HOURS, wageType, line.number(), "")
                    + LINE_END);
        }
    }
}
