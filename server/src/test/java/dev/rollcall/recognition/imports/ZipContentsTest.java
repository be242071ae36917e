package dev.rollcall.recognition.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.recognition.bulk.ListException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;

/** What is read from zip files, hostile ones too. */
class ZipContentsTest extends ZipFixture {

    private static byte[] symlink() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            ZipArchiveEntry entry = new ZipArchiveEntry("ann.jpg");
            entry.setUnixMode(0120777);
            zip.putArchiveEntry(entry);
            zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    @Test
    void files_areReadInTheirOrderWithoutFoldersAndHiddenFiles() throws Exception {
        read(new Zips()
                .with("ann/", "")
                .with("ann/1.jpg", "one")
                .with(".DS_Store", "x")
                .with("__MACOSX/ann/1.jpg", "x")
                .with("bob.png", "two")
                .bytes());

        assertThat(files).containsExactly(Map.entry("ann/1.jpg", "one"), Map.entry("bob.png", "two"));
        assertThat(problems).isEmpty();
    }

    @Test
    void pathTricks_areRefusedOneByOne() throws Exception {
        read(new Zips()
                .with("../../etc/passwd", "x")
                .with("/etc/shadow", "x")
                .with("C:\\windows\\a.jpg", "x")
                .with("ann/../../b.jpg", "x")
                .with("a\u0000b.jpg", "x")
                .with("fine\\1.jpg", "fine")
                .bytes());

        assertThat(problems)
                .containsExactly(
                        "0 ../../etc/passwd PATH_INVALID",
                        "1 /etc/shadow PATH_INVALID",
                        "2 C:/windows/a.jpg PATH_INVALID",
                        "3 ann/../../b.jpg PATH_INVALID",
                        "4 a?b.jpg PATH_INVALID");
        assertThat(files).containsOnlyKeys("fine/1.jpg");
    }

    @Test
    void secondFileOfAName_isRefusedAndTheFirstStays() throws Exception {
        byte[] zip = Zips.replaced(
                new Zips().with("a1.jpg", "first").with("a2.jpg", "second").bytes(), "a2.jpg", "a1.jpg");

        read(zip);

        assertThat(files).containsExactly(Map.entry("a1.jpg", "first"));
        assertThat(problems).containsExactly("1 a1.jpg NAME_REPEATED");
    }

    @Test
    void otherBodies_areNoZipFiles() {
        assertThatThrownBy(() -> read("{\"not\": \"a zip\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ListException.class);
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(ListException.class);
        assertThatThrownBy(() -> read(new byte[200_000])).isInstanceOf(ListException.class);
    }

    @Test
    void bomb_isRefusedByItsRatioBeforeItIsUnpacked() {
        byte[] zip = new Zips().with("ann.jpg", new byte[9_000_000]).bytes();

        assertThatThrownBy(() -> read(zip))
                .isInstanceOf(ListException.class)
                .hasMessageContaining("more than 100 times");
    }

    @Test
    void tooManyBytes_areRefused() {
        byte[] noise = new byte[900_000];
        new Random(1).nextBytes(noise);
        Zips zip = new Zips();
        for (int i = 0; i < 12; i++) {
            zip.with(i + ".jpg", noise);
        }

        assertThatThrownBy(() -> read(zip.bytes()))
                .isInstanceOf(ListException.class)
                .hasMessageContaining("10,000,000 bytes");
    }

    @Test
    void tooManyFiles_areRefused() {
        Zips zip = new Zips();
        for (int i = 0; i < 101; i++) {
            zip.with("folder" + i + "/", "");
        }

        assertThatThrownBy(() -> read(zip.bytes()))
                .isInstanceOf(ListException.class)
                .hasMessage("the zip file has more than 100 files");
    }

    @Test
    void namesThatTakeTooMuchMemory_areRefused() {
        Zips zip = new Zips();
        for (int i = 0; i < 90; i++) {
            zip.with("x".repeat(500) + i, "");
        }

        assertThatThrownBy(() -> read(zip.bytes()))
                .isInstanceOf(ListException.class)
                .hasMessageContaining("send it in parts");
    }

    @Test
    void zipInAZip_isAFileLikeAnyOther() throws Exception {
        byte[] inner = new Zips().with("ann.jpg", "one").bytes();

        read(new Zips().with("inner.zip", inner).bytes());

        assertThat(files).containsOnlyKeys("inner.zip");
    }

    @Test
    void linkInAZip_isAFileWithItsTargetAsText() throws Exception {
        read(symlink());

        assertThat(files).containsExactly(Map.entry("ann.jpg", "/etc/passwd"));
    }
}
