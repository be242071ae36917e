package dev.rollcall.reports.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.reports.PersonDay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendarFileTest {

    private static final Instant NOW = Instant.parse("2026-11-02T09:00:00Z");

    @Test
    void days_areTheGoldenFile() throws Exception {
        Golden.assertSame(
                "days.ics",
                written(List.of(
                        MadeUpRows.lateDay("geronimo", "Geronimo; the \"first\", Γερόνιμο"),
                        MadeUpRows.holiday("geronimo", "Geronimo"),
                        MadeUpRows.incompleteDay("geronimo", "Geronimo"))));
    }

    @Test
    void anyText_isReadAsItWas() throws Exception {
        List<PersonDay> days = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String naughty : NaughtyStrings.all()) {
            days.add(MadeUpRows.holiday("geronimo", "Ann", naughty));
            String printable = naughty.codePoints()
                    .filter(point -> point == '\n' || !Character.isISOControl(point))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            expected.add(naughty.isEmpty() ? "Ann" : "Ann: " + printable);
        }

        byte[] file = written(days);

        assertThat(new String(file, StandardCharsets.UTF_8).split("\r\n", -1))
                .allSatisfy(line ->
                        assertThat(line.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(75));
        assertThat(values(file, "SUMMARY:")).hasSizeGreaterThan(500).isEqualTo(expected);
    }

    @Test
    void holidayOnWhichAMarkIsMissing_saysThat() throws Exception {
        byte[] file = written(List.of(MadeUpRows.incompleteDay("ann", "Ann", "National Day")));

        assertThat(values(file, "SUMMARY:")).containsExactly("Ann: A mark is missing");
    }

    /** RFC 5545, 3.6.1: an event ends after its start. */
    @Test
    void marksWithinOneSecond_haveNoEnd() throws Exception {
        byte[] file = written(List.of(MadeUpRows.shortDay("ann", "Ann")));

        assertThat(values(file, "DTSTART:")).containsExactly("20261014T060000Z");
        assertThat(values(file, "DTEND:")).isEmpty();
    }

    @Test
    void dayOfAnotherPerson_hasAnotherId() throws Exception {
        byte[] file = written(List.of(MadeUpRows.lateDay("ann", "Ann"), MadeUpRows.lateDay("bob", "Bob")));

        assertThat(values(file, "UID:"))
                .containsExactly("ann-2026-10-05@5f1d.rollcall", "bob-2026-10-05@5f1d.rollcall");
    }

    @Test
    void dayInAnotherDatabase_hasAnotherId() throws Exception {
        List<PersonDay> days = List.of(MadeUpRows.lateDay("ann", "Ann"));

        assertThat(values(written(days, "one"), "UID:")).isNotEqualTo(values(written(days, "two"), "UID:"));
    }

    private static byte[] written(List<PersonDay> days) throws IOException {
        return written(days, "5f1d");
    }

    private static byte[] written(List<PersonDay> days, String database) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CalendarFile.write(out, days.iterator(), Words.in("en").orElseThrow(), new CalendarFile.Stamp(database, NOW));
        return out.toByteArray();
    }

    /** The values of all lines with a name, as RFC 5545 says to read them: lines unfolded, then escapes resolved. */
    private static List<String> values(byte[] file, String name) {
        List<String> values = new ArrayList<>();
        for (String line :
                new String(file, StandardCharsets.UTF_8).replace("\r\n ", "").split("\r\n", -1)) {
            if (line.startsWith(name)) {
                values.add(unescaped(line.substring(name.length())));
            }
        }
        return values;
    }

    private static String unescaped(String text) {
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '\\') {
                i++;
                value.append(text.charAt(i) == 'n' ? '\n' : text.charAt(i));
            } else {
                value.append(next);
            }
        }
        return value.toString();
    }
}
