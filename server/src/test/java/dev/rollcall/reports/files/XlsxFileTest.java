package dev.rollcall.reports.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.reports.files.Column.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.Test;

class XlsxFileTest {

    private static final Column<String> TEXT = new Column<>("text", Kind.TEXT, Cell::text);

    @Test
    void marks_haveRealTimesAndTextsThatStayTexts() throws Exception {
        List<Row> rows = read(
                written(Columns.MARKS, List.of(MadeUpRows.mark(1, "geronimo", "=1+1"), MadeUpRows.replacedMark(3))));

        assertThat(texts(rows.get(0)))
                .isEqualTo(Columns.MARKS.stream().map(Column::name).toList());
        Row mark = rows.get(1);
        assertThat(mark.getCell(0).asNumber().longValue()).isEqualTo(1);
        assertThat(mark.getCell(2).getType()).isEqualTo(CellType.STRING);
        assertThat(mark.getCell(2).asString()).isEqualTo("=1+1");
        assertThat(mark.getCell(3).asDate()).isEqualTo(LocalDateTime.parse("2026-10-05T08:12:40.120"));
        assertThat(mark.getCell(3).getDataFormatString()).isEqualTo("yyyy-mm-dd hh:mm:ss");
        assertThat(mark.getCell(6).asDate()).isEqualTo(MadeUpRows.MONDAY.atStartOfDay());
        assertThat(rows.get(2).getOptionalCell(2)).isEmpty();
    }

    @Test
    void durations_areFractionsOfADayWithTheFormatOfHours() throws Exception {
        List<Row> rows = read(written(Columns.DAYS, List.of(MadeUpRows.lateDay("geronimo", "Geronimo"))));

        int worked = texts(rows.get(0)).indexOf("worked_hours");
        assertThat(rows.get(1).getCell(worked).asNumber().doubleValue() * 86_400)
                .isCloseTo(28_102, within(0.001));
        assertThat(rows.get(1).getCell(worked).getDataFormatString()).isEqualTo("[h]:mm:ss");
        int corrected = texts(rows.get(0)).indexOf("corrected");
        assertThat(rows.get(1).getCell(corrected).asBoolean()).isFalse();
    }

    @Property(tries = 100)
    void text_isReadAsItWas(@ForAll("texts") String text) throws Exception {
        List<Row> rows = read(written(List.of(TEXT), List.of("before" + text)));

        assertThat(rows.get(1).getCell(0).asString()).isEqualTo("before" + text);
    }

    /** Texts without what XML can't have. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().map(text -> text.codePoints()
                        .filter(c -> (c >= 0x20 && !(c >= 0xd800 && c <= 0xdfff) && c < 0xfffe) || c > 0xffff)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()),
                Arbitraries.strings().withChars("<>&'\"=+ ]_x"));
    }

    @Test
    void charactersThatXmlCannotHave_areLeftOut() throws Exception {
        List<Row> rows = read(written(List.of(TEXT), List.of("a\u0000b\u001fc\ufffe")));

        assertThat(rows.get(1).getCell(0).asString()).isEqualTo("abc");
    }

    @Test
    void codeOfACharacter_isEscaped() throws Exception {
        List<Row> rows = read(written(List.of(TEXT), List.of("a_x0041_b_x41_")));

        assertThat(rows.get(1).getCell(0).asString()).isEqualTo("a_x005F_x0041_b_x41_");
    }

    @Test
    void moreRowsThanAWorksheetHas_goOnOnAnotherOne() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> numbers =
                IntStream.range(0, 1005).mapToObj(Integer::toString).toList();

        TableFile.write(new XlsxFile(out, "numbers", List.of(TEXT), 501), List.of(TEXT), numbers.iterator());

        List<String> found = new ArrayList<>();
        List<String> sheets = new ArrayList<>();
        try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
            for (Sheet sheet : workbook.getSheets().toList()) {
                sheets.add(sheet.getName());
                List<Row> rows = sheet.read();
                assertThat(rows).hasSizeLessThanOrEqualTo(501);
                rows.stream().skip(1).forEach(row -> found.add(row.getCellText(0)));
            }
        }
        assertThat(sheets).containsExactly("numbers", "numbers 2", "numbers 3");
        assertThat(found).isEqualTo(numbers);
    }

    @Test
    void streamThatTakesNoMore_endsTheReadingOfRows() {
        int[] asked = {0};
        Iterator<String> endless = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public String next() {
                return "row " + asked[0]++;
            }
        };
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int written) throws IOException {
                throw new IOException("closed");
            }
        };

        for (TableFormat format : TableFormat.values()) {
            asked[0] = 0;
            assertThatThrownBy(() -> format.write(closed, "endless", List.of(TEXT), endless))
                    .isInstanceOf(IOException.class);
            assertThat(asked[0]).isLessThan(20_000);
        }
    }

    private static List<String> texts(Row row) {
        return row.stream().map(cell -> cell.asString()).toList();
    }

    private static <R> byte[] written(List<Column<R>> columns, List<R> rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        TableFormat.XLSX.write(out, "test", columns, rows.iterator());
        return out.toByteArray();
    }

    private static List<Row> read(byte[] file) throws IOException {
        try (ReadableWorkbook workbook =
                new ReadableWorkbook(new ByteArrayInputStream(file), new ReadingOptions(true, false))) {
            return workbook.getFirstSheet().read();
        }
    }
}
