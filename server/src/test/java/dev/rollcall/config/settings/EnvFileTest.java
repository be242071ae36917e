package dev.rollcall.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '~',
            value = {
                "A=b ~ b",
                "A = b ~ b",
                "A: b ~ b",
                "export A=b ~ b",
                "A=b # comment ~ b",
                "A=b#c ~ b#c",
                "A=#c ~ #c",
                "A= # comment ~ ``",
                "A= ~ ``",
                "A=\"b # c\" # comment ~ b # c",
                "A='b # c' ~ b # c",
                "A='b\\n' ~ b\\n",
                "A='it\\'s' ~ it's",
                "A=\"say \\\"b\\\"\" ~ say \"b\"",
                "A=\"\\\\ \\$ \\x\" ~ \\ $ \\x",
                "A=$B${C} ~ $B${C}",
                "A=b=c ~ b=c",
                "A=it's ~ it's",
                "A=schlüssel ~ schlüssel"
            })
    void value_isReadAsDockerComposeReadsIt(String line, String value) throws Exception {
        assertThat(read(line + "\n").entries()).containsExactlyEntriesOf(Map.of("A", value));
    }

    @Test
    void lineEndsOfAllSystems_byteOrderMarkAndComments_areNoPartOfValues() throws Exception {
        assertThat(read("\ufeffA=b\r\n\r\n # comment\r\nB='c'\r\nexport C\r\nD=e\rE=f")
                        .entries())
                .isEqualTo(Map.of("A", "b", "B", "c", "D", "e", "E", "f"));
    }

    @Test
    void quotedValue_mayHaveSeveralLines() throws Exception {
        assertThat(read("A=\"b\nc\\nd\"\nB='e\nf'\n").entries()).isEqualTo(Map.of("A", "b\nc\nd", "B", "e\nf"));
    }

    @Test
    void lastOfSeveralValues_counts() throws Exception {
        assertThat(read("A=b\nA=c\n").entries()).isEqualTo(Map.of("A", "c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"A=b\nnonsense here\n", "A=b\n=c\n", "A=b\nB='c\n", "A=b\nB=\"c\" d\n", "A=b\n1B=c\n"})
    void lineOfNoForm_isToldByItsNumberWithoutItsText(String text) throws Exception {
        assertThat(read(text).problems())
                .singleElement()
                .asString()
                .contains(".env, line 2: ")
                .doesNotContain("nonsense");
    }

    @Test
    void fileThatIsNotText_isToldInASentence() throws Exception {
        Path file = Files.write(folder.resolve(".env"), "A=\u00e4".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(EnvFile.read(file).problems()).singleElement().asString().contains("is not text in UTF-8");
    }

    @Test
    void escapeThatTheFrameworkFailsOn_isToldInASentence() throws Exception {
        assertThat(read("A='C:\\users'\n").problems())
                .singleElement()
                .asString()
                .contains("\\u");
        assertThat(read("A=\"C:\\\\users\"\n").entries()).isEqualTo(Map.of("A", "C:\\users"));
    }

    @Test
    void folderInPlaceOfTheFile_isToldInASentence() {
        assertThat(EnvFile.read(folder).problems()).singleElement().asString().contains("it is a folder");
    }

    @Test
    void missingFile_isEmpty() {
        EnvFile.Content content = EnvFile.read(folder.resolve(".env"));

        assertThat(content.entries()).isEmpty();
        assertThat(content.problems()).isEmpty();
    }

    private EnvFile.Content read(String text) throws Exception {
        return EnvFile.read(Files.writeString(folder.resolve(".env"), text));
    }
}
