package dev.rollcall.recognition.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What lists of people say, however they are written. */
class PeopleListTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final String TEXT = "user_id;name;file\nmueller;Jürgen Müller;j.jpg\n";

    @Test
    void list_isReadInEveryEncodingThatSpreadsheetsWrite() throws Exception {
        Map<String, byte[]> written = Map.of(
                "UTF-8", TEXT.getBytes(StandardCharsets.UTF_8),
                "UTF-8 with mark", ("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_8),
                "UTF-16LE with mark", ("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_16LE),
                "UTF-16BE with mark", ("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_16BE),
                "UTF-16LE", TEXT.getBytes(StandardCharsets.UTF_16LE),
                "UTF-16BE", TEXT.getBytes(StandardCharsets.UTF_16BE),
                "Windows-1252", TEXT.getBytes(Charset.forName("windows-1252")));
        for (Map.Entry<String, byte[]> one : written.entrySet()) {
            PeopleList list = PeopleList.parse(one.getValue(), ZONE);

            assertThat(list.people()).as(one.getKey()).singleElement().satisfies(line -> assertThat(
                            line.identity().name().value())
                    .isEqualTo("Jürgen Müller"));
        }
    }

    @Test
    void separatorsLineEndsAndQuotes_makeNoDifference() throws Exception {
        PeopleList commas =
                parse("NAME, User ID ,file,shoe size\r\n\"Doe, \"\"Jane\"\"\",jane,\"a.jpg|b.jpg\",38\r\n\r\n");
        PeopleList tabs = parse("file\tname\tuser_id\ra.jpg|b.jpg\tDoe, \"\"Jane\"\"\tjane\r".replace("\"\"", "\"\""));

        assertThat(commas.people()).singleElement().satisfies(line -> {
            assertThat(line.identity().userId().value()).isEqualTo("jane");
            assertThat(line.identity().name().value()).isEqualTo("Doe, \"Jane\"");
            assertThat(line.files()).containsExactly("a.jpg", "b.jpg");
        });
        assertThat(tabs.people()).hasSize(1);
    }

    @Test
    void listsThatNameTooMuch_areRefusedAsAWhole() throws Exception {
        String faulty = "user_id\n" + "a b\n".repeat(PeopleList.MAX_PROBLEMS);
        String manyLines = "user_id\n" + "ann\n".repeat(PeopleList.MAX_ENTRIES);
        String manyFiles = "user_id,file\nann,a" + "|b".repeat(PeopleList.MAX_ENTRIES - 1) + "\n";

        assertThat(parse(faulty).problems()).hasSize(PeopleList.MAX_PROBLEMS);
        assertThat(parse(manyLines).people()).hasSize(PeopleList.MAX_ENTRIES);
        assertThat(parse(manyFiles).people()).hasSize(1);
        assertThatThrownBy(() -> parse(faulty + "a b\n")).hasMessageContaining("more than 10,000 lines");
        assertThatThrownBy(() -> parse(manyLines + "bob\n")).hasMessageContaining("more than 100,000 lines");
        assertThatThrownBy(() -> parse(manyFiles + "bob,c\n")).hasMessageContaining("more than 100,000 files");
    }

    @Test
    void consent_isADateInTheSitesTimeZoneOrAnInstant() throws Exception {
        PeopleList list = parse("user_id,consent_at\nann,2026-01-31\nbob,2026-01-31T08:00:00+01:00\ncid,yesterday\n");

        assertThat(list.people())
                .extracting(line -> line.identity().consentAt())
                .containsExactly(Instant.parse("2026-01-30T23:00:00Z"), Instant.parse("2026-01-31T07:00:00Z"));
        assertThat(list.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("line 4");
            assertThat(problem.code()).isEqualTo("LINE_INVALID");
            assertThat(problem.detail()).contains("consent_at");
        });
    }

    @Test
    void invalidLines_areToldByNumberAndTheOthersAreKept() throws Exception {
        PeopleList list = parse(
                "user_id,name,group\nann,Ann,\"two\nlines\"\n=1+1,Formula,x\n..,Dots,\n,,\nbob,Bob,red,more\nok,,\n");

        assertThat(list.people())
                .extracting(line -> line.identity().userId().value())
                .containsExactly("ok");
        assertThat(list.people()).extracting(PeopleList.Line::group).containsOnlyNulls();
        assertThat(list.problems())
                .extracting(FileResult::file)
                .containsExactly("line 2", "line 4", "line 5", "line 6", "line 7");
    }

    @Test
    void nameAlone_givesAUserIdThatIsTheSameEachTime() throws Exception {
        PeopleList list = parse("name\nJosé Núñez\n王秀英\n");

        List<String> ids = list.people().stream()
                .map(line -> line.identity().userId().value())
                .toList();
        assertThat(ids.get(0)).isEqualTo("Jose_Nunez");
        assertThat(ids.get(1))
                .matches("p-[0-9a-f]{16}")
                .isEqualTo(NamedPeople.userId("王秀英").value());
    }

    @Test
    void whatIsNoList_isRefusedWithTheReason() {
        assertThatThrownBy(() -> parse("")).hasMessage("the list of people is empty");
        assertThatThrownBy(() -> parse("ann,bob\n1,2\n")).hasMessageContaining("must name its columns");
        assertThatThrownBy(() -> parse("name,name\n1,2\n")).hasMessageContaining("two columns name");
        assertThatThrownBy(() -> PeopleList.parse(new byte[PeopleList.MAX_BYTES + 1], ZONE))
                .hasMessageContaining("larger than 4,000,000 bytes");
        assertThatThrownBy(() -> parse("user_id\n\"never closed")).hasMessageContaining("can't be read");
    }

    @Test
    void oneHugeLine_isAProblemOfThatLine() throws Exception {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        csv.writeBytes("user_id,name\nann,".getBytes(StandardCharsets.UTF_8));
        csv.writeBytes("x".repeat(3_000_000).getBytes(StandardCharsets.UTF_8));
        csv.writeBytes("\nbob,Bob\n".getBytes(StandardCharsets.UTF_8));

        PeopleList list = PeopleList.parse(csv.toByteArray(), ZONE);

        assertThat(list.people()).hasSize(1);
        assertThat(list.problems()).singleElement().satisfies(problem -> assertThat(problem.detail())
                .hasSizeLessThan(200));
    }

    private static PeopleList parse(String text) throws ListException {
        return PeopleList.parse(text.getBytes(StandardCharsets.UTF_8), ZONE);
    }
}
