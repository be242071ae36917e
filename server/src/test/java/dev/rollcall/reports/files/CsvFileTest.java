package dev.rollcall.reports.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.reports.files.Column.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {

    private static final Column<String> TEXT = new Column<>("text", Kind.TEXT, Cell::text);
    private static final Column<String> AFTER = new Column<>("after", Kind.TEXT, row -> Cell.text("end"));

    @Test
    void marks_areTheGoldenFile() throws Exception {
        byte[] file = written(
                Columns.MARKS,
                List.of(
                        MadeUpRows.mark(1, "geronimo", "Geronimo \"Gero\", Jr."),
                        MadeUpRows.mark(2, "@cmd", "=HYPERLINK(\"http://example.org\")"),
                        MadeUpRows.replacedMark(3)));

        Golden.assertSame("marks.csv", file);
        assertThat(read(file)).hasSize(3).allSatisfy(row -> assertThat(row.size())
                .isEqualTo(Columns.MARKS.size()));
    }

    @Test
    void days_areTheGoldenFile() throws Exception {
        byte[] file = written(
                Columns.DAYS,
                List.of(
                        MadeUpRows.lateDay("geronimo", "Geronimo"),
                        MadeUpRows.holiday("geronimo", "Geronimo"),
                        MadeUpRows.incompleteDay("geronimo", "Geronimo")));

        Golden.assertSame("days.csv", file);
        assertThat(read(file).get(0).get("worked_hours")).isEqualTo("7.8061");
    }

    @Test
    void months_areTheGoldenFile() throws Exception {
        byte[] file = written(Columns.MONTHS, List.of(MadeUpRows.month("geronimo", "1042", "Γερόνιμο Жеронимо")));

        Golden.assertSame("months.csv", file);
        assertThat(read(file).get(0).get("name")).isEqualTo("Γερόνιμο Жеронимо");
    }

    @Property(tries = 500)
    void text_isReadAsItWasOrDefused(@ForAll("texts") String text) throws Exception {
        List<CSVRecord> rows = read(written(List.of(TEXT, AFTER), List.of(text)));

        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).get("text")).isEqualTo(Formulas.defused(text));
        assertThat(rows.get(0).get("after")).isEqualTo("end");
    }

    /** Texts of UTF-16 without halves of characters, often with signs that mean something in CSV or to a spreadsheet. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().filter(text -> text.codePoints()
                        .noneMatch(c -> c >= 0xd800 && c <= 0xdfff)),
                Arbitraries.strings().withChars("=+-@\t\r\n\",;' \u00a0a1\uff1d\u200b|"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "\n=1",
                " =1",
                "\u00a0\u00a0=1",
                "\u3000=1",
                "\ufeff=1",
                "\u200b=1",
                "\uff1d1",
                "\uff0b1",
                "\uff0d1",
                "\uff20SUM",
                "-2+3+cmd|' /C calc'!A0"
            })
    void formula_isDefused(String text) {
        assertThat(Formulas.defused(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a;=1+1         | a;'=1+1
            a; =1          | a;' =1
            a;"=1          | a;'"=1
            a;""@SUM(A1);b | a;'""@SUM(A1);b
            =1;-2          | '=1;'-2
            a;b=1          | a;b=1
            a;;            | a;;
            """)
    void formulaBehindASemicolon_isDefused(String text, String defused) {
        assertThat(Formulas.defused(text)).isEqualTo(defused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ann", "a=1", "1-2", "'=1", "  ", "Jean-Luc", "ann@example.org", "\u2212"})
    void otherText_staysAsItIs(String text) {
        assertThat(Formulas.defused(text)).isEqualTo(text);
    }

    @Test
    void nothing_isAnEmptyCell() throws Exception {
        String file = new String(
                written(List.of(AFTER, new Column<String>("none", Kind.NUMBER, row -> Cell.NONE), AFTER), List.of("")),
                StandardCharsets.UTF_8);

        assertThat(file).isEqualTo("after,none,after\r\nend,,end\r\n");
    }

    private static <R> byte[] written(List<Column<R>> columns, List<R> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TableFormat.CSV.write(out, "test", columns, rows.iterator());
        return out.toByteArray();
    }

    private static List<CSVRecord> read(byte[] file) throws IOException {
        return CSVFormat.RFC4180
                .builder()
                .setHeader()
                .get()
                .parse(new StringReader(new String(file, StandardCharsets.UTF_8)))
                .getRecords();
    }
}
