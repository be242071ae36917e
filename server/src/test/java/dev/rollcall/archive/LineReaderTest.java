package dev.rollcall.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of files that are not what they say. */
class LineReaderTest {

    @TempDir
    Path folder;

    @Test
    void lines_areReadOneByOne() throws Exception {
        try (LineReader lines = new LineReader(file("one\n\nthree ü\n".getBytes(StandardCharsets.UTF_8)))) {
            assertThat(LineReader.text(next(lines))).isEqualTo("one");
            assertThat(LineReader.text(next(lines))).isEmpty();
            assertThat(LineReader.text(next(lines))).isEqualTo("three ü");
            assertThat(lines.next()).isNull();
        }
    }

    @Test
    void lineWithoutEnd_isRefusedAtTheLimit() throws Exception {
        byte[] most = new byte[LineReader.MAX_LINE + 1];
        Arrays.fill(most, (byte) 'x');
        most[LineReader.MAX_LINE] = '\n';
        try (LineReader lines = new LineReader(file(most))) {
            assertThat(next(lines)).hasSize(LineReader.MAX_LINE);
        }
        byte[] more = new byte[20 * LineReader.MAX_LINE];
        try (LineReader lines = new LineReader(file(more))) {
            assertThatThrownBy(lines::next)
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining("more than 1000000 bytes");
        }
    }

    @Test
    void bytesThatAreNoText_areRefused() {
        for (int[] bytes : new int[][] {{0xff}, {0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0xc3}}) {
            byte[] line = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                line[i] = (byte) bytes[i];
            }
            assertThatThrownBy(() -> LineReader.text(line))
                    .isInstanceOf(ArchiveException.class)
                    .hasMessageContaining("no text in UTF-8");
        }
    }

    @Test
    void fileThatEndsWithinALine_isIncomplete() throws Exception {
        try (LineReader lines = new LineReader(file("one\ntwo".getBytes(StandardCharsets.UTF_8)))) {
            lines.next();
            assertThatThrownBy(lines::next).isInstanceOf(ArchiveException.class).hasMessageContaining("cut off");
        }
    }

    @Test
    void changedBytes_areRefusedOrRead() throws Exception {
        byte[] content = Files.readAllBytes(file("a line of text\nand another\n".getBytes(StandardCharsets.UTF_8)));
        for (int place = 0; place < content.length; place++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = content.clone();
                changed[place] ^= (byte) (1 << bit);
                Path file = Files.write(folder.resolve("changed.gz"), changed);
                try (LineReader lines = new LineReader(file)) {
                    for (byte[] line = lines.next(); line != null; line = lines.next()) {
                        assertThat(line.length).isLessThan(1000);
                    }
                } catch (ArchiveException e) {
                    assertThat(e.getMessage()).containsAnyOf("the export is", "is not a Rollcall export");
                }
            }
        }
    }

    private static byte[] next(LineReader lines) throws IOException, ArchiveException {
        byte[] line = lines.next();
        assertThat(line).isNotNull();
        return line == null ? new byte[0] : line;
    }

    private Path file(byte[] content) throws IOException {
        Path file = folder.resolve("lines.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content);
        }
        return file;
    }
}
