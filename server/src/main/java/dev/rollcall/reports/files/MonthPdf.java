package dev.rollcall.reports.files;

import com.lowagie.text.Document;
import com.lowagie.text.Element;
import com.lowagie.text.Font;
import com.lowagie.text.HeaderFooter;
import com.lowagie.text.PageSize;
import com.lowagie.text.Paragraph;
import com.lowagie.text.Phrase;
import com.lowagie.text.Rectangle;
import com.lowagie.text.pdf.PdfPCell;
import com.lowagie.text.pdf.PdfPTable;
import com.lowagie.text.pdf.PdfWriter;
import dev.rollcall.reports.PersonDay;
import dev.rollcall.reports.PersonMonth;
import dev.rollcall.reports.Sheets;
import dev.rollcall.reports.Totals;
import dev.rollcall.schedule.DaySheet;
import dev.rollcall.schedule.DayStatus;
import dev.rollcall.schedule.Hours;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person's month on a page of A4 to be signed, as PDF with its font in it. The name is also in the file's properties, exactly as it was
 * given. For one thread.
 */
public final class MonthPdf {

    private static final float MARGIN = 40;
    private static final float TEXT = 8;
    private static final float HEADING = 14;
    private static final float SPACE = 10;
    private static final float SIGNATURE = 45;
    private static final float PADDING = 2.2f;
    private static final float FULL_WIDTH = 100;
    private static final float HAIRLINE = 0.25f;
    private static final float LINE = 0.75f;
    private static final float[] WIDTHS = {2.9f, 4.4f, 1.6f, 1.8f, 1.6f, 2, 1.7f, 2.3f};
    private static final List<String> HEADS =
            List.of("date", "status", "in", "out", "break", "worked", "planned", "overtime");

    private final Words words;
    private final SheetFont font;

    private MonthPdf(Words words, SheetFont font) {
        this.words = words;
        this.font = font;
    }

    /**
     * Makes a sheet, of some 30 kB.
     *
     * @param report of all days of the month
     * @param now when it is printed
     */
    public static byte[] of(Sheets.Report report, YearMonth month, Words words, Instant now) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        new MonthPdf(words, SheetFont.read()).print(file, report, month, now);
        return file.toByteArray();
    }

    private void print(OutputStream out, Sheets.Report report, YearMonth month, Instant now) {
        PersonMonth person = report.sums();
        ZoneId zone = report.days().get(0).zone();
        String title = words.of("title") + " " + monthName(month);
        Document document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN);
        PdfWriter.getInstance(document, out);
        document.addTitle(title);
        document.addSubject(person.name() + " (" + person.userId().value() + ")");
        document.addCreator("Rollcall");
        String[] page = words.of("page").split("\\{0\\}", -1);
        HeaderFooter footer = new HeaderFooter(
                new Phrase(person.userId().value() + " · " + month + " · " + page[0], font.size(TEXT)),
                new Phrase(page[page.length - 1], font.size(TEXT)));
        footer.setBorder(Rectangle.NO_BORDER);
        document.setFooter(footer);
        document.open();
        document.add(new Paragraph(title, font.size(HEADING)));
        document.add(who(person, zone));
        document.add(days(report));
        notes(document, report, now.atZone(zone));
        document.add(signatures());
        document.close();
    }

    private String monthName(YearMonth month) {
        return month.format(DateTimeFormatter.ofPattern("LLLL uuuu", words.language()));
    }

    private PdfPTable who(PersonMonth person, ZoneId zone) {
        PdfPTable table = table(new float[] {2, 3.6f, 1.4f, 3.8f});
        pair(table, "person", person.name());
        pair(table, "number", person.userId().value());
        pair(table, "external_id", person.externalId());
        pair(table, "group", person.group());
        pair(table, "site", person.site());
        pair(table, "time_zone", zone.getId());
        return table;
    }

    private void pair(PdfPTable table, String key, @Nullable String value) {
        table.addCell(cell(words.of(key), Element.ALIGN_LEFT, Rectangle.NO_BORDER));
        table.addCell(cell(value == null ? "–" : font.shown(value), Element.ALIGN_LEFT, Rectangle.NO_BORDER));
    }

    private PdfPTable days(Sheets.Report report) {
        PdfPTable table = table(WIDTHS);
        table.setHeaderRows(1);
        for (int i = 0; i < HEADS.size(); i++) {
            row(table, words.of(HEADS.get(i)), i, LINE);
        }
        for (PersonDay day : report.days()) {
            List<String> cells = cells(day);
            for (int i = 0; i < cells.size(); i++) {
                row(table, cells.get(i), i, HAIRLINE);
            }
        }
        Totals totals = report.sums().totals();
        List<String> sums = List.of(
                words.of("total"),
                "",
                "",
                "",
                Clocks.hours(totals.hours().unpaidBreak()),
                Clocks.hours(totals.hours().worked()),
                Clocks.hours(totals.plannedSeconds()),
                Clocks.hours(totals.hours().overtime()));
        for (int i = 0; i < sums.size(); i++) {
            row(table, sums.get(i), i, LINE);
        }
        return table;
    }

    private void row(PdfPTable table, String text, int column, float line) {
        PdfPCell cell = cell(text, column < 2 ? Element.ALIGN_LEFT : Element.ALIGN_RIGHT, Rectangle.BOTTOM);
        cell.setBorderWidth(line);
        table.addCell(cell);
    }

    /** In German a day of the month has a full stop. */
    private String datePattern() {
        return words.language().getLanguage().equals("de") ? "EEE d. MMM" : "EEE d MMM";
    }

    private List<String> cells(PersonDay day) {
        DaySheet sheet = day.sheet();
        LocalDate date = sheet.plan().date();
        Hours hours = sheet.hours();
        Long planned = sheet.plan().plannedSeconds();
        return List.of(
                date.format(DateTimeFormatter.ofPattern(datePattern(), words.language()))
                        + (sheet.isCorrected() ? " *" : ""),
                status(sheet),
                clock(sheet.firstIn(), day.zone(), date),
                clock(sheet.lastOut(), day.zone(), date),
                hours == null ? "" : Clocks.hours(hours.unpaidBreak()),
                hours == null ? "" : Clocks.hours(hours.worked()),
                planned == null || sheet.status() == null ? "" : Clocks.hours(planned),
                hours == null || hours.overtime() == 0 ? "" : Clocks.hours(hours.overtime()));
    }

    private String status(DaySheet sheet) {
        DayStatus status = sheet.status();
        String holiday = sheet.plan().holiday();
        if (holiday != null && status != DayStatus.INCOMPLETE) {
            return font.shown(holiday);
        }
        return status == null ? "" : words.of("status." + Columns.word(status));
    }

    private static String clock(@Nullable Instant at, ZoneId zone, LocalDate date) {
        return at == null ? "" : Clocks.time(at, zone, date);
    }

    private void notes(Document document, Sheets.Report report, ZonedDateTime now) {
        if (report.days().stream().anyMatch(day -> day.sheet().isCorrected())) {
            document.add(note(words.of("corrected")));
        }
        if (report.sums().totals().unknownDays() > 0) {
            document.add(note(words.of("unknown", report.sums().totals().unknownDays())));
        }
        if (font.hasMissed()) {
            document.add(note(words.of("missing")));
        }
        DateTimeFormatter printed = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(words.language());
        document.add(note(words.of("printed", font.shown(now.format(printed)))));
    }

    private Paragraph note(String text) {
        return new Paragraph(TEXT + PADDING, text, font.size(TEXT));
    }

    private PdfPTable signatures() {
        PdfPTable table = table(new float[] {10, 1, 10});
        table.setSpacingBefore(SIGNATURE);
        table.setKeepTogether(true);
        table.addCell(cell(words.of("signature.person"), Element.ALIGN_LEFT, Rectangle.TOP));
        table.addCell(cell("", Element.ALIGN_LEFT, Rectangle.NO_BORDER));
        table.addCell(cell(words.of("signature.office"), Element.ALIGN_LEFT, Rectangle.TOP));
        return table;
    }

    private static PdfPTable table(float[] widths) {
        PdfPTable table = new PdfPTable(widths);
        table.setWidthPercentage(FULL_WIDTH);
        table.setSpacingBefore(SPACE);
        table.setSpacingAfter(SPACE);
        return table;
    }

    /** A cell whose text has Hebrew and Arabic in their own direction. */
    private PdfPCell cell(String text, int alignment, int border) {
        Font size = font.size(TEXT);
        PdfPCell cell = new PdfPCell(new Phrase(text, size));
        cell.setRunDirection(PdfWriter.RUN_DIRECTION_LTR);
        cell.setHorizontalAlignment(alignment);
        cell.setBorder(border);
        cell.setBorderWidth(LINE);
        cell.setPadding(PADDING);
        return cell;
    }
}
