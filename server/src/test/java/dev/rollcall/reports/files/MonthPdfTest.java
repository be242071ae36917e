package dev.rollcall.reports.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import dev.rollcall.reports.PersonDay;
import dev.rollcall.reports.Sheets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MonthPdfTest {

    private static final YearMonth OCTOBER = YearMonth.of(2026, 10);
    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");

    @Test
    void sheet_hasDaysSumsAndPlacesToSign() throws Exception {
        byte[] file = written(report("geronimo", "Geronimo", days("Geronimo")), "en");

        String text = text(file);
        assertThat(text)
                .contains("Month sheet October 2026", "geronimo", "1042", "Europe/Madrid")
                .contains("Mon 5 Oct", "Late", "08:12", "16:31", "0:30", "7:48", "8:30")
                .contains("National Day", "A mark is missing", "167:15", "176:00", "1:30")
                .contains("Date and signature of the person", "Date and signature of the employer", "Page 1")
                .doesNotContain(SheetFont.SQUARE);
        assertThat(new PdfReader(file).getNumberOfPages()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"de,Monatsblatt Oktober 2026,Verspätet", "es,Hoja del mes octubre 2026,Con retraso"})
    void words_areOfTheLanguage(String language, String title, String late) throws Exception {
        assertThat(text(written(report("geronimo", "Geronimo", days("Geronimo")), language)))
                .contains(title, late);
    }

    @ParameterizedTest
    @CsvSource({"en,Personnel number,Overtime", "de,Personalnummer,Überstunden", "es,Número de personal,Horas extra"})
    void longWords_areOnOneLine(String language, String number, String overtime) throws Exception {
        assertThat(text(written(report("geronimo", "Geronimo", days("Geronimo")), language)))
                .contains(number, overtime);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Müller-Łukasz Þór", "Жеронимо Ђорђе", "Γερόνιμο Άννα", "Ștefan Ğöksu", "Nguyễn"})
    void nameOfAnEuropeanScript_isPrinted(String name) throws Exception {
        assertThat(text(written(report("p1", name, days(name)), "en")))
                .contains(name)
                .doesNotContain(SheetFont.SQUARE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"山田太郎", "😀", "வணக்கம்"})
    void nameThatTheFontDoesNotHave_isInTheProperties(String name) throws Exception {
        byte[] file = written(report("p1.x", name, days(name)), "en");

        assertThat(text(file)).contains("p1.x", SheetFont.SQUARE, "the number tells who is meant");
        assertThat(new PdfReader(file).getInfo().get("Subject")).isEqualTo(name + " (p1.x)");
    }

    @Test
    void holidayOnWhichAMarkIsMissing_saysThat() throws Exception {
        List<PersonDay> days = List.of(MadeUpRows.incompleteDay("ann", "Ann", "National Day"));

        assertThat(text(written(report("ann", "Ann", days), "en")))
                .contains("A mark is missing", "08:00")
                .doesNotContain("National Day");
    }

    @Test
    void fontIsInTheFile() throws Exception {
        byte[] file = written(report("geronimo", "Geronimo", days("Geronimo")), "en");

        assertThat(new String(file, StandardCharsets.ISO_8859_1)).contains("+DejaVuSans", "/FontFile2");
        assertThat(file).hasSizeLessThan(60_000);
    }

    @Test
    void anyText_isPrintedWithoutAnError() throws Exception {
        List<PersonDay> days = new ArrayList<>();
        for (String naughty : NaughtyStrings.all()) {
            days.add(MadeUpRows.holiday("geronimo", naughty, naughty));
        }

        byte[] file = written(report("geronimo", "Geronimo", days), "en");

        assertThat(days).hasSizeGreaterThan(500);
        PdfReader reader = new PdfReader(file);
        for (int page = 1; page <= reader.getNumberOfPages(); page++) {
            assertThat(new PdfTextExtractor(reader).getTextFromPage(page)).contains("geronimo · 2026-10");
        }
    }

    private static List<PersonDay> days(String name) {
        return List.of(
                MadeUpRows.lateDay("geronimo", name),
                MadeUpRows.holiday("geronimo", name),
                MadeUpRows.incompleteDay("geronimo", name));
    }

    private static Sheets.Report report(String userId, String name, List<PersonDay> days) {
        return new Sheets.Report(MadeUpRows.month(userId, "1042", name), days);
    }

    private static byte[] written(Sheets.Report report, String language) {
        return MonthPdf.of(report, OCTOBER, Words.in(language).orElseThrow(), NOW);
    }

    private static String text(byte[] file) throws IOException {
        return new PdfTextExtractor(new PdfReader(file)).getTextFromPage(1);
    }
}
